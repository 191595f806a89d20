import { describe, expect, it } from 'vitest';
import { spaced } from '../ui/spaces';
import type { Booking, Slot } from '../api/types';
import { badgeOf, lineSeen } from './slot';

const doctor = {
  name: 'Dr Anne Exemple',
  zone: 'Europe/Paris',
  locations: [{ id: 'l1', communeName: 'Crest' }],
  dayName: () => 'aujourd’hui',
};
const slot = { start: '2026-11-23T14:05:00+01:00', location: 'l1' };

it.each([
  ['cabinet', 'Dr Anne Exemple · Crest · aujourd’hui 14 h 05 · au cabinet'],
  ['visite', 'Dr Anne Exemple · Crest · aujourd’hui 14 h 05 · visite'],
  ['teleconsultation', 'Dr Anne Exemple · aujourd’hui 14 h 05 · téléconsultation'],
] as const)('a regulator reads of a slot (%s): %s', (modality, want) =>
  expect(lineSeen({ ...slot, modality }, doctor)).toBe(spaced(want)),
);

describe('the badge of a slot', () => {
  const now = new Date('2026-11-23T13:00:00+01:00');
  const one = { ...slot, seats: 1, free: 0, booked: 1, held: [], withdrawn: false } as unknown as Slot;
  const coming = { state: 'booked', end: '2026-11-23T14:20:00+01:00' } as Booking;
  it.each([
    ['attendu', one, [coming]],
    ['venu', one, [{ ...coming, state: 'honoured' as const }]],
    ['retiré', { ...one, booked: 0, withdrawn: true }, []],
    [undefined, { ...one, seats: 4 }, [coming]],
    [undefined, { ...one, free: 1, booked: 0 }, []],
  ])('says %s', (want, slot, patients) => expect(badgeOf(slot, patients, now)).toBe(want));
  it('says that nobody took it once its hour has passed', () =>
    expect(badgeOf({ ...one, booked: 0, free: 1 }, [], new Date('2026-11-23T15:00:00+01:00'))).toBe(
      'non pris',
    ));
});
