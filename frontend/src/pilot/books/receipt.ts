// What is asked of money that came, whether one sum or several.
import { yearOf } from './draft';
import { expectedWords } from './expectedwords.fr';
import type { FiscalYear } from './kinds';

export type ReceiptSlot = 'amount' | 'on' | 'piece' | 'label';
export type ReceiptWrongs = Partial<Record<ReceiptSlot, string>>;

/** What is wrong with the day and the piece of a receipt. */
export function wrongsOf(receipt: { on: string; piece: string }, years: FiscalYear[]): ReceiptWrongs {
  const t = expectedWords.wrong;
  const wrongs: ReceiptWrongs = {};
  const year = yearOf(years, receipt.on);
  if (!receipt.on) wrongs.on = t.on;
  else if (!year || year.closedAt) wrongs.on = t.noYear;
  if (!receipt.piece.trim()) wrongs.piece = t.piece;
  return wrongs;
}
