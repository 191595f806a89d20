// What "Publier" sends, from a few taps. Pure: instants and zones come in as values.
import type { Audience, Modality, NewOpening } from '../api/types';
import { addDays, civil, dayOf, instant, rfc3339, weekday } from '../ui/time';

export type Chip = 'now' | 'hour' | 'noon' | 'evening' | 'tomorrow' | 'other';

/** What is chosen on the sheet. Days are civil days, times are "14:05", both in the territory's zone. */
export interface Draft {
  chip: Chip;
  day: string;
  time: string;
  shape: 'slots' | 'range';
  many: number;
  minutes: number;
  /** The end of a range. */
  until: string;
  seats: number;
  location: string;
  modality: Modality;
  audience: Audience;
  note: string;
  repeat: boolean;
  weekdays: number[];
  repeatUntil: string;
  skipHolidays: boolean;
}

/** What a GP does every time, remembered from the last publication. */
export type Habit = Pick<Draft, 'many' | 'minutes' | 'location' | 'modality' | 'audience'>;

const fiveMinutes = 5 * 60_000;
const roundUp = (at: number) => new Date(Math.ceil(at / fiveMinutes) * fiveMinutes);

/** When each chip starts; a chip whose hour has passed today is missing. */
export function chipStarts(now: Date, zone: string): Partial<Record<Chip, Date>> {
  const today = dayOf(now, zone);
  const starts: Partial<Record<Chip, Date>> = {
    now: roundUp(now.getTime()),
    hour: roundUp(now.getTime() + 3_600_000),
    noon: instant(today, '11:00', zone),
    evening: instant(today, '18:00', zone),
    tomorrow: instant(addDays(today, 1), '08:00', zone),
  };
  for (const chip of ['noon', 'evening'] as const) {
    if (starts[chip]!.getTime() <= now.getTime()) delete starts[chip];
  }
  return starts;
}

/** A draft for a fresh sheet: the habit, starting at the first chip, repeating on its own weekday. */
export function freshDraft(habit: Partial<Habit>, locations: string[], now: Date, zone: string): Draft {
  const next = roundUp(now.getTime() + 3_600_000);
  const { hour, minute } = civil(next, zone);
  const day = dayOf(next, zone);
  const known = habit.location && locations.includes(habit.location) ? habit.location : locations[0];
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    chip: 'now',
    day,
    time: `${two(hour)}:${two(minute)}`,
    shape: 'slots',
    many: habit.many ?? 2,
    minutes: habit.minutes ?? 15,
    until: '12:00',
    seats: 6,
    location: known ?? '',
    modality: habit.modality ?? 'cabinet',
    audience: habit.audience ?? 'regulation',
    note: '',
    repeat: false,
    weekdays: [weekday(day)],
    repeatUntil: addDays(day, 56),
    skipHolidays: true,
  };
}

/** Start and end of a draft. A range that ends before it starts ends the next day (20 h to 8 h). */
export function bounds(draft: Draft, now: Date, zone: string): { start: Date; end: Date } {
  const start =
    draft.chip === 'other'
      ? instant(draft.day, draft.time, zone)
      : (chipStarts(now, zone)[draft.chip] ?? instant(draft.day, draft.time, zone));
  if (draft.shape === 'slots') {
    return { start, end: new Date(start.getTime() + draft.many * draft.minutes * 60_000) };
  }
  const day = dayOf(start, zone);
  const sameDay = instant(day, draft.until, zone);
  return { start, end: sameDay > start ? sameDay : instant(addDays(day, 1), draft.until, zone) };
}

/** Why a draft cannot be sent, or undefined. */
export function refusal(
  draft: Draft,
  now: Date,
  zone: string,
): 'past' | 'needDays' | 'noLocation' | undefined {
  if (!draft.location) return 'noLocation';
  if (bounds(draft, now, zone).start.getTime() < now.getTime()) return 'past';
  if (draft.repeat && draft.weekdays.length === 0) return 'needDays';
  return undefined;
}

/** The opening to publish. */
export function openingOf(draft: Draft, now: Date, zone: string): NewOpening {
  const { start, end } = bounds(draft, now, zone);
  return {
    location: draft.location,
    start: rfc3339(start, zone),
    end: rfc3339(end, zone),
    modality: draft.modality,
    audience: draft.audience,
    ...(draft.shape === 'slots' ? { slotMinutes: draft.minutes } : { seats: draft.seats }),
    ...(draft.note.trim() && { note: draft.note.trim() }),
    ...(draft.repeat && {
      repeat: {
        weekdays: [...draft.weekdays].sort((a, b) => a - b),
        until: draft.repeatUntil,
        skipHolidays: draft.skipHolidays,
      },
    }),
  };
}

/** How many seats an opening offers on one of its days. */
export function offered(opening: NewOpening): number {
  if (opening.seats) return opening.seats;
  const minutes = (Date.parse(opening.end) - Date.parse(opening.start)) / 60_000;
  return Math.floor(minutes / (opening.slotMinutes ?? minutes));
}
