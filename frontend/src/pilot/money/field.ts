// What was typed in a field of money, with its words when it is wrong.
import { briefly, readTyped, type Cents } from './money';
import { words } from './words.fr';

interface Limits {
  /** An empty field is no amount, and no mistake. */
  optional?: boolean;
  /** Zero is an amount too. */
  zero?: boolean;
  most?: Cents;
}

/** The amount in a field, or what to say about it; neither when it is empty and may be. */
export function amountIn(typed: string, limits: Limits = {}): { cents?: Cents; wrong?: string } {
  const read = readTyped(typed);
  if ('wrong' in read)
    return read.wrong === 'missing' && limits.optional ? {} : { wrong: words.wrong[read.wrong] };
  if (read.cents === 0 && !limits.zero) return { wrong: words.positive };
  if (limits.most !== undefined && read.cents > limits.most)
    return { wrong: words.tooMuch(briefly(limits.most)) };
  return read;
}
