import { addDays, weekday } from '../ui/time';

export const presets = ['week', 'month', 'season', 'own'] as const;
export type Preset = (typeof presets)[number];

/** First and last civil day, both included. */
export interface Period {
  from: string;
  to: string;
}

/** How long the season is, today not counted. */
export const seasonDays = 60;

/**
 * The days of a preset, up to today: the week since Monday, the month since the 1st, the season of 60
 * days before. Seats of days to come are not yet taken and would lower every rate.
 */
export function periodOf(preset: Exclude<Preset, 'own'>, today: string): Period {
  switch (preset) {
    case 'week':
      return { from: mondayOf(today), to: today };
    case 'month':
      return { from: `${today.slice(0, 8)}01`, to: today };
    case 'season':
      return { from: addDays(today, -seasonDays), to: today };
  }
}

/** The six whole months before today's, and today's so far: a delay of weeks is followed by the month. */
export function halfYearOf(today: string): Period {
  const first = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() - 6);
  return { from: first.toISOString().slice(0, 10), to: today };
}

export const mondayOf = (day: string) => addDays(day, 1 - weekday(day));

/** The one thing that is wrong with a period: a day is missing, the days are turned round, or it is too long. */
export type Wrong = 'noFrom' | 'noTo' | 'backwards' | 'tooLong';

/** What the contract would refuse in a period: it is in order, and of 400 days at most. */
export function wrongIn({ from, to }: Period): Wrong | undefined {
  // A field that is emptied has no day; a year of five digits is a slip of the finger.
  const isDay = (day: string) => /^\d{4}-\d\d-\d\d$/.test(day);
  if (!isDay(from)) return 'noFrom';
  if (!isDay(to)) return 'noTo';
  if (to < from) return 'backwards';
  return to < addDays(from, 400) ? undefined : 'tooLong';
}

export const isSound = (period: Period): boolean => wrongIn(period) === undefined;

/** How many days a period holds. */
export function daysIn({ from, to }: Period): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

/** The finest step over time whose columns can still be told apart. */
export function grainOf(period: Period): 'day' | 'week' | 'month' {
  const days = daysIn(period);
  if (days <= 21) return 'day';
  return days <= 200 ? 'week' : 'month';
}

/** The Monday of an ISO week: 2026-W47 is that of 2026-11-16. */
export function mondayOfWeek(week: string): string {
  const [year = '', number = ''] = week.split('-W');
  // 4 January always lies in the first ISO week.
  return addDays(mondayOf(`${year}-01-04`), 7 * (Number(number) - 1));
}
