import type { Row } from './rows';

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last' | 'pageUp' | 'pageDown';

/** Where a slot stands: its row and its place in it. */
export function placeOf(rows: Row[], slot: string | undefined): { row: number; at: number } | undefined {
  if (slot === undefined) return undefined;
  for (const [row, { slots }] of rows.entries()) {
    const at = slots.findIndex((s) => s.id === slot);
    if (at >= 0) return { row, at };
  }
  return undefined;
}

/**
 * The slot an arrow key leads to, in time along a row and to the nearest in time of another row; rows
 * without slots are stepped over. At an edge the cursor stays. Without a cursor: the first slot of all.
 */
export function moved(
  rows: Row[],
  cursor: string | undefined,
  direction: Direction,
  page = 8,
): string | undefined {
  const place = placeOf(rows, cursor);
  if (!place) return rows.find((row) => row.slots.length > 0)?.slots[0]?.id;
  const slots = rows[place.row]!.slots;
  switch (direction) {
    case 'left':
      return slots[Math.max(0, place.at - 1)]?.id;
    case 'right':
      return slots[Math.min(slots.length - 1, place.at + 1)]?.id;
    case 'first':
      return slots[0]?.id;
    case 'last':
      return slots.at(-1)?.id;
    case 'up':
      return toRow(rows, place, -1, 1) ?? cursor;
    case 'down':
      return toRow(rows, place, 1, 1) ?? cursor;
    case 'pageUp':
      return toRow(rows, place, -1, page) ?? cursor;
    case 'pageDown':
      return toRow(rows, place, 1, page) ?? cursor;
  }
}

function toRow(
  rows: Row[],
  from: { row: number; at: number },
  step: 1 | -1,
  count: number,
): string | undefined {
  const start = Date.parse(rows[from.row]!.slots[from.at]!.start);
  let found: string | undefined;
  for (let i = from.row + step, left = count; left > 0 && rows[i]; i += step) {
    const slots = rows[i]!.slots;
    if (slots.length === 0) continue;
    found = nearestInTime(slots, start);
    left--;
  }
  return found;
}

function nearestInTime(slots: Row['slots'], at: number): string {
  const away = (slot: Row['slots'][number]) => Math.abs(Date.parse(slot.start) - at);
  return slots.reduce((best, slot) => (away(slot) < away(best) ? slot : best)).id;
}

/** The slot after (or before) the cursor in a ranked list; off the list, its first (or last). */
export function stepped(ranked: string[], cursor: string | undefined, step: 1 | -1): string | undefined {
  const at = cursor === undefined ? -1 : ranked.indexOf(cursor);
  if (at < 0) return step > 0 ? ranked[0] : ranked.at(-1);
  return ranked[Math.min(ranked.length - 1, Math.max(0, at + step))];
}
