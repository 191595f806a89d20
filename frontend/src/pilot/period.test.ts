import { describe, expect, it } from 'vitest';
import { grainOf, halfYearOf, isSound, mondayOfWeek, periodOf, wrongIn } from './period';

describe('periods', () => {
  it.each([
    ['season', '2026-11-22', { from: '2026-09-23', to: '2026-11-22' }],
    ['month', '2026-11-22', { from: '2026-11-01', to: '2026-11-22' }],
    ['month', '2026-11-01', { from: '2026-11-01', to: '2026-11-01' }],
    ['week', '2026-11-22', { from: '2026-11-16', to: '2026-11-22' }],
    ['week', '2026-11-23', { from: '2026-11-23', to: '2026-11-23' }],
  ] as const)('%s on %s', (preset, today, want) => expect(periodOf(preset, today)).toEqual(want));

  it.each([
    [{ from: '2026-01-01', to: '2026-01-01' }, true],
    [{ from: '2026-01-02', to: '2026-01-01' }, false],
    [{ from: '2025-01-01', to: '2026-02-04' }, true],
    [{ from: '2025-01-01', to: '2026-02-05' }, false],
    [{ from: '', to: '2026-02-06' }, false],
    [{ from: '12026-01-01', to: '12026-02-06' }, false],
  ])('%j is sound: %s', (period, want) => expect(isSound(period)).toBe(want));

  it.each([
    ['', '', 'noFrom'],
    ['2026-01-01', '', 'noTo'],
    ['2026-01-02', '2026-01-01', 'backwards'],
    ['2016-01-01', '2026-01-01', 'tooLong'],
    ['2026-01-01', '2026-01-02', undefined],
  ])('from %j to %j is wrong by %s', (from, to, want) => expect(wrongIn({ from, to })).toBe(want));

  it.each([
    ['2026-11-01', '2026-11-21', 'day'],
    ['2026-11-01', '2026-11-22', 'week'],
    ['2026-01-01', '2026-07-19', 'week'],
    ['2026-01-01', '2026-07-20', 'month'],
  ])('from %s to %s goes by %s', (from, to, want) => expect(grainOf({ from, to })).toBe(want));
});

it.each([
  ['2026-W47', '2026-11-16'],
  ['2026-W01', '2025-12-29'],
  ['2020-W53', '2020-12-28'],
])('%s begins on %s', (week, monday) => expect(mondayOfWeek(week)).toBe(monday));

it.each([
  ['2026-11-22', '2026-05-01'],
  ['2026-03-31', '2025-09-01'],
  ['2026-07-01', '2026-01-01'],
])('goes back six whole months from %s', (today, from) =>
  expect(halfYearOf(today)).toEqual({ from, to: today }),
);
