import { describe, expect, it } from 'vitest';
import type { Slot } from '../../api/types';
import { blocksOf, mondayOf, planOf } from './lastweek';

const zone = 'Europe/Paris';

/** A slot of Monday 16 November 2026. */
const slot = (from: string, to: string, change: Partial<Slot> = {}): Slot => ({
  id: from,
  practitioner: 'p1',
  location: 'l1',
  start: `2026-11-16T${from}:00+01:00`,
  end: `2026-11-16T${to}:00+01:00`,
  modality: 'cabinet',
  audience: 'regulation',
  seats: 1,
  free: 1,
  held: [],
  booked: 0,
  withdrawn: false,
  ...change,
});
const hours = (slots: Slot[]) =>
  blocksOf(slots, zone).map(({ start, end }) => `${start.slice(11, 16)}-${end.slice(11, 16)}`);

describe('last week, in blocks', () => {
  it('joins slots that follow each other', () =>
    expect(hours([slot('09:15', '09:30'), slot('09:00', '09:15'), slot('10:00', '10:15')])).toEqual([
      '09:00-09:30',
      '10:00-10:15',
    ]));
  it.each([
    ['of another length', slot('09:15', '09:45')],
    ['elsewhere', slot('09:15', '09:30', { location: 'l2' })],
    ['of another kind', slot('09:15', '09:30', { modality: 'visite' })],
    ['with seats', slot('09:15', '09:30', { seats: 3 })],
  ])('keeps apart one %s', (_, other) => expect(hours([slot('09:00', '09:15'), other])).toHaveLength(2));
  it.each([
    ['what was withdrawn', { withdrawn: true }],
    ['what was made for a patient en sus', { extra: true }],
  ])('leaves out %s', (_, change) => expect(hours([slot('09:00', '09:15', change)])).toEqual([]));
});

describe('publishing it again', () => {
  const [block] = blocksOf([slot('09:00', '09:15'), slot('09:15', '09:30'), slot('09:30', '09:45')], zone);
  const now = new Date('2026-11-22T12:00:00+01:00');
  const own = (from: string, to: string) => ({
    start: `2026-11-23T${from}:00+01:00`,
    end: `2026-11-23T${to}:00+01:00`,
    withdrawn: false,
    booked: 0,
  });

  it('is the same hours a week later', () =>
    expect(planOf(block!, 7, [], now, zone)).toMatchObject({
      offers: 3,
      there: 0,
      openings: [
        {
          start: '2026-11-23T09:00:00+01:00',
          end: '2026-11-23T09:45:00+01:00',
          slotMinutes: 15,
          location: 'l1',
        },
      ],
    }));
  it('is nothing where all is there', () =>
    expect(planOf(block!, 7, [own('08:00', '12:00')], now, zone)).toMatchObject({
      offers: 0,
      there: 3,
      openings: [],
    }));
  it('is what is missing around what is there', () => {
    const { openings, offers, there } = planOf(block!, 7, [own('09:15', '09:30')], now, zone);
    expect([openings.length, offers, there]).toEqual([2, 2, 1]);
  });
  it('is nothing once the hour has passed', () =>
    expect(planOf(block!, 7, [], new Date('2026-11-23T10:00:00+01:00'), zone)).toMatchObject({
      past: true,
      offers: 0,
    }));
  it('keeps the hours of the clock over a change of hour', () => {
    const [summer] = blocksOf(
      [slot('09:00', '09:15', { start: '2026-10-19T09:00:00+02:00', end: '2026-10-19T09:15:00+02:00' })],
      zone,
    );
    expect(planOf(summer!, 7, [], new Date('2026-10-20T00:00:00+02:00'), zone).openings[0]!.start).toBe(
      '2026-10-26T09:00:00+01:00',
    );
  });
  it('keeps the seats of a range', () => {
    const [range] = blocksOf([slot('08:00', '12:00', { seats: 6 })], zone);
    expect(planOf(range!, 7, [], now, zone)).toMatchObject({ offers: 6, openings: [{ seats: 6 }] });
  });
});

it.each([
  ['2026-11-22', '2026-11-16'],
  ['2026-11-23', '2026-11-23'],
])('the week of %s begins on %s', (day, want) => expect(mondayOf(day)).toBe(want));
