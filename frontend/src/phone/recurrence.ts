// Weekly recurrences, counted and named. Days are civil days of the territory.
import type { Opening } from '../api/types';
import { addDays, weekday } from '../ui/time';
import { isHoliday } from './holidays';

type Weekly = { weekdays: number[]; until: string; skipHolidays?: boolean };

/** Whether an opening comes back every week and still has days to come. */
export function isRunning({ repeat, stoppedFrom }: Pick<Opening, 'repeat' | 'stoppedFrom'>, today: string) {
  return repeat !== undefined && repeat.until >= today && (stoppedFrom === undefined || stoppedFrom > today);
}

/** How many days a recurrence takes place, from its first possible day to its last, both included. */
export function occurrences(first: string, { weekdays, until, skipHolidays }: Weekly): number {
  let count = 0;
  for (let day = first; day <= until; day = addDays(day, 1)) {
    if (weekdays.includes(weekday(day)) && !(skipHolidays && isHoliday(day))) count++;
  }
  return count;
}

/** The ticked weekdays once the start moves from one weekday to another: the start's own follows it. */
export function followed(weekdays: number[], from: number, to: number): number[] {
  if (!weekdays.includes(from)) return weekdays;
  return [...new Set([...weekdays.filter((day) => day !== from), to])].sort((a, b) => a - b);
}
