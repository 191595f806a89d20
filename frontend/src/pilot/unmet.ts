import { whyKinds } from '../ui/why.fr';
import type { Bar } from './bars';
import type { UnmetReport, UnmetRow, WhyKind } from './reports';
import type { Column } from './sheet';
import { words } from './words';

const t = words.needs;

/** The communes without a code are one, and named. */
export const communeOf = ({ name }: UnmetRow) => name || t.unknown;

/** Calls without a solution that have a commune, or a reason, in common. */
export interface Unmet {
  /** The code of the commune; empty where it is unknown, or of a reason. */
  code: string;
  name: string;
  cases: number;
}

const cases: Column<Unmet> = { name: t.cases, cell: ({ cases }) => cases, strong: true };

export const communeColumns: Column<Unmet>[] = [
  { name: t.commune, cell: ({ name }) => name },
  { name: t.insee, cell: ({ code }) => code || null },
  cases,
];

export const whyColumns: Column<Unmet>[] = [{ name: t.why, cell: ({ name }) => name }, cases];

/** Cases added up by what is in common, the most first. */
function added(rows: UnmetRow[], of: (row: UnmetRow) => Omit<Unmet, 'cases'>): Unmet[] {
  const found = new Map<string, Unmet>();
  for (const row of rows) {
    const { code, name } = of(row);
    const at = code || name;
    found.set(at, { code, name, cases: (found.get(at)?.cases ?? 0) + row.cases });
  }
  return [...found.values()].sort((a, b) => b.cases - a.cases || a.name.localeCompare(b.name, 'fr'));
}

export const byCommune = ({ rows }: Pick<UnmetReport, 'rows'>) =>
  added(rows, (row) => ({ code: row.commune, name: communeOf(row) }));
export const byWhy = ({ rows }: Pick<UnmetReport, 'rows'>) =>
  added(rows, ({ whyKind }) => ({ code: '', name: whyKinds[whyKind as WhyKind] ?? whyKinds.other }));

/** The same as bars. */
export const unmetBars = (found: Unmet[]): Bar[] =>
  found.map(({ code, name, cases }) => ({
    key: code || name,
    name,
    values: [cases],
    words: t.bar(name, cases),
    end: String(cases),
  }));
