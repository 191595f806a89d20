// Files that become entries: their columns, a model of each, and what came of them.
import type { Column } from '../sheet';
import { columnsOf } from './columns.fr';
import type { Account, ImportKind, ImportReport, LineProblem } from './kinds';
import { yearWords } from './yearwords.fr';

export const importKinds = ['bank', 'invoices', 'payroll', 'attendance'] as const satisfies ImportKind[];

const quoted = (cell: string) => (/[;"]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);

/** A file of a kind with one line that shows how it is filled, for a French spreadsheet. */
export function modelOf(kind: ImportKind): string {
  const lines = [columnsOf[kind].map(({ name }) => name), columnsOf[kind].map(({ sample }) => sample)];
  return `\ufeff${lines.map((cells) => cells.map(quoted).join(';')).join('\r\n')}\r\n`;
}

/** Where movements are kept until they are understood. */
const suspense = '471';

/** The account proposed for movements that name none: the one in wait, when the chart has it. */
export const proposedCounterpart = (accounts: Account[]): string =>
  accounts.find(({ number }) => number === suspense)?.number ?? '';

const most = 1024 * 1024;

/** What is wrong with a file before it is sent, in words; empty when nothing is. */
export function wrongIn(file: Pick<File, 'size'> | undefined): string {
  const t = yearWords.import;
  if (!file) return t.noFile;
  if (file.size === 0) return t.emptyFile;
  return file.size > most ? t.tooLarge : '';
}

/** How many lines of a file are refused, whatever is wrong with each. */
export const refusedLines = ({ problems }: Pick<ImportReport, 'problems'>) =>
  new Set(problems.map(({ line }) => line)).size;

/** The columns of the report of lines. */
export const problemColumns: Column<LineProblem>[] = [
  { name: yearWords.import.line, cell: ({ line }) => String(line) },
  { name: yearWords.import.column, cell: ({ column }) => column || yearWords.import.whole },
  { name: yearWords.import.problem, cell: ({ message }) => message },
];
