import type { Contract, ScheduleLine } from '../money/kinds';
import { centsOf, type Cents } from '../money/money';
import { cellOf } from './draft';

/** What a line gives a year at most under a contract; undefined when neither the contract nor its schedule says. */
export function amountOf(
  contract: Pick<Contract, 'amounts' | 'taille'>,
  line: ScheduleLine,
): Cents | undefined {
  const own = contract.amounts?.find(({ code }) => code === line.code);
  return own ? centsOf(own.amount) : cellOf(line, contract.taille);
}
