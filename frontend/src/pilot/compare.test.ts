import { expect, it } from 'vitest';
import { compare, comparedDays } from './compare';
import type { FillRow } from './reports';

const today = '2026-11-18'; // a Wednesday
const day = (key: string, taken: number, offered: number) => ({ key, taken, offered }) as FillRow;

it('sets today beside the same day a week ago', () =>
  expect(
    compare([day('2026-11-11', 5, 10), day('2026-11-17', 1, 10), day(today, 6, 10)], today).today,
  ).toEqual({ taken: 6, offered: 10, fill: 0.6, change: 10 }));

it('sets the week so far beside the same days of the last one', () => {
  const days = [day('2026-11-09', 2, 10), day('2026-11-12', 10, 10), day('2026-11-16', 3, 10)];
  expect(compare(days, today).week).toEqual({ taken: 3, offered: 10, fill: 0.3, change: 10 });
});

it('sets the season beside as many days before it', () => {
  const { from, to } = comparedDays(today);
  expect([from, to]).toEqual(['2026-07-20', today]);
  const days = [day(from, 4, 10), day('2026-09-18', 6, 10), day('2026-09-19', 8, 10)];
  expect(compare(days, today).season).toEqual({ taken: 8, offered: 10, fill: 0.8, change: 30 });
});

it('has no change without figures before, and no rate where nothing was offered', () => {
  expect(compare([day(today, 1, 2)], today).today.change).toBeNull();
  expect(compare([], today).week).toEqual({ taken: 0, offered: 0, fill: null, change: null });
});

it('tells the difference of what is shown', () =>
  expect(compare([day('2026-11-11', 584, 1000), day(today, 596, 1000)], today).today.change).toBe(2));
