// Whether a doctor may be asked for patients en sus, as three choices.
import type { Extras } from '../../api/types';
import { addDays, dayOf, instant } from '../../ui/time';

export type ExtrasChoice = 'no' | 'tonight' | 'always';

/** What a choice kept by the server means now: one that ended is "no". */
export function choiceOf({ accepts, until }: Extras, now: Date): ExtrasChoice {
  if (!accepts || (until && Date.parse(until) <= now.getTime())) return 'no';
  return until ? 'tonight' : 'always';
}

/** The end of "ce soir": 20 h, or midnight for those who choose it late. */
export function thisEvening(now: Date, zone: string): Date {
  const today = dayOf(now, zone);
  const evening = instant(today, '20:00', zone);
  return evening.getTime() - now.getTime() > 3_600_000 ? evening : instant(addDays(today, 1), '00:00', zone);
}
