import { expect, it } from 'vitest';
import type { Booking } from '../../api/types';
import { dayList } from './daylist';

const booking = (id: string, practitioner: string, start: string, state: Booking['state'] = 'booked') =>
  ({ id, practitioner, start, state }) as Booking;
const names: Record<string, string> = { p1: 'Dr Zoé Éluard', p2: 'Dr Ada Martin' };
const today = (b: Booking) => b.start.startsWith('2026-11-23');

it('lists the appointments of the day by doctor and hour, without those cancelled', () => {
  const pages = dayList(
    [
      booking('late', 'p2', '2026-11-23T16:00:00Z'),
      booking('other', 'p1', '2026-11-23T09:00:00Z', 'honoured'),
      booking('early', 'p2', '2026-11-23T08:00:00Z'),
      booking('gone', 'p2', '2026-11-23T12:00:00Z', 'cancelled'),
      booking('tomorrow', 'p2', '2026-11-24T08:00:00Z'),
    ],
    today,
    (id) => names[id]!,
  );
  expect(pages.map((page) => [page.practitioner, page.bookings.map(({ id }) => id)])).toEqual([
    ['p2', ['early', 'late']],
    ['p1', ['other']],
  ]);
});

it('is empty on a day without appointments', () => {
  expect(dayList([booking('tomorrow', 'p1', '2026-11-24T08:00:00Z')], today, (id) => id)).toEqual([]);
});
