import { rowName, share } from './figures';
import { mondayOfWeek } from './period';
import type { FillGrouping, FillReport, FillRow } from './reports';
import type { Column } from './sheet';
import type { Bar } from './bars';
import { words } from './words';

const t = words.columns;

const delay: Column<FillRow> = {
  name: t.medianDelay,
  cell: (row) => row.medianDelayMinutes,
  shown: (row) => (row.medianDelayMinutes === null ? words.none : words.minutes(row.medianDelayMinutes)),
};

/** The columns of a fill report, the row's name first. What is on the page depends on what is asked. */
export function fillColumns(by: FillGrouping, onPage: (keyof FillRow)[]): Column<FillRow>[] {
  const rest: (Column<FillRow> & { field: keyof FillRow })[] = [
    { field: 'offered', name: t.offered, cell: (row) => row.offered },
    { field: 'taken', name: t.taken, cell: (row) => row.taken },
    { field: 'fill', name: t.fill, cell: (row) => row.fill, shown: (row) => share(row.fill), strong: true },
    { field: 'lapsed', name: t.lapsed, cell: (row) => row.lapsed },
    { field: 'withdrawn', name: t.withdrawn, cell: (row) => row.withdrawn },
    { field: 'heldThenLost', name: t.heldThenLost, cell: (row) => row.heldThenLost },
    { field: 'withMT', name: t.withMT, cell: (row) => row.withMT },
    { field: 'withoutMT', name: t.withoutMT, cell: (row) => row.withoutMT },
    { field: 'unknownMT', name: t.unknownMT, cell: (row) => row.unknownMT },
    { ...delay, field: 'medianDelayMinutes' },
    {
      field: 'within24h',
      name: t.within24h,
      cell: (row) => row.within24h,
      shown: (row) => share(row.within24h),
    },
    { field: 'honoured', name: t.honoured, cell: (row) => row.honoured },
    { field: 'noShow', name: t.noShow, cell: (row) => row.noShow },
    { field: 'cancelledByPatient', name: t.cancelledByPatient, cell: (row) => row.cancelledByPatient },
    { field: 'cancelledByRegulator', name: t.cancelledByRegulator, cell: (row) => row.cancelledByRegulator },
    {
      field: 'cancelledByPractitioner',
      name: t.cancelledByPractitioner,
      cell: (row) => row.cancelledByPractitioner,
    },
    { field: 'casesWithoutSolution', name: t.casesWithoutSolution, cell: (row) => row.casesWithoutSolution },
    { field: 'practitioners', name: t.practitioners, cell: (row) => row.practitioners },
    { field: 'hoursOpened', name: t.hoursOpened, cell: (row) => row.hoursOpened },
    { field: 'snpActs', name: t.snpActs, cell: (row) => row.snpActs },
    { field: 'extra', name: t.extra, cell: (row) => row.extra },
  ];
  return [
    { name: words.by[by], cell: (row) => filed(row, by), shown: (row) => rowName(row, by) },
    ...rest.map(({ field, ...column }) => ({ ...column, fileOnly: !onPage.includes(field) })),
  ];
}

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
