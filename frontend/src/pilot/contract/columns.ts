import { centsOf } from '../money/money';
import { moneyColumn } from '../money/column';
import { dateOf } from '../money/days';
import type { Payment } from '../money/kinds';
import type { Column } from '../sheet';
import { centsOrNone, glyphs, isNoMorePaid, stateOf, type YearSum } from './calendar';
import { words } from './words.fr';

const c = words.columns;

/** A payment's state, and that the dialogue decided its amount. */
export function saidState(payment: Payment): string {
  return [
    words.states[stateOf(payment)],
    payment.decided ? words.decided : '',
    isNoMorePaid(payment) ? words.payments.noMorePaid : '',
  ]
    .filter(Boolean)
    .join(', ');
}

export const paymentColumns: Column<Payment>[] = [
  { name: c.on, cell: ({ on }) => on, shown: ({ on }) => dateOf(on, true) },
  { name: c.what, cell: ({ label }) => label },
  { name: c.kind, cell: ({ kind }) => words.kinds[kind] },
  { name: c.year, cell: ({ year }) => year },
  { name: c.days, cell: ({ days }) => days },
  { name: c.yearDays, cell: ({ yearDays }) => yearDays },
  moneyColumn(c.amount, ({ amount }) => centsOrNone(amount), { strong: true }),
  moneyColumn(c.most, ({ most }) => centsOrNone(most)),
  moneyColumn(c.estimate, ({ estimate }) => centsOrNone(estimate)),
  moneyColumn(c.received, ({ received }) => centsOf(received)),
  moneyColumn(c.overpaid, ({ overpaid }) => centsOrNone(overpaid)),
  { name: c.state, cell: saidState, shown: (row) => `${glyphs[stateOf(row)]} ${saidState(row)}` },
];

const t = words.payments.totals;

export const yearColumns: Column<YearSum>[] = [
  { name: words.totals.year, cell: ({ year }) => String(year) },
  { name: words.totals.from, cell: ({ from }) => from, shown: ({ from }) => dateOf(from, true) },
  { name: words.totals.to, cell: ({ to }) => to, shown: ({ to }) => dateOf(to, true) },
  moneyColumn(t.amount, ({ amount }) => amount),
  moneyColumn(t.received, ({ received }) => received, { strong: true }),
  moneyColumn(t.left, ({ left }) => left),
  moneyColumn(t.overpaid, ({ overpaid }) => overpaid || null),
  { name: t.toDecide, cell: ({ unknown }) => unknown },
];
