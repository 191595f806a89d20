import { dayInWords } from '../ui/time';
import { locale } from '../ui/messages';
import { coverState, type CoverState } from './coverwords';
import type { CoverPart, CoverReport } from './reports';
import type { Column } from './sheet';
import { words } from './words';

const t = words.cover;

/** A half-day of a day, as one line. */
export type CoverRow = CoverPart & { day: string; state: CoverState };

/** Every half-day of a report, in order. */
export const coverRows = ({ days }: CoverReport): CoverRow[] =>
  days.flatMap(({ day, parts }) => parts.map((part) => ({ ...part, day, state: coverState(part) })));

export const coverColumns: Column<CoverRow>[] = [
  { name: t.columns.day, cell: ({ day }) => day, shown: ({ day }) => dayInWords(day, locale, true) },
  { name: t.columns.part, cell: ({ part }) => t.parts[part] },
  { name: t.columns.holiday, cell: ({ holiday }) => (holiday ? t.yes : null) },
  { name: t.columns.state, cell: ({ state }) => t.states[state] },
  { name: t.columns.wanted, cell: ({ wanted }) => wanted },
  { name: t.columns.here, cell: ({ practitioners }) => practitioners.length },
  { name: t.columns.seats, cell: ({ seats }) => seats },
  { name: t.columns.free, cell: ({ free }) => free },
  {
    name: t.columns.who,
    cell: ({ practitioners }) =>
      practitioners.map(({ name, seats }) => t.who(name, seats)).join(', ') || null,
  },
];
