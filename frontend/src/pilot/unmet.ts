import type { Bar } from './bars';
import type { UnmetReport, UnmetRow, WhyKind } from './reports';
import type { Column } from './sheet';
import { words } from './words';

const t = words.needs;

/** The communes without a code are one, and named. */
export const communeOf = ({ name }: UnmetRow) => name || t.unknown;

export const unmetColumns: Column<UnmetRow>[] = [
  { name: t.commune, cell: communeOf },
  { name: t.insee, cell: ({ commune }) => commune || null, fileOnly: true },
  { name: t.why, cell: ({ whyKind }) => (whyKind in t.kinds ? t.kinds[whyKind] : null) },
  { name: t.cases, cell: ({ cases }) => cases },
];

/** Cases by a name, the most first. */
function counted(rows: UnmetRow[], nameOf: (row: UnmetRow) => string): Bar[] {
  const cases = new Map<string, number>();
  for (const row of rows) cases.set(nameOf(row), (cases.get(nameOf(row)) ?? 0) + row.cases);
  return [...cases]
    .sort(([a, n], [b, m]) => m - n || a.localeCompare(b, 'fr'))
    .map(([name, n]) => ({ key: name, name, values: [n], words: t.bar(name, n), end: String(n) }));
}

export const byCommune = ({ rows }: UnmetReport) => counted(rows, communeOf);
export const byWhy = ({ rows }: UnmetReport) =>
  counted(rows, ({ whyKind }) => t.kinds[whyKind as WhyKind] ?? t.kinds.other);
