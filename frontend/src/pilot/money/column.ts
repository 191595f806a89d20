import type { Column } from '../sheet';
import { words } from '../words';
import { euros, inFile, type Cents } from './money';

/** A column of amounts: "1 234,50 €" on the page, "1234,50" in the file. */
export function moneyColumn<R>(
  name: string,
  cents: (row: R) => Cents | null,
  more: Pick<Column<R>, 'strong'> = {},
): Column<R> {
  return {
    name,
    figures: true,
    cell: (row) => {
      const amount = cents(row);
      return amount === null ? null : inFile(amount);
    },
    shown: (row) => {
      const amount = cents(row);
      return amount === null ? words.none : euros(amount);
    },
    ...more,
  };
}
