import type { Booking } from '../../api/types';

/** The appointments of one practitioner, by hour. */
export interface Page {
  practitioner: string;
  bookings: Booking[];
}

/**
 * The appointments of a day that stand, by practitioner in the order of their names and by hour: what
 * is read aloud or sent to a practice that has no screen.
 */
export function dayList(
  bookings: Booking[],
  ofDay: (booking: Booking) => boolean,
  name: (id: string) => string,
): Page[] {
  const of = new Map<string, Booking[]>();
  for (const booking of bookings) {
    if (booking.state === 'cancelled' || !ofDay(booking)) continue;
    of.set(booking.practitioner, [...(of.get(booking.practitioner) ?? []), booking]);
  }
  return [...of]
    .map(([practitioner, theirs]) => ({ practitioner, bookings: theirs.toSorted(byHour) }))
    .sort((a, b) => byName.compare(name(a.practitioner), name(b.practitioner)));
}

const byName = new Intl.Collator('fr');
const byHour = (a: Booking, b: Booking) => Date.parse(a.start) - Date.parse(b.start);
