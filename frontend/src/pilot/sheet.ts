// The figures as a file that a French Excel opens in columns: semicolons, decimal commas, and a byte
// order mark for the accents. The service's own text/csv stays RFC 4180, for machines.
import type { FillReport, FillRow } from '../api/types';
import { rowName } from './figures';
import { words } from './words.fr';

type Cell = string | number | null;

const columns: [keyof typeof words.sheet, (row: FillRow) => Cell][] = [
  ['offered', (row) => row.offered],
  ['taken', (row) => row.taken],
  ['fill', (row) => row.fill],
  ['lapsed', (row) => row.lapsed],
  ['withdrawn', (row) => row.withdrawn],
  ['heldThenLost', (row) => row.heldThenLost],
  ['cancelledByPatient', (row) => row.cancelledByPatient],
  ['cancelledByRegulator', (row) => row.cancelledByRegulator],
  ['cancelledByPractitioner', (row) => row.cancelledByPractitioner],
  ['honoured', (row) => row.honoured],
  ['noShow', (row) => row.noShow],
  ['withMT', (row) => row.withMT],
  ['withoutMT', (row) => row.withoutMT],
  ['unknownMT', (row) => row.unknownMT],
  ['medianDelayMinutes', (row) => row.medianDelayMinutes],
  ['within24h', (row) => row.within24h],
  ['casesWithoutSolution', (row) => row.casesWithoutSolution],
  ['practitioners', (row) => row.practitioners],
  ['hoursOpened', (row) => row.hoursOpened],
  ['snpActs', (row) => row.snpActs],
  ['extra', (row) => row.extra],
];

/** The report, one row a line and the total last, the name of the row first. */
export function sheetOf(report: FillReport): string {
  const total = report.simulated ? `${words.table.total} (${words.table.simulated})` : words.table.total;
  const lines: Cell[][] = [
    [words.by.names[report.by], ...columns.map(([name]) => words.sheet[name])],
    ...report.rows.map((row) => [nameOf(row, report), ...columns.map(([, read]) => read(row))]),
    [total, ...columns.map(([, read]) => read(report.total))],
  ];
  return `\ufeff${lines.map((cells) => cells.map(written).join(';')).join('\r\n')}\r\n`;
}

/** "remplissage-par-jour-2026-09-22-au-2026-11-21.csv" */
export function sheetName({ by, from, to }: Pick<FillReport, 'by' | 'from' | 'to'>): string {
  return `remplissage-${words.by.files[by]}-${from}-au-${to}.csv`;
}

// A day is written as a date, which a spreadsheet can sort.
const nameOf = (row: FillRow, { by }: FillReport) => (by === 'day' ? row.key : rowName(row, by));

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(Math.round(cell * 10_000) / 10_000).replace('.', ',');
  // A name that a spreadsheet would compute is kept a name.
  const text = /^[=+\-@]/.test(cell) ? `'${cell}` : cell;
  return /[;"\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
