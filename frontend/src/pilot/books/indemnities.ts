import { moneyColumn } from '../money/column';
import { centsOf } from '../money/money';
import type { Column } from '../sheet';
import { expectedWords } from './expectedwords.fr';
import type { Indemnity } from './kinds';

const t = expectedWords.indemnities;

/** The columns of indemnities; those of the cap only where there is one. */
export function indemnityColumns(cap: string | undefined): Column<Indemnity>[] {
  const columns: Column<Indemnity>[] = [
    { name: t.who, cell: ({ name }) => name ?? t.unnamed },
    moneyColumn(t.paid, ({ paid }) => centsOf(paid), { strong: true }),
  ];
  if (!cap) return columns;
  return [
    ...columns,
    moneyColumn(t.left, ({ left }) => (left ? centsOf(left) : null)),
    { name: t.share, figures: true, cell: ({ paid }) => shareOf(paid, cap) },
  ];
}

// Whole per cent, rounded up so that nobody who got something is at nothing.
const shareOf = (paid: string, cap: string) => `${Math.ceil((centsOf(paid) * 100) / centsOf(cap))}\u00a0%`;
