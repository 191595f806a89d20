// What an hour falls on in a doctor's own day: patients expected, own slots still free, held ones, ranges.
import type { Booking, Slot } from '../api/types';
import { inTheWay } from './publish';

export interface Clash {
  /** Who is received then; without a booking, somebody whose name is not known here. */
  booked: { start: string; booking?: Booking }[];
  /** Own slots of one seat that nobody has. */
  free: Slot[];
  /** Own slots that a regulator holds for a patient. */
  held: Slot[];
  /** Own ranges of several seats, whoever comes. */
  ranges: Slot[];
}

// Nobody comes to a slot whose start has passed while it was free.
const counts = (slot: Slot, now: Date) =>
  slot.booked > 0 || slot.held.length > 0 || Date.parse(slot.start) > now.getTime();

// Somebody told as not come leaves the time free.
const expected = ({ state }: Booking) => state === 'booked' || state === 'honoured';

/** Own slots that stand in the way of a patient en sus; those who did not come are given with `bookings`. */
export function standing(slots: Slot[], bookings: Booking[], now: Date): Slot[] {
  return slots.filter((slot) => {
    const known = bookings.filter((one) => one.slot === slot.id && one.state !== 'cancelled');
    return counts(slot, now) && (known.length === 0 || slot.seats > 1 || known.some(expected));
  });
}

/** What a patient seen from `start` to `end` falls on. Overlap is allowed; it only has to be known. */
export function clashOf(start: Date, end: Date, slots: Slot[], bookings: Booking[], now: Date): Clash {
  const met: Clash = { booked: [], free: [], held: [], ranges: [] };
  for (const slot of inTheWay(standing(slots, bookings, now), start, end)) {
    if (slot.seats > 1) met.ranges.push(slot);
    else if (slot.booked > 0) {
      const booking = bookings.find((one) => one.slot === slot.id && expected(one));
      met.booked.push({ start: slot.start, booking });
    } else if (slot.held.length > 0) met.held.push(slot);
    else met.free.push(slot);
  }
  return met;
}

/** Which word marks an hour: what is taken weighs more than what is merely offered. */
export function markOf({ booked, free, held, ranges }: Clash): 'booked' | 'free' | undefined {
  if (booked.length + held.length > 0) return 'booked';
  return free.length + ranges.length > 0 ? 'free' : undefined;
}

/** Whether an own slot can still be withdrawn without touching anybody. */
export const isStillFree = (slot?: Slot): boolean =>
  slot !== undefined && !slot.withdrawn && slot.booked === 0 && slot.held.length === 0 && slot.free > 0;
