import { describe, expect, it } from 'vitest';
import { addDays, age, clock, dayInWords, dayOf, hour, instant, rfc3339, weekday } from './time';

const paris = 'Europe/Paris';

describe('hours are read in the territory zone', () => {
  it.each([
    ['2026-11-23T13:05:00Z', paris, '14 h 05'],
    ['2026-07-13T12:00:00Z', paris, '14 h 00'],
    ['2026-11-23T13:05:00Z', 'Indian/Reunion', '17 h 05'],
    ['2026-11-23T23:30:00+01:00', 'America/Martinique', '18 h 30'],
  ])('%s in %s is %s', (at, zone, want) => expect(hour(at, zone)).toBe(want));

  it('says a round hour shortly when asked', () =>
    expect(hour('2026-11-23T07:00:00Z', paris, true)).toBe('8 h'));
  it('knows that the day may differ from UTC', () =>
    expect(dayOf('2026-11-23T23:30:00Z', paris)).toBe('2026-11-24'));
});

describe('typed hours become instants', () => {
  it.each([
    ['winter', '2026-11-23', '14:05', '2026-11-23T14:05:00+01:00'],
    ['summer', '2026-07-13', '20:00', '2026-07-13T20:00:00+02:00'],
    ['evening before the spring change', '2026-03-28', '20:00', '2026-03-28T20:00:00+01:00'],
    ['morning of the spring change', '2026-03-29', '08:00', '2026-03-29T08:00:00+02:00'],
    ['hour that spring skips', '2026-03-29', '02:30', '2026-03-29T03:30:00+02:00'],
    ['hour that autumn repeats', '2026-10-25', '02:30', '2026-10-25T02:30:00+02:00'],
    ['morning of the autumn change', '2026-10-25', '08:00', '2026-10-25T08:00:00+01:00'],
  ])('%s', (_, day, time, want) => expect(rfc3339(instant(day, time, paris), paris)).toBe(want));

  it('writes negative offsets', () =>
    expect(rfc3339(instant('2026-11-23', '08:00', 'America/Martinique'), 'America/Martinique')).toBe(
      '2026-11-23T08:00:00-04:00',
    ));
  it('goes back to the clock it came from', () =>
    expect(clock(instant('2026-11-23', '00:10', paris), paris)).toBe('00:10'));
});

describe('days', () => {
  it('adds over the end of a month', () => expect(addDays('2026-11-30', 1)).toBe('2026-12-01'));
  it('counts Sunday as 7', () => expect(weekday('2026-11-22')).toBe(7));
  it('speaks French', () => expect(dayInWords('2026-11-23', 'fr')).toBe('lundi 23 novembre'));
});

describe('age', () => {
  const at = new Date('2026-11-23T10:00:00Z');
  it.each([
    ['2000-11-23', 26],
    ['2000-11-24', 25],
    ['2026-01-02', 0],
  ])('born %s', (born, want) => expect(age(born, at, paris)).toBe(want));
});

describe('days in words', () => {
  it.each([
    ['2026-11-23', false, 'lundi 23 novembre'],
    ['2026-11-01', false, 'dimanche 1er novembre'],
    ['2026-11-01', true, 'dim. 1er nov.'],
    ['2026-11-21', true, 'sam. 21 nov.'],
  ])('%s', (day, short, want) => expect(dayInWords(day, 'fr-FR', short)).toBe(want));
});
