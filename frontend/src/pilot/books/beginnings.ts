// Helpful beginnings of an entry: they choose a journal and accounts, never an amount.
import { blankLine, type EntryDraft, type LineDraft } from './draft';
import type { FiscalYear } from './kinds';

export const beginnings = ['invoice', 'payroll', 'attendance', 'receipt', 'free'] as const;
export type Beginning = (typeof beginnings)[number];

interface Shape {
  journal: string;
  accounts: string[];
  /** Changes to lines, by place. */
  lines?: Record<number, Partial<LineDraft>>;
}

const shapes: Record<Beginning, Shape> = {
  invoice: { journal: 'AC', accounts: ['6226', '401'] },
  payroll: { journal: 'OD', accounts: ['6411', '645', '421', '431'] },
  attendance: {
    journal: 'OD',
    accounts: ['6226', '467'],
    lines: { 0: { budget: 'operationnel', open: true } },
  },
  receipt: { journal: 'BQ', accounts: ['512', '741'] },
  free: { journal: '', accounts: ['', ''] },
};

/**
 * A draft as it begins: what the chart does not know stays to be chosen. What was typed stays: the head, and
 * the amounts by their place.
 */
export function begin(as: Beginning, chart: FiscalYear | undefined, draft: EntryDraft): EntryDraft {
  const { journal, accounts, lines = {} } = shapes[as];
  const knows = (number: string) => chart?.accounts.some((one) => one.number === number) ?? false;
  const begun = accounts.map((account, i) => ({
    ...(draft.lines[i] ?? blankLine()),
    ...lines[i],
    account: knows(account) ? account : '',
  }));
  const more = draft.lines
    .slice(accounts.length)
    .filter(({ debit, credit }) => debit.trim() || credit.trim());
  return {
    ...draft,
    journal: chart?.journals.some(({ code }) => code === journal) ? journal : '',
    lines: [...begun, ...more],
  };
}
