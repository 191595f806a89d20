import { addDays } from '../../ui/time';
import type { Asked } from './filter';
import { said, yearIn } from './filter';
import type { FiscalYear, Proposal } from './kinds';

export const yearViews = ['years', 'exports', 'import'] as const;
export type YearView = (typeof yearViews)[number];

const names: Record<string, YearView> = { exporter: 'exports', importer: 'import' };

export interface YearPlace {
  view: YearView;
  year?: number;
  /** The year whose end is shown. */
  end?: number;
}

/** The place among fiscal years that an address names. */
export const readYears = (asked: Asked = {}): YearPlace => ({
  view: names[asked.vue ?? ''] ?? 'years',
  year: yearIn(asked),
  end: yearIn(asked, 'fin'),
});

export const writeYears = ({ view, year, end }: YearPlace): Asked =>
  said({
    vue: Object.keys(names).find((name) => names[name] === view),
    exercice: year?.toString(),
    fin: end?.toString(),
  });

/** The days proposed for a new fiscal year: the civil year after the latest, else the present one. */
export function nextYear(years: FiscalYear[], today: string): { first: string; last: string } {
  const latest = years
    .map(({ last }) => last)
    .sort()
    .at(-1);
  const first = latest ? addDays(latest, 1) : `${today.slice(0, 4)}-01-01`;
  const end = `${Number(first.slice(0, 4)) + 1}${first.slice(4)}`;
  return { first, last: addDays(end, -1) };
}

/** The first day on which a year can be closed: that after its last. */
export const closableFrom = ({ last }: Pick<FiscalYear, 'last'>): string => addDays(last, 1);

/** The year that a day is in, else the latest that began before it, else the first of them. */
export function presentYear<Y extends Pick<FiscalYear, 'first' | 'last'>>(
  years: Y[],
  today: string,
): Y | undefined {
  const latestFirst = years.toSorted((a, b) => b.first.localeCompare(a.first));
  return latestFirst.find(({ first }) => first <= today) ?? latestFirst.at(-1);
}

/** What is still to be written at the end of a year. */
export const waitingOf = (items: Proposal[]) => items.filter(({ written }) => !written);

/** The years that proposals fall into and that nobody opened yet, the first of them. */
export function missingYear(items: Proposal[], years: FiscalYear[]): number | undefined {
  const day = waitingOf(items)
    .map(({ entry }) => entry.on)
    .find((on) => !years.some(({ first, last }) => first <= on && on <= last));
  return day ? Number(day.slice(0, 4)) : undefined;
}
