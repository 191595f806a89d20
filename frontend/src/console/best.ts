import type { Slot } from '../api/types';

/** Whether a seat of a slot can still be had. */
export const isFree = (slot: Slot | undefined, now: Date): boolean =>
  slot !== undefined && slot.free > 0 && !slot.withdrawn && Date.parse(slot.start) > now.getTime();

/**
 * The proposals to show after a new search: those still free keep their place, and with it their key;
 * only the gaps are filled, with the best of the others.
 */
export function refilled(
  shown: string[],
  fresh: string[],
  free: (id: string) => boolean,
  count: number,
): string[] {
  const kept = new Set(shown.slice(0, count).filter(free));
  const others = fresh.filter((id) => !kept.has(id) && free(id))[Symbol.iterator]();
  const slots: string[] = [];
  for (let i = 0; i < count; i++) {
    const here = shown[i];
    const id = here !== undefined && kept.has(here) ? here : others.next().value;
    if (id !== undefined) slots.push(id);
  }
  return slots;
}
