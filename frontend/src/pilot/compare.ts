import { rate } from './figures';
import { periodOf, seasonDays, type Period } from './period';
import { addDays } from '../ui/time';
import type { FillRow } from './reports';

export interface Compared {
  taken: number;
  offered: number;
  fill: number | null;
  /** In points of a hundred against the period before; null when either has no value. */
  change: number | null;
}

/** All days that `compare` needs: two seasons up to today. */
export const comparedDays = (today: string): Period => ({
  from: addDays(today, -2 * seasonDays - 1),
  to: today,
});

/** The hours of today and of the same day a week ago, once they are read, and the hour it is. */
export interface Passed {
  today: FillRow[];
  ago: FillRow[];
  hour: number;
}

/** Under so many seats on either day, a share says more of chance than of the day. */
const fewest = 5;

/**
 * Today, this week and the season, each against what came before: the same day and the same days of the
 * last week, since a Monday is no Sunday; and as many days just before the season. Of a day that is not
 * over, only the hours that have passed are compared, with the same hours of the other day: seats of
 * this evening are not yet taken, those of last week's evening are.
 */
export function compare(
  days: FillRow[],
  today: string,
  passed?: Passed,
): Record<'today' | 'week' | 'season', Compared> & { passed: Compared } {
  const { from: monday } = periodOf('week', today);
  const { from: first } = periodOf('season', today);
  const ago = (day: string) => addDays(day, -7);
  const begun = passed && before(passed.today, passed.hour);
  const then = passed && before(passed.ago, passed.hour);
  const whole = over(days, { from: today, to: today });
  return {
    today: against(whole),
    passed: against(begun ?? none, then, fewest),
    week: against(
      sum(over(days, { from: monday, to: addDays(today, -1) }), begun ?? none),
      then && sum(over(days, { from: ago(monday), to: addDays(today, -8) }), then),
      fewest,
    ),
    season: against(
      over(days, { from: first, to: today }),
      over(days, { from: addDays(first, -seasonDays - 1), to: addDays(first, -1) }),
    ),
  };
}

interface Seats {
  taken: number;
  offered: number;
}
const none: Seats = { taken: 0, offered: 0 };
const sum = (a: Seats, b: Seats): Seats => ({ taken: a.taken + b.taken, offered: a.offered + b.offered });

function against(seats: Seats, then: Seats = none, least = 1): Compared {
  const [fill, was] = [rate(seats.taken, seats.offered), rate(then.taken, then.offered)];
  const told = fill !== null && was !== null && Math.min(seats.offered, then.offered) >= least;
  // The difference of what is shown, so that 60 % after 58 % reads as 2 points.
  return { ...seats, fill, change: told ? Math.round(fill * 100) - Math.round(was * 100) : null };
}

/** The seats of the hours before an hour; a row's key is the day of the week and the hour, 1-08. */
const before = (hours: FillRow[], hour: number): Seats =>
  hours.filter(({ key }) => Number(key.split('-')[1]) < hour).reduce(sum, none);

function over(days: FillRow[], { from, to }: Period): Seats {
  return days.filter(({ key }) => key >= from && key <= to).reduce(sum, none);
}
