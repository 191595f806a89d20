// An entry as it is typed: its head, its lines, what is missing for its balance.
import { amountIn } from '../money/field';
import { add, euros, readTyped, subtract, wireOf, type Cents } from '../money/money';
import { placedAt } from '../money/place';
import type { Budget, FiscalYear, NewEntry } from './kinds';
import { entryWords as t } from './words.fr';

export interface LineDraft {
  /** Keeps a line apart from the others while lines come and go. */
  key: number;
  account: string;
  /** As typed. */
  debit: string;
  credit: string;
  mission: string;
  envelope: string;
  budget: Budget | '';
  contractYear: number;
  person: string;
  /** What it is about is unfolded. */
  open: boolean;
}

export interface EntryDraft {
  journal: string;
  on: string;
  label: string;
  piece: string;
  pieceOn: string;
  lines: LineDraft[];
}

let keys = 0;

export const blankLine = (): LineDraft => ({
  key: ++keys,
  account: '',
  debit: '',
  credit: '',
  mission: '',
  envelope: '',
  budget: '',
  contractYear: 0,
  person: '',
  open: false,
});

export const blank = (on: string): EntryDraft => ({
  journal: '',
  on,
  label: '',
  piece: '',
  pieceOn: '',
  lines: [blankLine(), blankLine()],
});

/** The fiscal year that holds a day. */
export const yearOf = (years: FiscalYear[], day: string) =>
  years.find(({ first, last }) => first <= day && day <= last);

/** What both sides add up to, and how many amounts cannot be read. */
export interface Balance {
  debit: Cents;
  credit: Cents;
  unread: number;
}

export function balanceOf(lines: Pick<LineDraft, 'debit' | 'credit'>[]): Balance {
  const sum: Balance = { debit: 0, credit: 0, unread: 0 };
  for (const line of lines)
    for (const side of ['debit', 'credit'] as const) {
      if (!line[side].trim()) continue;
      const read = readTyped(line[side]);
      if ('cents' in read) sum[side] = add(sum[side], read.cents);
      else sum.unread++;
    }
  return sum;
}

export const isEven = ({ debit, credit, unread }: Balance) => unread === 0 && debit === credit && debit > 0;

/** "Il manque 12,00 € au crédit." */
export function balanceInWords(balance: Balance): string {
  const { debit, credit, unread } = balance;
  if (unread > 0) return t.balance.unread;
  if (debit === 0 && credit === 0) return t.balance.empty;
  if (debit === credit) return t.balance.even(euros(debit));
  return debit > credit
    ? t.balance.lacksCredit(euros(subtract(debit, credit)))
    : t.balance.lacksDebit(euros(subtract(credit, debit)));
}

export type Slot =
  'journal' | 'on' | 'label' | 'piece' | 'pieceOn' | 'lines' | `${'account' | 'debit' | 'credit'}-${number}`;
export type Wrongs = Partial<Record<Slot, string>>;

/** What is wrong with a draft, by field, in words; the service looks at the rest. */
export function wrongsIn(draft: EntryDraft, years: FiscalYear[]): Wrongs {
  const wrongs: Wrongs = {};
  const year = yearOf(years, draft.on);
  if (!draft.on) wrongs.on = t.wrong.on;
  else if (!year) wrongs.on = t.wrong.noYear;
  else if (year.closedAt) wrongs.on = t.wrong.closed;
  if (!draft.journal) wrongs.journal = t.wrong.journal;
  if (!draft.label.trim()) wrongs.label = t.wrong.label;
  if (!draft.piece.trim()) wrongs.piece = t.wrong.piece;
  for (const line of draft.lines) Object.assign(wrongs, wrongsOf(line, year));
  if (draft.lines.length < 2) wrongs.lines = t.wrong.tooFew;
  else if (!isEven(balanceOf(draft.lines))) wrongs.lines = balanceInWords(balanceOf(draft.lines));
  return wrongs;
}

function wrongsOf(line: LineDraft, year: FiscalYear | undefined): Wrongs {
  const wrongs: Wrongs = {};
  if (!year?.accounts.some(({ number }) => number === line.account))
    wrongs[`account-${line.key}`] = t.wrong.account;
  const sides = (['debit', 'credit'] as const).filter((side) => line[side].trim());
  if (sides.length === 0) wrongs[`debit-${line.key}`] = t.wrong.side;
  if (sides.length === 2) wrongs[`credit-${line.key}`] = t.wrong.both;
  for (const side of sides) {
    const { wrong } = amountIn(line[side]);
    if (wrong) wrongs[`${side}-${line.key}`] ??= wrong;
  }
  return wrongs;
}

/** The entry to send, of a draft with nothing wrong. */
export function entryOf(draft: EntryDraft, territory: string): NewEntry {
  return {
    territory,
    journal: draft.journal,
    on: draft.on,
    label: draft.label.trim(),
    piece: draft.piece.trim(),
    pieceOn: draft.pieceOn || undefined,
    lines: draft.lines.map((line) => ({
      account: line.account,
      debit: amountOf(line.debit),
      credit: amountOf(line.credit),
      mission: line.mission || undefined,
      envelope: line.envelope || undefined,
      budget: line.budget || undefined,
      contractYear: line.contractYear || undefined,
      person: line.person || undefined,
    })),
  };
}

function amountOf(text: string): string | undefined {
  const read = readTyped(text);
  return 'cents' in read ? wireOf(read.cents) : undefined;
}

/** Where the service's refusals belong: it names fields of the whole entry. */
export const placed = placedAt<Slot>(['journal', 'on', 'label', 'piece', 'pieceOn', 'lines']);
