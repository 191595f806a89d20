import { expect, it } from 'vitest';
import { firstChip, typedStart, whenStarts } from './acceptance';
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

const own = (from: string, to: string) => ({
  start: at(from).toISOString(),
  end: at(to).toISOString(),
  withdrawn: false,
  booked: 1,
});

it('proposes the next gaps first where half an hour from now is taken', () => {
  const starts = whenStarts(at('05:25'), zone, [own('05:50', '06:10'), own('06:45', '07:00')]);
  expect(Object.entries(starts).slice(0, 2)).toEqual([
    ['gap', at('06:10')],
    ['later', at('07:00')],
  ]);
  expect(starts.half).toEqual(at('05:55'));
  expect(firstChip(starts)).toBe('gap');
});
it('keeps half an hour from now where it is free', () =>
  expect(firstChip(whenStarts(at('05:25'), zone, [own('06:10', '06:30')]))).toBe('half'));
it('has no gap beyond a day', () =>
  expect(
    whenStarts(at('05:25'), zone, [{ ...own('05:00', '06:00'), end: '2026-11-25T00:00:00Z' }]),
  ).not.toHaveProperty('gap'));

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
