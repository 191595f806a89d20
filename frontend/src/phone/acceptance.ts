// When a patient taken en sus is seen: chips of nearby times, or a typed hour within a day.
import { addDays, dayOf, instant } from '../ui/time';

export type WhenChip = 'quarter' | 'half' | 'hour' | 'evening' | 'other';

const minute = 60_000;
const fiveMinutes = 5 * minute;
const roundUp = (at: number) => new Date(Math.ceil(at / fiveMinutes) * fiveMinutes);

/** When each chip is; "fin de journée" is 18 h 30 and is missing once it has passed. */
export function whenStarts(now: Date, zone: string): Partial<Record<WhenChip, Date>> {
  const evening = instant(dayOf(now, zone), '18:30', zone);
  const at = now.getTime();
  return {
    quarter: roundUp(at + 15 * minute),
    half: roundUp(at + 30 * minute),
    hour: roundUp(at + 60 * minute),
    ...(evening.getTime() > at + 60 * minute && { evening }),
  };
}

/** The next time a typed hour comes, today or tomorrow; undefined while there is none. */
export function typedStart(time: string, now: Date, zone: string): Date | undefined {
  if (!time) return undefined;
  const today = dayOf(now, zone);
  const start = instant(today, time, zone);
  return start > now ? start : instant(addDays(today, 1), time, zone);
}
