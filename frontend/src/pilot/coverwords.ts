import { weekday } from '../ui/time';
import { longDay } from './figures';
import type { CoverDay, CoverPart, CoverReport } from './reports';
import type { Square } from './Matrix.svelte';
import { words } from './words';

const t = words.cover;

export type CoverState = 'covered' | 'empty' | 'gap';

/** How a half-day stands: someone receives, nobody does and nothing is asked, or fewer than wanted. */
export function coverState({ gap, practitioners }: CoverPart): CoverState {
  if (gap) return 'gap';
  return practitioners.length > 0 ? 'covered' : 'empty';
}

export const coverGlyphs: Record<CoverState, string> = { covered: '●', empty: '–', gap: '✕' };

/** "Samedi 28 novembre : personne le matin", a line for each day with a gap, in order. */
export function gapsInWords({ days }: Pick<CoverReport, 'days'>): string[] {
  return days.flatMap(({ day, parts }) => {
    const gaps = parts.filter(({ gap }) => gap);
    const [without, few] = [gaps.filter(nobody), gaps.filter((part) => !nobody(part))];
    const told = few.map((part) => t.few(t.atPart[part.part], part.practitioners.length, part.wanted));
    if (without.length > 0) told.unshift(t.nobody(without.map(({ part }) => t.atPart[part])));
    return told.length > 0 ? [t.gap(longDay(day), told)] : [];
  });
}

/** "Samedi 28 novembre : le matin, Dr X ; le soir, Dr Y", a line for each day of the weekend when someone receives. */
export function weekendInWords({ days }: Pick<CoverReport, 'days'>): string[] {
  return days
    .filter(({ day }) => weekday(day) >= 6)
    .flatMap(({ day, parts }) => {
      const told = parts
        .filter((part) => !nobody(part))
        .map(({ part, practitioners }) =>
          t.receive(
            t.atPart[part],
            practitioners.map(({ name }) => name),
          ),
        );
      return told.length > 0 ? [t.weekend(longDay(day), told)] : [];
    });
}

const nobody = ({ practitioners }: CoverPart) => practitioners.length === 0;

/** "5 libres sur 8", or that all is taken. */
export const seatsInWords = ({ free, seats }: CoverPart) =>
  free === 0 ? t.full(seats) : t.seats(free, seats);

/** A half-day as a square: how many receive, and what is free. */
export function coverSquare(day: CoverDay, part: CoverPart): Square {
  const state = coverState(part);
  const here = part.practitioners.length;
  const when = `${longDay(day.day)}, ${t.parts[part.part].toLowerCase()}`;
  return {
    text: state === 'covered' ? words.overview.practitioners(here) : state === 'gap' ? String(here) : t.empty,
    sub: here > 0 ? (part.free > 0 ? t.free(part.free) : t.none) : undefined,
    level: state === 'covered' ? 0 : undefined,
    mark: state === 'gap' ? 'past' : undefined,
    words: `${when} : ${part.practitioners.map(({ name }) => name).join(', ') || t.empty}`,
  };
}
