import { add, centsOf, type Cents } from '../money/money';
import type { Entry } from './kinds';

/** What an entry moves: what its lines debit. */
export const amountOf = ({ lines }: Pick<Entry, 'lines'>): Cents =>
  add(...lines.map(({ debit }) => (debit ? centsOf(debit) : 0)));

/** The first letters of a hash, enough to compare two by eye. */
export const shortHash = (hash: string) => hash.slice(0, 12);

/** The day that a reversal is proposed on: today, or the last day of the latest open year before it. */
export function reversalDay(
  today: string,
  years: { first: string; last: string; closedAt?: string }[],
): string {
  const open = years.filter(({ closedAt }) => !closedAt);
  if (open.some(({ first, last }) => first <= today && today <= last)) return today;
  const days = open.map(({ last }) => last).filter((last) => last < today);
  return days.sort().at(-1) ?? today;
}
