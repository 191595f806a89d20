// The lines of a budget in cents, the two budgets apart, and what a form of a line holds.
import type { Wrongs } from '../forms/attempt.svelte';
import { moneyColumn } from '../money/column';
import { amountIn } from '../money/field';
import type { BudgetLine, BudgetView, NewBudgetLine } from '../money/kinds';
import { add, centsOf, subtract, typedOf, wireOf, type Cents } from '../money/money';
import type { Column } from '../sheet';
import { words } from './words.fr';

export type BudgetKind = BudgetLine['budget'];
export const kinds: BudgetKind[] = ['fonctionnement', 'operationnel'];

export interface Line {
  of: BudgetLine;
  label: string;
  account: string;
  planned: Cents;
  committed: Cents;
  spent: Cents;
  left: Cents;
}

/** The lines of one of the two budgets. */
export const linesOf = ({ lines }: BudgetView, kind: BudgetKind): Line[] =>
  lines
    .filter(({ budget }) => budget === kind)
    .map((of) => ({
      of,
      label: of.label,
      account: of.account,
      planned: centsOf(of.planned),
      committed: centsOf(of.committed),
      spent: centsOf(of.spent),
      left: centsOf(of.left),
    }));

export type Total = Omit<Line, 'of'>;

/** What some lines add up to. */
export const totalOf = (lines: Line[]): Total => ({
  label: '',
  account: '',
  planned: add(...lines.map(({ planned }) => planned)),
  committed: add(...lines.map(({ committed }) => committed)),
  spent: add(...lines.map(({ spent }) => spent)),
  left: add(...lines.map(({ left }) => left)),
});

/** How long the parts of a line's bar are, of the plan or of what went beyond it. */
export function partsOf({ planned, committed, spent }: Total) {
  const used = add(Math.max(0, spent), committed);
  const whole = Math.max(1, planned, used);
  const inPlan = (cents: Cents) => Math.max(0, Math.min(cents, planned));
  const spentIn = inPlan(spent);
  return {
    spent: spentIn / whole,
    committed: (inPlan(used) - spentIn) / whole,
    left: Math.max(0, subtract(planned, used)) / whole,
    over: Math.max(0, subtract(used, planned)) / whole,
  };
}

/** What is spent of what was planned, in whole per cent. */
export const percentOf = ({ planned, spent }: Total): number | undefined =>
  planned > 0 ? Math.round((100 * spent) / planned) : undefined;

type Names = (code: string) => string;

/** The columns of the table and of its file. */
export function columnsOf(nameOf: Names): Column<Line>[] {
  const c = words.budget.columns;
  return [
    { name: c.label, cell: ({ label }) => label },
    { name: c.account, cell: ({ account }) => account },
    { name: c.mission, cell: ({ of }) => (of?.mission ? nameOf(of.mission) : null) },
    { name: c.envelope, cell: ({ of }) => (of?.envelope ? nameOf(of.envelope) : null) },
    moneyColumn(c.planned, ({ planned }) => planned),
    moneyColumn(c.committed, ({ committed }) => committed),
    moneyColumn(c.spent, ({ spent }) => spent),
    moneyColumn(c.left, ({ left }) => left, { strong: true }),
  ];
}

export interface Draft {
  budget: BudgetKind;
  label: string;
  account: string;
  mission: string;
  envelope: string;
  /** As typed. */
  planned: string;
  committed: string;
}
export const slots = ['budget', 'label', 'account', 'mission', 'envelope', 'planned', 'committed'] as const;
export type Slot = (typeof slots)[number];

/** What a form of a line starts with. */
export function draftOf(budget: BudgetKind, line?: BudgetLine): Draft {
  const committed = line ? centsOf(line.committed) : 0;
  return {
    budget: line?.budget ?? budget,
    label: line?.label ?? '',
    account: line?.account ?? '',
    mission: line?.mission ?? '',
    envelope: line?.envelope ?? '',
    planned: line ? typedOf(centsOf(line.planned)) : '',
    committed: committed > 0 ? typedOf(committed) : '',
  };
}

/** What is wrong with a draft, by field; the service looks at the rest. */
export function wrongsIn(draft: Draft): Wrongs<Slot> {
  const w = words.form.wrong;
  const wrongs: Wrongs<Slot> = {};
  if (!draft.label.trim()) wrongs.label = w.label;
  if (!/^6\d{0,11}$/.test(draft.account.trim())) wrongs.account = w.account;
  const planned = amountIn(draft.planned, { zero: true }).wrong;
  if (planned) wrongs.planned = planned;
  const committed = amountIn(draft.committed, { optional: true, zero: true }).wrong;
  if (committed) wrongs.committed = committed;
  return wrongs;
}

/** The line to send, from a draft that is right. */
export const lineOf = (draft: Draft, territory: string, year: number, revision?: number): NewBudgetLine => ({
  territory,
  year,
  revision,
  budget: draft.budget,
  label: draft.label.trim(),
  account: draft.account.trim(),
  mission: draft.mission || undefined,
  envelope: draft.envelope || undefined,
  planned: wireOf(amountIn(draft.planned, { zero: true }).cents!),
  committed: wireOf(amountIn(draft.committed, { optional: true, zero: true }).cents ?? 0),
});
