// A weekly shift, read as days. Days are civil days of the territory.
import type { Opening, Pause } from '../../api/types';
import { addDays, dayOf, weekday } from '../../ui/time';
import { isHoliday } from '../holidays';
import { offered } from '../publish';

/** A coming day of a shift: on, left out by hand, skipped as a holiday, or within a pause. */
export interface Occurrence {
  day: string;
  state: 'on' | 'left' | 'holiday' | 'away';
  holiday: boolean;
}

/** The last civil day on which a shift may take place. */
export const lastDay = ({ repeat, stoppedFrom }: Pick<Opening, 'repeat' | 'stoppedFrom'>): string =>
  stoppedFrom && stoppedFrom <= repeat!.until ? addDays(stoppedFrom, -1) : repeat!.until;

/** The next `most` days of a shift, today included, with those left out. A pause comes before all else. */
export function comingDays(
  shift: Pick<Opening, 'start' | 'repeat' | 'stoppedFrom' | 'skips'>,
  today: string,
  zone: string,
  most = 8,
  pauses: Pick<Pause, 'from' | 'to'>[] = [],
): Occurrence[] {
  const { weekdays, skipHolidays } = shift.repeat!;
  const first = dayOf(shift.start, zone);
  const days: Occurrence[] = [];
  for (
    let day = first > today ? first : today;
    day <= lastDay(shift) && days.length < most;
    day = addDays(day, 1)
  ) {
    if (!weekdays.includes(weekday(day))) continue;
    const holiday = isHoliday(day);
    const left = shift.skips?.includes(day) ?? false;
    const away = pauses.some(({ from, to }) => from <= day && day <= to);
    const state = away ? 'away' : left ? 'left' : holiday && skipHolidays ? 'holiday' : 'on';
    days.push({ day, holiday, state });
  }
  return days;
}

/** What a shift offers on each of its days. */
export function sizeOf(shift: Opening): { many: number; asSeats: boolean; minutes?: number } {
  return { many: offered(shift), asSeats: shift.seats !== undefined, minutes: shift.slotMinutes };
}
