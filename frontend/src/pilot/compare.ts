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

/**
 * Today, this week and the season, each against what came before: the same day and the same days of the
 * last week, since a Monday is no Sunday; and as many days just before the season.
 */
export function compare(days: FillRow[], today: string): Record<'today' | 'week' | 'season', Compared> {
  const { from: monday } = periodOf('week', today);
  const { from: first } = periodOf('season', today);
  const against = (now: Period, before: Period): Compared => {
    const [seats, then] = [over(days, now), over(days, before)];
    const [fill, was] = [rate(seats.taken, seats.offered), rate(then.taken, then.offered)];
    // The difference of what is shown, so that 60 % after 58 % reads as 2 points.
    const change = fill === null || was === null ? null : Math.round(fill * 100) - Math.round(was * 100);
    return { ...seats, fill, change };
  };
  const ago = (day: string) => addDays(day, -7);
  return {
    today: against({ from: today, to: today }, { from: ago(today), to: ago(today) }),
    week: against({ from: monday, to: today }, { from: ago(monday), to: ago(today) }),
    season: against(
      { from: first, to: today },
      { from: addDays(first, -seasonDays - 1), to: addDays(first, -1) },
    ),
  };
}

function over(days: FillRow[], { from, to }: Period) {
  const inside = days.filter(({ key }) => key >= from && key <= to);
  const sum = (field: 'taken' | 'offered') => inside.reduce((all, row) => all + row[field], 0);
  return { taken: sum('taken'), offered: sum('offered') };
}
