import { count, percent, rate, rowName, share } from './figures';
import type { Small } from './Multiples.svelte';
import { mondayOfWeek } from './period';
import type { CallReport, CallRow } from './reports';
import type { Bar } from './bars';
import type { Column } from './sheet';
import { words } from './words';

const t = words.calls;

type Median = 'proposalSeconds' | 'holdSeconds' | 'bookSeconds' | 'keys' | 'conflictsPer100';

const medians: { field: Median; name: string; inFile: string; said: (value: number) => string }[] = [
  { field: 'proposalSeconds', name: t.proposal, inFile: t.proposalSeconds, said: words.seconds },
  { field: 'holdSeconds', name: t.hold, inFile: t.holdSeconds, said: words.seconds },
  { field: 'bookSeconds', name: t.book, inFile: t.bookSeconds, said: words.seconds },
  { field: 'keys', name: t.keys, inFile: t.keys, said: count },
  { field: 'conflictsPer100', name: t.conflicts, inFile: t.conflicts, said: count },
];

const ends = Object.entries(t.ends) as [keyof typeof t.ends, string][];

/** The medians of a call report. A median of under five calls is not told. */
export function callColumns(by: CallReport['by']): Column<CallRow>[] {
  return [
    {
      name: words.by[by],
      inFile: by === 'week' ? words.weekFrom : undefined,
      cell: ({ key, label }) => (key === '' ? label : by === 'week' ? mondayOfWeek(key) : key),
      shown: (row) => rowName(row, by),
    },
    { name: t.calls, cell: ({ calls }) => calls },
    ...medians.map(({ field, name, inFile, said }) => ({
      name,
      inFile,
      cell: (row: CallRow) => row[field],
      shown: (row: CallRow) => (row[field] === null ? t.few : said(row[field])),
    })),
  ];
}

/** One way calls ended, over the period. */
export interface End {
  name: string;
  calls: number;
  part: number | null;
}

/** How the calls of the period ended; ends that did not happen are left out. */
export const endsOf = ({ total }: CallReport): End[] =>
  ends
    .filter(([field]) => total[field] > 0)
    .map(([field, name]) => ({ name, calls: total[field], part: rate(total[field], total.calls) }));

export const endColumns: Column<End>[] = [
  { name: t.outcome, cell: ({ name }) => name },
  { name: t.calls, cell: ({ calls }) => calls, strong: true },
  {
    name: t.part,
    inFile: t.partPercent,
    cell: ({ part }) => percent(part),
    shown: ({ part }) => share(part),
  },
];

/** The medians over time, each as a small picture. */
export const callSmalls = ({ rows, total }: CallReport): Small[] =>
  medians.map(({ field, name, said }) => ({
    title: name,
    values: rows.map((row) => row[field]),
    whole: total[field],
    said,
    none: t.few,
  }));

/** The same as bars. */
export const endBars = (report: CallReport): Bar[] =>
  endsOf(report).map(({ name, calls }) => ({
    key: name,
    name,
    values: [calls],
    words: words.needs.bar(name, calls),
    end: count(calls),
  }));
