import { describe, expect, it } from 'vitest';
import { isHoliday } from './holidays';
import { followed, isRunning, occurrences } from './recurrence';

describe('a weekly recurrence', () => {
  it('counts its days, first and last included', () =>
    expect(occurrences('2026-11-27', { weekdays: [5], until: '2027-01-15' })).toBe(8));
  it('leaves the holidays out when asked', () =>
    expect(occurrences('2026-11-27', { weekdays: [5], until: '2027-01-15', skipHolidays: true })).toBe(6));
  it('counts several weekdays', () =>
    expect(occurrences('2026-11-23', { weekdays: [1, 5], until: '2026-12-06' })).toBe(4));

  it.each([
    ['one that goes on', { repeat: { weekdays: [1], until: '2026-12-31' } }, true],
    ['one that ended', { repeat: { weekdays: [1], until: '2026-11-20' } }, false],
    ['one stopped', { repeat: { weekdays: [1], until: '2026-12-31' }, stoppedFrom: '2026-11-23' }, false],
    [
      'one that stops later',
      { repeat: { weekdays: [1], until: '2026-12-31' }, stoppedFrom: '2026-12-01' },
      true,
    ],
    ['a single day', {}, false],
  ] as const)('%s', (_, opening, want) =>
    expect(isRunning(opening as unknown as Parameters<typeof isRunning>[0], '2026-11-23')).toBe(want),
  );
});

describe('the ticked weekdays', () => {
  it.each([
    [[1], 1, 5, [5]],
    [[1, 3], 1, 5, [3, 5]],
    [[1, 5], 1, 5, [5]],
    [[3], 1, 5, [3]],
  ])('%j from %i to %i are %j', (ticked, from, to, want) => expect(followed(ticked, from, to)).toEqual(want));
});

it.each([
  ['2026-04-06', true],
  ['2026-05-14', true],
  ['2026-05-25', true],
  ['2027-03-29', true],
  ['2026-11-11', true],
  ['2026-11-12', false],
])('%s is a holiday: %s', (day, want) => expect(isHoliday(day)).toBe(want));
