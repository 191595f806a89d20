import { m } from './messages';

/** What people see of a slot. */
export type State = 'free' | 'held' | 'booked' | 'blocked' | 'lapsed';

export const glyphs: Record<State, string> = {
  free: '○',
  held: '◐',
  booked: '●',
  blocked: '✕',
  lapsed: '◌',
};

type Seats = { start: string; free: number; held: unknown[]; booked: number; withdrawn: boolean };

/**
 * The state to show for a slot: blocked once withdrawn (unless someone is booked in it), free as long
 * as one seat is, then held, then booked. Past its start it is booked or, with nobody in it, lapsed.
 */
export function stateOf(slot: Seats, now: Date): State {
  if (slot.withdrawn) return slot.booked > 0 ? 'booked' : 'blocked';
  if (Date.parse(slot.start) <= now.getTime()) return slot.booked > 0 ? 'booked' : 'lapsed';
  if (slot.free > 0) return 'free';
  return slot.held.length > 0 ? 'held' : 'booked';
}

export const stateName = (state: State) => m.state[state];
