import { describe, expect, it } from 'vitest';
import type { Booking, Slot } from '../api/types';
import { clashOf, isStillFree, markOf, standing } from './clash';

const at = (time: string) => new Date(`2026-11-23T${time}:00+01:00`);
const slot = (id: string, from: string, to: string, change: Partial<Slot> = {}) =>
  ({
    id,
    start: at(from).toISOString(),
    end: at(to).toISOString(),
    seats: 1,
    free: 1,
    booked: 0,
    held: [],
    withdrawn: false,
    ...change,
  }) as unknown as Slot;
const taken = (id: string, from: string, to: string) => slot(id, from, to, { free: 0, booked: 1 });
const booking = (of: string, state: Booking['state'] = 'booked') =>
  ({ id: `b-${of}`, slot: of, state }) as unknown as Booking;

const now = at('05:25');
const meets = (slots: Slot[], bookings: Booking[] = []) =>
  clashOf(at('05:55'), at('06:10'), slots, bookings, now);

describe('a patient en sus at 5 h 55', () => {
  it('falls on who is booked from 5 h 50 to 6 h 10', () => {
    const met = meets([taken('s1', '05:50', '06:10')], [booking('s1')]);
    expect(met.booked).toEqual([{ start: at('05:50').toISOString(), booking: booking('s1') }]);
    expect(markOf(met)).toBe('booked');
  });
  it('falls on somebody even where the name is not known', () =>
    expect(meets([taken('s1', '05:50', '06:10')]).booked).toEqual([{ start: at('05:50').toISOString() }]));
  it('falls on an own free slot', () => {
    const met = meets([slot('s1', '06:00', '06:15')]);
    expect(met.free.map(({ id }) => id)).toEqual(['s1']);
    expect(markOf(met)).toBe('free');
  });
  it('tells a slot that is held and a range apart from free slots', () => {
    const held = slot('s1', '06:00', '06:15', { free: 0, held: [{}] as Slot['held'] });
    const met = meets(
      [held, slot('s2', '05:30', '08:00', { seats: 6, free: 5, booked: 1 })],
      [booking('s2')],
    );
    expect([met.held.length, met.ranges.length, met.free.length, met.booked.length]).toEqual([1, 1, 0, 0]);
  });
  it.each([
    ['a slot that only touches', [slot('s1', '06:10', '06:25')], []],
    ['one withdrawn', [slot('s1', '06:00', '06:15', { withdrawn: true })], []],
    ['somebody who did not come', [taken('s1', '05:50', '06:10')], [booking('s1', 'no_show')]],
  ] as const)('does not fall on %s', (_, slots, bookings) =>
    expect(markOf(meets([...slots], [...bookings]))).toBeUndefined(),
  );
});

it('leaves the time of a slot that began with nobody in it', () =>
  expect(standing([slot('s1', '05:20', '05:40')], [], now)).toEqual([]));

it.each([
  ['one nobody has', slot('s', '06:00', '06:15'), true],
  ['one booked meanwhile', taken('s', '06:00', '06:15'), false],
  ['one held meanwhile', slot('s', '06:00', '06:15', { held: [{}] as Slot['held'] }), false],
  ['one that is gone', undefined, false],
])('withdraws %s: %s', (_, one, want) => expect(isStillFree(one)).toBe(want));
