import { expect, it } from 'vitest';
import { BookedSeats } from './bookedseats';
import { slot } from './made';

const booked = slot('a', 10, { free: 0, booked: 1 });
const free = slot('a', 10);
const held = slot('b', 10, { free: 0 });

it('tells a booking that came, whatever else changes', () => {
  const seats = new BookedSeats();
  expect(seats.changed([free, held], true)).toBe(false);
  expect(seats.changed([slot('b', 10)], false)).toBe(false);
  expect(seats.changed([booked], false)).toBe(true);
  expect(seats.changed([booked], false)).toBe(false);
});

it('tells one that went, with its slot or without', () => {
  const seats = new BookedSeats();
  seats.changed([booked, held], true);
  expect(seats.changed([free], false)).toBe(true);
  seats.changed([booked], false);
  expect(seats.changed([booked, held], true)).toBe(false);
  expect(seats.changed([held], true)).toBe(true);
});
