import { expect, it } from 'vitest';
import { typedStart, whenStarts } from './acceptance';
import { choiceOf, thisEvening } from './settings/extras';

const zone = 'Europe/Paris';
const at = (time: string, day = 23) => new Date(`2026-11-${day}T${time}:00+01:00`);

it('offers a quarter of an hour, half an hour, an hour and the end of the day', () =>
  expect(whenStarts(at('14:02'), zone)).toEqual({
    quarter: at('14:20'),
    half: at('14:35'),
    hour: at('15:05'),
    evening: at('18:30'),
  }));
it('has no end of the day once it is near', () =>
  expect(whenStarts(at('17:45'), zone)).not.toHaveProperty('evening'));

it.each([
  ['18:00', at('18:00')],
  ['09:00', at('09:00', 24)],
  ['', undefined],
])('%j typed at 14 h is the next such hour', (time, want) =>
  expect(typedStart(time, at('14:00'), zone)).toEqual(want),
);

it.each([
  [{ accepts: false }, 'no'],
  [{ accepts: true }, 'always'],
  [{ accepts: true, until: '2026-11-23T20:00:00+01:00' }, 'tonight'],
  [{ accepts: true, until: '2026-11-23T13:00:00+01:00' }, 'no'],
] as const)('%j is %s', (extras, want) => expect(choiceOf(extras, at('14:00'))).toBe(want));

it.each([
  ['14:00', at('20:00')],
  ['19:30', at('00:00', 24)],
])('at %s the evening ends at %s', (now, want) => expect(thisEvening(at(now), zone)).toEqual(want));
