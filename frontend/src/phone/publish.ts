// What "Publier" sends, from a few taps. Pure: instants and zones come in as values.
import type { Audience, Modality, NewOpening, Slot } from '../api/types';
import { addDays, civil, clock, dayOf, instant, rfc3339, weekday } from '../ui/time';
import { occurrences } from './recurrence';

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

export type PartOfDay = 'morning' | 'afternoon' | 'evening';
export type Size = Pick<Draft, 'many' | 'minutes'>;

/** What a GP does every time: how many of what length by time of day, where, and at which typed hours. */
export type Habit = Pick<Draft, 'location' | 'modality' | 'audience'> & {
  sizes: Partial<Record<PartOfDay, Size>>;
  /** Hours typed lately, "14:05", the latest first. */
  times: string[];
};

const usual: Size = { many: 2, minutes: 15 };
const timesKept = 3;

/** The part of the day an instant falls in: noon and 18 h begin the next. */
export function partOfDay(at: Date, zone: string): PartOfDay {
  const { hour } = civil(at, zone);
  return hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening';
}

/** How many slots of what length this doctor usually opens at that time of day; else at any other. */
export function usualSize({ sizes = {} }: Partial<Habit>, part: PartOfDay): Size {
  return sizes[part] ?? Object.values(sizes)[0] ?? usual;
}

/** The habit once a draft was published. */
export function learnt(habit: Partial<Habit>, draft: Draft, start: Date, zone: string): Habit {
  const { location, modality, audience, many, minutes } = draft;
  const sizes = { ...habit.sizes };
  if (draft.shape === 'slots') sizes[partOfDay(start, zone)] = { many, minutes };
  const typed = draft.chip === 'other' ? [draft.time] : [];
  const times = [...new Set([...typed, ...(habit.times ?? [])])].slice(0, timesKept);
  return { location, modality, audience, sizes, times };
}

const fiveMinutes = 5 * 60_000;
const quarterHour = 15 * 60_000;
const roundUp = (at: number, step = fiveMinutes) => new Date(Math.ceil(at / step) * step);

/** How long a draft lasts, in milliseconds; a range ends at its own hour, so its length does not move it. */
export const lengthOf = ({ shape, many, minutes }: Pick<Draft, 'shape' | 'many' | 'minutes'>) =>
  shape === 'slots' ? many * minutes * 60_000 : fiveMinutes;

/** What stands in the way of a new opening: the doctor's own slots, by start. */
export type Own = Pick<Slot, 'start' | 'end' | 'withdrawn' | 'booked'>;

/** Own slots that overlap a period. One withdrawn leaves its hours free, unless somebody comes. */
export function inTheWay<S extends Own>(own: S[], start: Date, end: Date): S[] {
  return own.filter(
    (slot) =>
      !(slot.withdrawn && slot.booked === 0) &&
      Date.parse(slot.start) < end.getTime() &&
      Date.parse(slot.end) > start.getTime(),
  );
}

/** The first start from `start` on whose whole length is free: itself, or rounded up after own slots. */
export function nextFree(own: Own[], start: Date, length: number, step = quarterHour): Date {
  let at = start;
  for (;;) {
    const busy = inTheWay(own, at, new Date(at.getTime() + length));
    if (busy.length === 0) return at;
    at = roundUp(Math.max(...busy.map((slot) => Date.parse(slot.end))), step);
  }
}

/**
 * When each chip starts; a chip whose hour has passed today is missing. "Now" and "in an hour" are as
 * soon as the doctor's own slots leave the draft its length, one after the other.
 */
export function chipStarts(
  now: Date,
  zone: string,
  own: Own[] = [],
  length = fiveMinutes,
): Partial<Record<Chip, Date>> {
  const today = dayOf(now, zone);
  const soonest = nextFree(own, roundUp(now.getTime()), length);
  const hour = roundUp(now.getTime() + 3_600_000);
  const starts: Partial<Record<Chip, Date>> = {
    now: soonest,
    hour: nextFree(own, soonest >= hour ? new Date(soonest.getTime() + length) : hour, length),
    noon: instant(today, '11:00', zone),
    evening: instant(today, '18:00', zone),
    tomorrow: instant(addDays(today, 1), '08:00', zone),
  };
  for (const chip of ['noon', 'evening'] as const) {
    if (starts[chip]!.getTime() <= now.getTime()) delete starts[chip];
  }
  return starts;
}

/** The last day of a recurrence that nobody chose: eight times in all. */
export const usualEnd = (first: string) => addDays(first, 49);

/** A draft for a fresh weekly shift: no weekday is ticked for the doctor. */
export function weeklyDraft(draft: Draft, today: string): Draft {
  return { ...draft, chip: 'other', day: today, repeat: true, weekdays: [], repeatUntil: usualEnd(today) };
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
    ...usualSize(habit, partOfDay(now, zone)),
    until: '12:00',
    seats: 6,
    location: known ?? '',
    modality: habit.modality ?? 'cabinet',
    audience: habit.audience ?? 'regulation',
    note: '',
    repeat: false,
    weekdays: [weekday(day)],
    repeatUntil: usualEnd(day),
    skipHolidays: true,
  };
}

/** When the chip or the day and hour typed say that a draft starts. */
export function chosenStart(draft: Draft, now: Date, zone: string, own: Own[] = []): Date {
  const typed = () => instant(draft.day, draft.time, zone);
  if (draft.chip === 'other') return typed();
  return chipStarts(now, zone, own, lengthOf(draft))[draft.chip] ?? typed();
}

/** The first ticked weekday from a start on whose hour is still to come; the start itself when none is. */
export function firstOf(weekdays: number[], start: Date, now: Date, zone: string): Date {
  const time = clock(start, zone);
  const from = start < now ? now : start;
  for (let n = 0, day = dayOf(from, zone); n <= 7; n++, day = addDays(day, 1)) {
    const at = instant(day, time, zone);
    if (weekdays.includes(weekday(day)) && at >= from) return at;
  }
  return start;
}

/**
 * Start and end of a draft. One that repeats starts on the first of its ticked weekdays. A range that ends
 * before it starts ends the next day (20 h to 8 h).
 */
export function bounds(draft: Draft, now: Date, zone: string, own: Own[] = []): { start: Date; end: Date } {
  const chosen = chosenStart(draft, now, zone, own);
  const start = draft.repeat ? firstOf(draft.weekdays, chosen, now, zone) : chosen;
  if (draft.shape === 'slots') {
    return { start, end: new Date(start.getTime() + draft.many * draft.minutes * 60_000) };
  }
  const day = dayOf(start, zone);
  const sameDay = instant(day, draft.until, zone);
  return { start, end: sameDay > start ? sameDay : instant(addDays(day, 1), draft.until, zone) };
}

/** Whether every day and hour that the draft needs is there: an emptied field has none. */
export function isComplete(draft: Draft): boolean {
  if (draft.chip === 'other' && !(draft.day && draft.time)) return false;
  if (draft.repeat && !draft.repeatUntil) return false;
  return draft.shape === 'slots' || draft.until !== '';
}

/** What waits on the phone takes its hours already. */
export const ownOf = ({ start, end }: Pick<NewOpening, 'start' | 'end'>): Own => ({
  start,
  end,
  withdrawn: false,
  booked: 0,
});

/** Why a draft cannot be sent, or undefined. */
export function refusal(
  draft: Draft,
  now: Date,
  zone: string,
  own: Own[] = [],
): 'past' | 'needDays' | 'noDay' | 'never' | 'noLocation' | undefined {
  if (!draft.location) return 'noLocation';
  if (!isComplete(draft)) return 'noDay';
  if (draft.repeat && draft.weekdays.length === 0) return 'needDays';
  if (bounds(draft, now, zone, own).start.getTime() < now.getTime()) return 'past';
  if (draft.repeat && times(openingOf(draft, now, zone, own), zone) === 0) return 'never';
  return undefined;
}

/** The opening to publish. */
export function openingOf(draft: Draft, now: Date, zone: string, own: Own[] = []): NewOpening {
  const { start, end } = bounds(draft, now, zone, own);
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

/** How many days an opening takes place. */
export function times({ start, repeat }: NewOpening, zone: string): number {
  return repeat ? occurrences(dayOf(start, zone), repeat) : 1;
}
