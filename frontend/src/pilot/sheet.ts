// Rows as a file that a French Excel opens in columns: semicolons, decimal commas, and a byte order mark
// for the accents. The service's own text/csv stays RFC 4180, for machines.
import type { Said } from './reports';
import { words } from './words';

export type Cell = string | number | null;

/** A column of a table and of its file. */
export interface Column<R> {
  name: string;
  /** Its heading in the file, where it says the unit: "Délai médian (min)". */
  inFile?: string;
  /** What the file holds: days as dates, numbers as numbers. */
  cell: (row: R) => Cell;
  /** What the page shows instead, "59 %" for 59,4. */
  shown?: (row: R) => string;
  strong?: boolean;
  /** Its texts are figures ("-1234,50"): they stand under each other, and are written as they are. */
  figures?: boolean;
}

/** The rows, one a line, under the names of the columns. Simulated figures say so on every line. */
export function sheetOf<R>(columns: Column<R>[], rows: R[], simulated: boolean): string {
  const said = simulated ? [words.sheet.simulated] : [];
  const lines: Cell[][] = [
    [...columns.map(({ name, inFile }) => inFile ?? name), ...(simulated ? [words.sheet.data] : [])],
    ...rows.map((row) => [...columns.map(({ cell }) => cell(row)), ...said]),
  ];
  const figures = columns.map((column) => column.figures ?? false);
  const line = (cells: Cell[], head: boolean) =>
    cells.map((cell, i) => written(cell, !head && figures[i])).join(';');
  return `\ufeff${lines.map((cells, i) => line(cells, i === 0)).join('\r\n')}\r\n`;
}

/** "remplissage-par-jour-2026-09-22-au-2026-11-21.csv" */
export const sheetName = (file: string, { from, to }: Said) => `${file}-${from}-au-${to}.csv`;

/** Has the browser save a text as a file. */
export function save(text: string, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function written(cell: Cell, figure = false): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(Math.round(cell * 10_000) / 10_000).replace('.', ',');
  // A name that a spreadsheet would compute is kept a name.
  const text = !(figure && /^-?[\d,]+$/.test(cell)) && /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
  return /[;"\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
