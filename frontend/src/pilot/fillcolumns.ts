import { percent, rowName, share } from './figures';
import { mondayOfWeek } from './period';
import type { FillGrouping, FillReport, FillRow } from './reports';
import type { Column } from './sheet';
import type { Bar } from './bars';
import { words } from './words';

const t = words.columns;

/** What a row can say of itself, beside its name. */
const figures = {
  offered: { name: t.offered, cell: (row: FillRow) => row.offered },
  taken: { name: t.taken, cell: (row: FillRow) => row.taken },
  fill: {
    name: t.fill,
    inFile: t.fillPercent,
    cell: (row: FillRow) => percent(row.fill),
    shown: (row: FillRow) => share(row.fill),
    strong: true,
  },
  withMT: { name: t.withMT, cell: (row: FillRow) => row.withMT },
  withoutMT: { name: t.withoutMT, cell: (row: FillRow) => row.withoutMT },
  unknownMT: { name: t.unknownMT, cell: (row: FillRow) => row.unknownMT },
  medianDelayMinutes: {
    name: t.medianDelay,
    inFile: t.medianDelayMinutes,
    cell: (row: FillRow) => row.medianDelayMinutes,
    shown: (row: FillRow) =>
      row.medianDelayMinutes === null ? words.none : words.minutes(row.medianDelayMinutes),
  },
  within24h: {
    name: t.within24h,
    inFile: t.within24hPercent,
    cell: (row: FillRow) => percent(row.within24h),
    shown: (row: FillRow) => share(row.within24h),
  },
  honoured: { name: t.honoured, cell: (row: FillRow) => row.honoured },
  noShow: { name: t.noShow, cell: (row: FillRow) => row.noShow },
  cancelledByPatient: { name: t.cancelledByPatient, cell: (row: FillRow) => row.cancelledByPatient },
  cancelledByRegulator: { name: t.cancelledByRegulator, cell: (row: FillRow) => row.cancelledByRegulator },
  cancelledByPractitioner: {
    name: t.cancelledByPractitioner,
    cell: (row: FillRow) => row.cancelledByPractitioner,
  },
  casesWithoutSolution: { name: t.casesWithoutSolution, cell: (row: FillRow) => row.casesWithoutSolution },
  practitioners: { name: t.practitioners, cell: (row: FillRow) => row.practitioners },
} satisfies Partial<Record<keyof FillRow, Column<FillRow>>>;
export type Figure = keyof typeof figures;

/** The columns of a fill report: the row's name, then the figures its picture shows. */
export function fillColumns(by: FillGrouping, shown: Figure[]): Column<FillRow>[] {
  const name = {
    name: words.by[by],
    inFile: by === 'week' ? words.weekFrom : undefined,
    cell: (row: FillRow) => filed(row, by),
    shown: (row: FillRow) => rowName(row, by),
  };
  return [name, ...shown.map((figure) => figures[figure])];
}

/**
 * That bookings en sus are among those shown, which are then more than the seats taken; nothing when there
 * are none.
 */
export const extraNote = ({ total: { taken, extra } }: Pick<FillReport, 'total'>): string | undefined =>
  extra > 0 ? words.needs.withExtra(taken + extra, extra) : undefined;

// A day, and a week's Monday, are written as dates, which a spreadsheet can sort.
function filed(row: FillRow, by: FillGrouping): string {
  if (row.key === '') return words.total;
  if (by === 'day' || by === 'month') return row.key;
  return by === 'week' ? mondayOfWeek(row.key) : row.label;
}

/** The last line of a report, named so that its file says what it is. */
export const totalOf = ({ total }: FillReport): FillRow => ({ ...total, key: '', label: words.total });

/** A row as a bar of the seats taken and those left. */
export function fillBar(row: FillRow, name: string, axis?: string): Bar {
  return {
    key: row.key,
    name,
    axis,
    values: [row.taken, row.offered - row.taken],
    words: words.fill.bar(name, row.taken, row.offered, share(row.fill)),
    end: share(row.fill),
  };
}
