import type { Slot } from '../../api/types';

/** One row of the board: a practitioner's slots by start, each in a lane so that none covers another. */
export interface Row {
  practitioner: string;
  slots: Slot[];
  lanes: Map<string, number>;
  laneCount: number;
}

const byStart = (a: Slot, b: Slot) =>
  Date.parse(a.start) - Date.parse(b.start) ||
  Date.parse(a.end) - Date.parse(b.end) ||
  (a.id < b.id ? -1 : 1);

/** The row of one practitioner. */
export function rowOf(practitioner: string, slots: Slot[]): Row {
  const sorted = slots.toSorted(byStart);
  const lanes = new Map<string, number>();
  const ends: number[] = [];
  for (const slot of sorted) {
    const start = Date.parse(slot.start);
    const open = ends.findIndex((end) => end <= start);
    const lane = open < 0 ? ends.length : open;
    ends[lane] = Date.parse(slot.end);
    lanes.set(slot.id, lane);
  }
  return { practitioner, slots: sorted, lanes, laneCount: Math.max(1, ends.length) };
}

/** The rows of the board in the order given, each with the slots that end after `from` (milliseconds). */
export function rowsFor(order: string[], slots: Iterable<Slot>, from: number): Row[] {
  const of = new Map<string, Slot[]>(order.map((id) => [id, []]));
  for (const slot of slots) if (Date.parse(slot.end) > from) of.get(slot.practitioner)?.push(slot);
  return order.map((id) => rowOf(id, of.get(id) ?? []));
}
