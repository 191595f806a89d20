// What the calendar of a contract says today: the state of each payment, deadlines before they are late,
// sums by contract year.
import { add, centsOf, subtract, type Cents } from '../money/money';
import { daysBetween } from '../money/days';
import type { Deadline, Payment } from '../money/kinds';
import { words } from './words.fr';

export type PaymentState = keyof typeof words.states;

/** One sign a state, so that it is told without colour. */
export const glyphs: Record<PaymentState, string> = {
  later: '○',
  unknown: '?',
  missing: '€',
  waiting: '!',
  partly: '◐',
  came: '●',
  void: '✕',
};

const decides = (kind: Payment['kind']) => kind === 'variable' || kind === 'part';

/** Where a payment stands; what has no maximum is an amount that the contract has to say. */
export function stateOf({ state, kind, most }: Pick<Payment, 'state' | 'kind' | 'most'>): PaymentState {
  return state === 'unknown' && (!decides(kind) || most === undefined) ? 'missing' : state;
}

/** What is told of a payment's name: "Accès aux soins, solde". */
export const nameOf = ({ label, kind }: Pick<Payment, 'label' | 'kind'>) => `${label}, ${words.kinds[kind]}`;

export const centsOrNone = (wire: string | undefined): Cents | null =>
  wire === undefined ? null : centsOf(wire);

/** What may still come of a payment; null when its amount is not known. */
export function leftOf({ amount, received, state }: Payment): Cents | null {
  if (state === 'void' || state === 'came') return 0;
  return amount === undefined ? null : subtract(centsOf(amount), centsOf(received));
}

/** Whether money can be noted as received for it. */
export const canCome = (payment: Payment) => payment.expectation !== undefined && (leftOf(payment) ?? 0) > 0;

/** Whether the dialogue can still say its amount. */
export const canBeDecided = (payment: Payment) =>
  decides(payment.kind) &&
  payment.most !== undefined &&
  payment.state !== 'void' &&
  centsOf(payment.received) === 0;

/** What came of some payments beyond their amount: to be given back, or taken off the next. */
export const overpaidOf = (payments: Pick<Payment, 'overpaid'>[]): Cents =>
  add(...payments.map(({ overpaid }) => centsOf(overpaid ?? '0.00')));

/** Whether a payment came that the contract has no more, since it was corrected. */
export const isNoMorePaid = ({ amount, overpaid, decided }: Payment) =>
  overpaid !== undefined && !decided && amount !== undefined && centsOf(amount) === 0;

// How long before its day a payment is shown among those to deal with.
const soonDays = 90;

/** Whether somebody has to do something about a payment now, or within three months. */
export function asks(payment: Payment, today: string): boolean {
  if (payment.state === 'came' || payment.state === 'void') return false;
  return daysBetween(today, payment.on) <= soonDays;
}

export interface YearSum {
  year: number;
  from: string;
  to: string;
  payments: Payment[];
  amount: Cents;
  received: Cents;
  left: Cents;
  /** What came beyond what is paid. */
  overpaid: Cents;
  /** Payments whose amount is not known yet. */
  unknown: number;
}

/** The payments of each contract year, with what they add up to; what will not come does not count. */
export function byYear(payments: Payment[], signed: string): YearSum[] {
  const years = [...new Set(payments.map(({ year }) => year))].sort((a, b) => a - b);
  return years.map((year) => {
    const some = payments.filter((one) => one.year === year);
    const known = some.filter((one) => one.amount !== undefined);
    return {
      year,
      from: yearsAfter(signed, year - 1),
      to: dayBefore(yearsAfter(signed, year)),
      payments: some,
      amount: add(...known.map((one) => centsOf(one.state === 'void' ? one.received : one.amount!))),
      received: add(...some.map((one) => centsOf(one.received))),
      left: add(...some.map((one) => leftOf(one) ?? 0)),
      overpaid: overpaidOf(some),
      unknown: some.filter((one) => leftOf(one) === null).length,
    };
  });
}

/** The same day n years later; a 29 February has the 28th where there is none. */
export function yearsAfter(day: string, n: number): string {
  const year = Number(day.slice(0, 4)) + n;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const rest = day.slice(5) === '02-29' && !leap ? '02-28' : day.slice(5);
  return `${String(year).padStart(4, '0')}-${rest}`;
}

function dayBefore(day: string): string {
  const at = new Date(`${day}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return at.toISOString().slice(0, 10);
}

export type DeadlineState = keyof typeof words.deadlines.states;
export interface DeadlineSeen extends Deadline {
  state: DeadlineState;
  /** Days until it, below zero since it. */
  days: number;
}

export const deadlineGlyphs: Record<DeadlineState, string> = {
  late: '✕',
  soon: '!',
  ahead: '○',
  done: '●',
  deployed: '●',
};

const soonDeadline = 90;

/** The deadlines with how near they are: those that are late, then those that soon would be, first. */
export function deadlinesSeen(deadlines: Deadline[], today: string): DeadlineSeen[] {
  const order: DeadlineState[] = ['late', 'soon', 'ahead', 'done', 'deployed'];
  return deadlines
    .map((one) => {
      const days = daysBetween(today, one.by);
      return { ...one, days, state: deadlineState(one, days) };
    })
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.days - b.days);
}

function deadlineState({ full, started, deployed }: Deadline, days: number): DeadlineState {
  if (full && deployed !== undefined) return 'deployed';
  if (!full && started !== undefined) return 'done';
  if (days < 0) return 'late';
  return days <= soonDeadline ? 'soon' : 'ahead';
}
