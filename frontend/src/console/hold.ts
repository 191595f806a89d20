import type { Hold } from '../api/types';

/**
 * The life of the one hold a console works with. `busy` names what was asked of the server and not yet
 * answered; while another slot is asked for, the hold in hand is kept (`keeping`) until the new one is
 * granted; `ended` keeps the slot so that the panel can say what happened to it.
 */
export type HoldState =
  | { at: 'none' }
  | { at: 'asking'; slot: string; keeping?: Hold }
  | { at: 'held'; hold: Hold; busy?: 'extending' | 'booking' | 'releasing' }
  | { at: 'ended'; slot: string };

export type HoldEvent =
  | { is: 'asked'; slot: string }
  | { is: 'granted'; hold: Hold }
  | { is: 'refused' }
  | { is: 'extending' }
  | { is: 'booking' }
  | { is: 'releasing' }
  | { is: 'extended'; hold: Hold }
  | { is: 'answered' }
  | { is: 'released' }
  | { is: 'lost' }
  | { is: 'booked' }
  | { is: 'tick'; now: number };

export const noHold: HoldState = { at: 'none' };

/** How long before its end a hold warns. */
export const warnSeconds = 20;

/** The next state. An event that does not fit the state changes nothing: answers may come late. */
export function holdNext(state: HoldState, event: HoldEvent): HoldState {
  switch (event.is) {
    case 'asked':
      return { at: 'asking', slot: event.slot, ...(state.at === 'held' && { keeping: state.hold }) };
    case 'granted':
      return state.at === 'asking' && state.slot === event.hold.slot
        ? { at: 'held', hold: event.hold }
        : state;
    case 'refused':
      if (state.at !== 'asking') return state;
      return state.keeping ? { at: 'held', hold: state.keeping } : noHold;
    case 'extended':
      return state.at === 'held' && state.hold.token === event.hold.token
        ? { at: 'held', hold: event.hold }
        : state;
    case 'booked':
    case 'released':
      return noHold;
  }
  if (state.at !== 'held') return state;
  switch (event.is) {
    case 'extending':
    case 'booking':
    case 'releasing':
      return { ...state, busy: event.is };
    case 'answered':
      return { at: 'held', hold: state.hold };
    case 'lost':
      return { at: 'ended', slot: state.hold.slot };
    case 'tick':
      // While the server books, the hold is pinned there: it cannot end under the booking.
      return state.busy !== 'booking' && Date.parse(state.hold.expiresAt) <= event.now
        ? { at: 'ended', slot: state.hold.slot }
        : state;
  }
}

/** The hold in hand, if any. */
export const heldNow = (state: HoldState): Hold | undefined => (state.at === 'held' ? state.hold : undefined);

/** Whether the one extension can still be asked for. */
export const canExtend = (state: HoldState): boolean =>
  state.at === 'held' && !state.hold.extended && state.busy === undefined;
