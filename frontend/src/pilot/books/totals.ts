import { moneyColumn } from '../money/column';
import { add, centsOf, type Cents } from '../money/money';
import type { Column } from '../sheet';
import { addDays } from '../../ui/time';
import type { AccountTotal, Entry, FiscalYear } from './kinds';
import { words } from './words';

const t = words.totals;

/** The side that a balance is on. */
export function sideOf(balance: Cents): 'debit' | 'credit' | 'none' {
  if (balance === 0) return 'none';
  return balance > 0 ? 'debit' : 'credit';
}

/** Debits less credits of an account. */
export const balanceOf = ({ balance }: Pick<AccountTotal, 'balance'>): Cents => centsOf(balance);

/** The columns of the balances: the side is a word, so that the balance needs no sign. */
export const columns: Column<AccountTotal>[] = [
  { name: t.account, cell: ({ account }) => account },
  { name: t.name, cell: ({ name }) => name },
  moneyColumn(t.debit, ({ debit }) => centsOf(debit)),
  moneyColumn(t.credit, ({ credit }) => centsOf(credit)),
  moneyColumn(t.balance, (row) => Math.abs(balanceOf(row))),
  { name: t.side, cell: (row) => t.sides[sideOf(balanceOf(row))] },
];

/** What all accounts add up to. */
export const sumOf = (items: AccountTotal[]) => ({
  debit: add(...items.map(({ debit }) => centsOf(debit))),
  credit: add(...items.map(({ credit }) => centsOf(credit))),
});

/** The journal that a year is opened in, as configs/funding has it. */
export const openingJournal = 'AN';

/** The fiscal year that ended when another one began. */
export const yearBefore = (year: FiscalYear, years: FiscalYear[]): FiscalYear | undefined =>
  years.find(({ last }) => addDays(last, 1) === year.first);

/** Whether the balances of the year before are in: an entry of the journal of openings stands. */
export const isOpened = (entries: Pick<Entry, 'reverses' | 'reversedBy'>[]) =>
  entries.some(({ reverses, reversedBy }) => !reverses && !reversedBy);
