// How expected sums are called, and their columns in a file.
import type { Practitioner } from '../../api/types';
import { moneyColumn } from '../money/column';
import { dateOf } from '../money/days';
import { centsOf } from '../money/money';
import type { Column } from '../sheet';
import { expectedWords as t } from './expectedwords.fr';
import type { Expectation } from './kinds';

const personOf = (one: Expectation, people: Practitioner[]) =>
  one.practitioner ? (people.find(({ id }) => id === one.practitioner)?.name ?? '') : '';

/** How a sum is called: what it is of, for whom, and when. */
export function sumName(one: Expectation, people: Practitioner[]): string {
  const what = one.label ?? t.kindOf[one.kind];
  return [what, personOf(one, people), dateOf(one.on, true)].filter(Boolean).join(', ');
}

/** Why it is due, in words. */
export const becauseOf = ({ because = [] }: Expectation) =>
  because.map((reason) => t.because[reason]).join(', ');

/** Their columns in a file. */
export const columnsOf = (people: Practitioner[]): Column<Expectation>[] => [
  { name: t.list.on, cell: ({ on }) => on },
  { name: t.list.nature, cell: ({ kind }) => t.kindOf[kind] },
  { name: t.list.what, cell: ({ label }) => label ?? '' },
  { name: t.list.who, cell: (one) => personOf(one, people) },
  { name: t.list.why, cell: becauseOf },
  { name: t.list.code, cell: ({ code }) => code ?? '' },
  moneyColumn(t.list.amount, ({ amount }) => centsOf(amount)),
  moneyColumn(t.list.received, ({ received }) => centsOf(received)),
  moneyColumn(t.list.left, ({ left }) => centsOf(left)),
  { name: t.list.state, cell: ({ state }) => t.states[state] },
];
