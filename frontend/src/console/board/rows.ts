import type { Slot } from '../../api/types';

/** A stretch of time, in milliseconds since the epoch. */
export interface Span {
  from: number;
  to: number;
}

/** Where a slot lies in the height of its row: which of how many lanes, counted from the top. */
export interface Lane {
  lane: number;
  of: number;
}

/** One row of the board: a practitioner's slots by start, each in a lane so that none covers another. */
export interface Row {
  practitioner: string;
  slots: Slot[];
  /** When each slot is, in the order of `slots`: instants are read once, not at every comparison. */
  spans: Span[];
  lanes: Lane[];
}

type Timed = Span & { slot: Slot };

const timed = (slot: Slot): Timed => ({ slot, from: Date.parse(slot.start), to: Date.parse(slot.end) });

const byStart = (a: Timed, b: Timed) => a.from - b.from || a.to - b.to || (a.slot.id < b.slot.id ? -1 : 1);

// Only slots that overlap, one after the other, share the height; the rest of the row keeps all of it.
function lanesOf(spans: Span[]): Lane[] {
  const lanes: Lane[] = [];
  let group: Lane[] = [];
  let ends: number[] = [];
  for (const { from, to } of spans) {
    if (ends.every((end) => end <= from)) {
      group = [];
      ends = [];
    }
    const open = ends.findIndex((end) => end <= from);
    const lane = open < 0 ? ends.length : open;
    ends[lane] = to;
    group.push({ lane, of: 1 });
    for (const each of group) each.of = ends.length;
    lanes.push(group.at(-1)!);
  }
  return lanes;
}

function rowWith(practitioner: string, slots: Timed[]): Row {
  const sorted = slots.toSorted(byStart);
  const spans = sorted.map(({ from, to }) => ({ from, to }));
  return { practitioner, slots: sorted.map(({ slot }) => slot), spans, lanes: lanesOf(spans) };
}

/** The row of one practitioner. */
export const rowOf = (practitioner: string, slots: Slot[]): Row => rowWith(practitioner, slots.map(timed));

/** The rows of the board in the order given, each with the slots that end after `from` (milliseconds). */
export function rowsFor(order: string[], slots: Iterable<Slot>, from: number): Row[] {
  const of = new Map<string, Timed[]>(order.map((id) => [id, []]));
  for (const slot of slots) {
    const theirs = of.get(slot.practitioner);
    if (!theirs) continue;
    const each = timed(slot);
    if (each.to > from) theirs.push(each);
  }
  return order.map((id) => rowWith(id, of.get(id) ?? []));
}
