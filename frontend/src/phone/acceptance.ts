// When a patient taken en sus is seen: chips of nearby times, or a typed hour within a day.
import { addDays, dayOf, instant } from '../ui/time';
import { inTheWay, nextFree, type Own } from './publish';

/** How long a patient en sus is received. */
export const visitMinutes = 15;

export type WhenChip = 'gap' | 'later' | 'quarter' | 'half' | 'hour' | 'evening' | 'other';

const minute = 60_000;
const fiveMinutes = 5 * minute;
const roundUp = (at: number) => new Date(Math.ceil(at / fiveMinutes) * fiveMinutes);

/**
 * When each chip is, in the order they are proposed; "fin de journée" is 18 h 30 and is missing once it
 * has passed. Where half an hour from now falls on something of the doctor's own, the next two gaps come
 * first. Nothing is left out: overlap is allowed.
 */
export function whenStarts(now: Date, zone: string, own: Own[] = []): Partial<Record<WhenChip, Date>> {
  const evening = instant(dayOf(now, zone), '18:30', zone);
  const at = now.getTime();
  return {
    ...gaps(own, roundUp(at + 30 * minute), at + 24 * 60 * minute),
    quarter: roundUp(at + 15 * minute),
    half: roundUp(at + 30 * minute),
    hour: roundUp(at + 60 * minute),
    ...(evening.getTime() > at + 60 * minute && { evening }),
  };
}

// The first gap from `half` on and the one after it, within a day.
function gaps(own: Own[], half: Date, until: number): Partial<Record<'gap' | 'later', Date>> {
  const length = visitMinutes * minute;
  if (inTheWay(own, half, new Date(half.getTime() + length)).length === 0) return {};
  const gap = nextFree(own, half, length, fiveMinutes);
  const later = nextFree(own, new Date(gap.getTime() + 2 * length), length, fiveMinutes);
  if (gap.getTime() > until) return {};
  return later.getTime() > until ? { gap } : { gap, later };
}

/** The chip that stands chosen until the doctor chooses: the next gap, or half an hour from now. */
export const firstChip = (starts: Partial<Record<WhenChip, Date>>): WhenChip => (starts.gap ? 'gap' : 'half');

/** The next time a typed hour comes, today or tomorrow; undefined while there is none. */
export function typedStart(time: string, now: Date, zone: string): Date | undefined {
  if (!time) return undefined;
  const today = dayOf(now, zone);
  const start = instant(today, time, zone);
  return start > now ? start : instant(addDays(today, 1), time, zone);
}
