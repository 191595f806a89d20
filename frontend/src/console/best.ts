import type { Slot } from '../api/types';

/** Whether a seat of a slot can still be had. */
export const isFree = (slot: Slot | undefined, now: Date): boolean =>
  slot !== undefined && slot.free > 0 && !slot.withdrawn && Date.parse(slot.start) > now.getTime();

/**
 * The proposals to show after a new search: the best still free, in rank order. While `steady` those
 * shown stay as they are, gone or not, so that a number keeps its meaning in the middle of a hold.
 */
export function numbered(
  shown: string[],
  fresh: string[],
  free: (id: string) => boolean,
  count: number,
  steady: boolean,
): string[] {
  return steady && shown.length > 0 ? shown : fresh.filter(free).slice(0, count);
}
