// Envelopes as bars: what was spent of what came, and how much a year brings at most.
import { moneyColumn } from '../money/column';
import type { Envelope } from '../money/kinds';
import { add, briefly, centsOf, subtract, type Cents } from '../money/money';
import type { Column } from '../sheet';
import { words } from './words.fr';

const t = words.envelopes;

export interface Row {
  code: string;
  label: string;
  /** The label of the mission that a part belongs to. */
  mission: string;
  earmarked: boolean;
  yearly: Cents | null;
  received: Cents;
  spent: Cents;
  left: Cents;
}

/** The envelopes in cents, parts with the name of their mission. */
export function rowsOf(envelopes: Envelope[]): Row[] {
  const labels = new Map(envelopes.map(({ code, label }) => [code, label]));
  return envelopes.map(({ code, label, mission, earmarked, yearly, received, spent, left }) => ({
    code,
    label,
    mission: (mission && labels.get(mission)) ?? '',
    earmarked,
    yearly: yearly === undefined ? null : centsOf(yearly),
    received: centsOf(received),
    spent: centsOf(spent),
    left: centsOf(left),
  }));
}

/** All of them together. */
export const totalOf = (rows: Row[]): Row => ({
  code: '',
  label: '',
  mission: '',
  earmarked: false,
  yearly: add(...rows.map(({ yearly }) => yearly ?? 0)),
  received: add(...rows.map(({ received }) => received)),
  spent: add(...rows.map(({ spent }) => spent)),
  left: add(...rows.map(({ left }) => left)),
});

export interface Lengths {
  /** Parts of the longest bar, 0 to 1. */
  spent: number;
  left: number;
  over: number;
  yearly?: number;
}

/** How long the parts of a bar are: spent of what came, what is left of it, and what was spent beyond. */
export function lengthsOf({ received, spent, yearly }: Row, longest: Cents): Lengths {
  const of = (cents: Cents) => Math.max(0, cents) / longest;
  const beyond = subtract(spent, received);
  return {
    spent: of(Math.min(spent, Math.max(0, received))),
    left: of(-Math.min(0, beyond)),
    over: of(beyond),
    yearly: yearly === null ? undefined : of(yearly),
  };
}

/** What the longest bar stands for. */
export const longestOf = (rows: Row[]): Cents =>
  Math.max(1, ...rows.flatMap(({ received, spent, yearly }) => [received, spent, yearly ?? 0]));

/** What a bar says when it is pointed at. */
export const saidOf = ({ label, received, spent, left }: Row) =>
  t.bar(label, briefly(received), briefly(spent), briefly(left));

const c = t.columns;
export const envelopeColumns: Column<Row>[] = [
  { name: c.name, cell: ({ label }) => label },
  { name: c.of, cell: ({ mission }) => mission || null },
  { name: c.earmarked, cell: ({ earmarked }) => (earmarked ? t.yes : t.no) },
  moneyColumn(c.yearly, ({ yearly }) => yearly),
  moneyColumn(c.received, ({ received }) => received),
  moneyColumn(c.spent, ({ spent }) => spent),
  moneyColumn(c.left, ({ left }) => left, { strong: true }),
];
