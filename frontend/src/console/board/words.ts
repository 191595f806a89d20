import type { HeldSeat, Slot } from '../../api/types';
import { m } from '../../ui/messages';
import { glyphs, stateOf } from '../../ui/state';
import { dayOf, hour } from '../../ui/time';
import { c } from '../messages';
import type { People } from '../people';
import { dayName, initialsOf } from '../words';
import type { CellWords } from './cell';

/** What the words of a block depend on, besides the slot. */
export interface CellContext {
  me: string;
  now: Date;
  zone: string;
  people: People;
  /** Keys of the proposals, by slot. */
  keys: Map<string, number>;
  /** Colleagues looking at a slot, by slot. */
  watchers: Map<string, string[]>;
  /** The slot this console holds. */
  held?: string;
}

function heldWords(held: HeldSeat, zone: string): string {
  return m.state.heldBy(held.by, hour(held.until, zone));
}

// Many slots begin at the same instants, and zoned formatting is what painting a board costs most.
const civils = new Map<string, { at: string; day: string }>();

function civilOf(instant: string, zone: string): { at: string; day: string } {
  const key = `${zone} ${instant}`;
  let known = civils.get(key);
  if (!known) {
    if (civils.size > 2000) civils.clear();
    civils.set(key, (known = { at: hour(instant, zone), day: dayOf(instant, zone) }));
  }
  return known;
}

function shortOf(slot: Slot, others: HeldSeat[], at: string): string {
  if (others[0]) return initialsOf(others[0].by);
  return slot.seats > 1 ? `${slot.free}/${slot.seats}` : `:${at.slice(-2)}`;
}

/** "Demain lun. 23 nov.", "Demain" or "dem.": as much of it as `room` pixels hold. */
export function dayLabel(name: string, date: string, room: number): string {
  if (room >= 160) return `${name} ${date}`;
  return room >= 88 ? name : `${name.slice(0, 3)}.`;
}

/** What one block shows and says. */
export function cellWords(slot: Slot, context: CellContext): CellWords {
  const { me, now, zone, people } = context;
  const mine = context.held === slot.id || slot.held.some((seat) => seat.holder === me);
  const state = mine ? 'held' : stateOf(slot, now);
  const others = state === 'held' ? slot.held.filter((seat) => seat.holder !== me) : [];
  const watchers = context.watchers.get(slot.id) ?? [];
  const range = slot.seats > 1 ? `${slot.free}/${slot.seats}` : '';
  const key = context.keys.get(slot.id);
  const { at, day } = civilOf(slot.start, zone);
  const today = civilOf(now.toISOString(), zone).day;
  return {
    state,
    mine,
    glyph: glyphs[state],
    key: key === undefined ? '' : String(key),
    short: shortOf(slot, others, at),
    long: [at, others[0] ? initialsOf(others[0].by) : range].filter(Boolean).join(' · '),
    watchers: watchers.map(initialsOf).join(' '),
    label: [
      day === today ? '' : dayName(day, today),
      at,
      m.state[state],
      mine ? c.slot.heldByMe : others.map((seat) => heldWords(seat, zone)).join(', '),
      slot.seats > 1 && state === 'free' ? m.state.seats(slot.free, slot.seats) : '',
      people.name(slot.practitioner),
      people.location(slot.location)?.communeName ?? '',
      slot.modality === 'cabinet' ? '' : c.slot.modality[slot.modality],
      key === undefined ? '' : c.board.key(key),
      ...watchers.map(c.board.lookedAt),
    ]
      .filter(Boolean)
      .join(', '),
  };
}
