import { describe, expect, it } from 'vitest';
import { compare, comparedDays } from './compare';
import type { FillRow } from './reports';

const today = '2026-11-18'; // a Wednesday
const day = (key: string, taken: number, offered: number) => ({ key, taken, offered }) as FillRow;

describe('a day that is not over', () => {
  const days = [day('2026-11-11', 18, 20), day(today, 6, 20)];
  const hours = {
    today: [day('3-08', 5, 10), day('3-18', 1, 10)],
    ago: [day('3-08', 4, 10), day('3-18', 10, 10)],
  };
  it('is compared by the hours that have passed, on both days', () => {
    const told = compare(days, today, { ...hours, hour: 9 });
    expect(told.today.fill).toBe(0.3);
    expect(told.passed).toEqual({ taken: 5, offered: 10, fill: 0.5, change: 10 });
  });
  it.each([0, 8])('is not compared at %i h, before seats have passed', (hour) =>
    expect(compare(days, today, { ...hours, hour }).passed.change).toBeNull(),
  );
  it('is not compared on a handful of seats', () => {
    const few = { today: [day('3-08', 0, 4)], ago: [day('3-08', 4, 10)], hour: 9 };
    expect(compare(days, today, few).passed.change).toBeNull();
  });
});

it('sets the week so far beside the same days and hours of the last one', () => {
  const days = [
    day('2026-11-09', 2, 10),
    day('2026-11-11', 10, 10),
    day('2026-11-12', 10, 10),
    day('2026-11-16', 3, 10),
    day(today, 0, 10),
  ];
  const passed = { today: [day('3-08', 1, 2)], ago: [day('3-08', 2, 2), day('3-18', 8, 8)], hour: 9 };
  expect(compare(days, today, passed).week).toEqual({ taken: 4, offered: 12, fill: 4 / 12, change: 0 });
});

it('sets the season beside as many days before it', () => {
  const { from, to } = comparedDays(today);
  expect([from, to]).toEqual(['2026-07-20', today]);
  const days = [day(from, 4, 10), day('2026-09-18', 6, 10), day('2026-09-19', 8, 10)];
  expect(compare(days, today).season).toEqual({ taken: 8, offered: 10, fill: 0.8, change: 30 });
});

it('has no change without figures before, and no rate where nothing was offered', () => {
  expect(compare([day(today, 1, 2)], today).season.change).toBeNull();
  expect(compare([], today).week).toEqual({ taken: 0, offered: 0, fill: null, change: null });
});

it('tells the difference of what is shown', () =>
  expect(compare([day('2026-09-11', 584, 1000), day(today, 596, 1000)], today).season.change).toBe(2));
