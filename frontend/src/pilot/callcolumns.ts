import { count, rowName } from './figures';
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

/** The columns of a call report. A median of under five calls is not told. */
export function callColumns(by: CallReport['by'], onPage: 'medians' | 'ends'): Column<CallRow>[] {
  return [
    {
      name: words.by[by],
      cell: ({ key, label }) => (key === '' ? label : by === 'week' ? mondayOfWeek(key) : key),
      shown: (row) => rowName(row, by),
    },
    { name: t.calls, cell: ({ calls }) => calls },
    ...medians.map(({ field, inFile, said }) => ({
      name: inFile,
      cell: (row: CallRow) => row[field],
      shown: (row: CallRow) => (row[field] === null ? t.few : said(row[field])),
      fileOnly: onPage !== 'medians',
    })),
    ...ends.map(([field, name]) => ({
      name,
      cell: (row: CallRow) => row[field],
      fileOnly: onPage !== 'ends',
    })),
  ];
}

/** The medians over time, each as a small picture. */
export const callSmalls = ({ rows, total }: CallReport): Small[] =>
  medians.map(({ field, name, said }) => ({
    title: name,
    values: rows.map((row) => row[field]),
    whole: total[field],
    said,
    none: t.few,
  }));

/** How the calls of the period ended, as bars; ends that did not happen are left out. */
export const endBars = ({ total }: CallReport): Bar[] =>
  ends
    .filter(([field]) => total[field] > 0)
    .map(([field, name]) => ({
      key: field,
      name,
      values: [total[field]],
      words: words.needs.bar(name, total[field]),
      end: count(total[field]),
    }));
