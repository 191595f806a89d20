import { describe, expect, it } from 'vitest';
import { becameOf, canTell, identity, telephone } from './patient';

const place = {
  zone: 'Europe/Paris',
  communeName: (insee?: string) => (insee === '77067' ? 'Cesson' : undefined),
};
const start = '2026-11-23T14:00:00+01:00';

describe('who comes', () => {
  it('is named and told in one line', () =>
    expect(
      identity(
        {
          start,
          patient: {
            family: 'Modèle',
            given: 'Anne',
            birthDate: '1988-12-02',
            phone: '06 39 98 22 33',
            commune: '77067',
          },
        },
        place,
      ),
    ).toEqual({ name: 'Anne MODÈLE', about: '37 ans · Cesson', phone: '06 39 98 22 33' }));
  it('may be known by a family name alone', () =>
    expect(identity({ start, patient: { family: 'Essai', commune: '13055' } }, place)).toMatchObject({
      name: 'ESSAI',
      about: '',
    }));
  it('stays a patient where the identity may not be seen', () =>
    expect(identity({ start }, place).name).toBe('Patient'));
});

describe('who came can be told', () => {
  it.each([
    ['13:44', 'booked', false],
    ['13:45', 'booked', true],
    ['20:00', 'no_show', true],
    ['20:00', 'cancelled', false],
  ] as const)('at %s when %s: %s', (time, state, want) =>
    expect(canTell({ start, state }, new Date(`2026-11-23T${time}:00+01:00`))).toBe(want),
  );
});

it.each([
  ['01 99 00 12 34', 'tel:0199001234'],
  ['+33 (0)6-39.98', 'tel:+33063998'],
])('calls %s at %s', (phone, want) => expect(telephone(phone)).toBe(want));

it.each([
  ['14:10', 'booked', 'booked'],
  ['14:15', 'booked', 'unsaid'],
  ['14:15', 'honoured', 'honoured'],
] as const)('at %s someone %s reads %s', (time, state, want) =>
  expect(becameOf({ state, end: '2026-11-23T14:15:00+01:00' }, new Date(`2026-11-23T${time}:00+01:00`))).toBe(
    want,
  ),
);
