import { addDays, weekday } from '../ui/time';

export type Preset = 'season' | 'week' | 'today' | 'own';

/** First and last civil day, both included. */
export interface Period {
  from: string;
  to: string;
}

/** The season is the last 60 days and today; the week is Monday to Sunday. */
export function periodOf(preset: Exclude<Preset, 'own'>, today: string): Period {
  switch (preset) {
    case 'season':
      return { from: addDays(today, -60), to: today };
    case 'week': {
      const monday = addDays(today, 1 - weekday(today));
      return { from: monday, to: addDays(monday, 6) };
    }
    case 'today':
      return { from: today, to: today };
  }
}

/** Whether the contract takes the period: in order, and at most 400 days after the first. */
export function isSound({ from, to }: Period): boolean {
  // A field that is emptied has no day; a year of five digits is a slip of the finger.
  if (![from, to].every((day) => /^\d{4}-\d\d-\d\d$/.test(day))) return false;
  return from <= to && to <= addDays(from, 400);
}
