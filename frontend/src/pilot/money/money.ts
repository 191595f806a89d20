// Money is integer cents. It travels as text ("1234.50"), is shown and typed the French way, and is never
// a fraction of anything on the way.

/** An amount of euros in cents: a safe integer, of either sign. */
export type Cents = number;

/** The largest amount that a form takes: a thousand times what any contract pays. */
export const largest: Cents = 99_999_999_999;

const checked = (cents: Cents): Cents => {
  if (!Number.isSafeInteger(cents)) throw new RangeError('amount out of range');
  return cents;
};

/** Reads an amount of the wire; RangeError for what is none, or too large to be counted exactly. */
export function centsOf(wire: string): Cents {
  const found = /^(-?)(0|[1-9]\d*)\.(\d\d)$/.exec(wire);
  if (!found) throw new RangeError(`not an amount: ${wire}`);
  const cents = checked(Number(found[2] + found[3]!));
  return found[1] && cents !== 0 ? -cents : cents;
}

/** The amount as the wire has it: "-1234.50". */
export function wireOf(cents: Cents): string {
  const digits = String(Math.abs(checked(cents))).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export const add = (...amounts: Cents[]): Cents => amounts.reduce((sum, one) => checked(sum + one), 0);
export const subtract = (from: Cents, what: Cents): Cents => checked(from - what);

const space = '\u00a0';
const minus = '\u2212';

function figures(cents: Cents): { sign: string; whole: string; part: string } {
  const digits = String(Math.abs(checked(cents))).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, space);
  return { sign: cents < 0 ? minus : '', whole, part: digits.slice(-2) };
}

/** "−1 234,50 €", with no-break spaces: nothing is rounded away. */
export function euros(cents: Cents): string {
  const { sign, whole, part } = figures(cents);
  return `${sign}${whole},${part}${space}€`;
}

/** "75 000 €" of whole euros, "1 234,50 €" of others: for pictures and sentences. */
export function briefly(cents: Cents): string {
  const { sign, whole, part } = figures(cents);
  return part === '00' ? `${sign}${whole}${space}€` : euros(cents);
}

/** What a field of money is given to start with: "1234,50". */
export const typedOf = (cents: Cents): string => wireOf(cents).replace('.', ',');

/** "1234,50", for a file that a French Excel opens: text, so that no figure passes through a fraction. */
export const inFile = typedOf;

/** Why what was typed is no amount. */
export type NotMoney = 'missing' | 'point' | 'unclear' | 'decimals' | 'negative' | 'tooLarge';

/**
 * Reads what a person typed in French: "1 234,50", "1234,5 €", "1234". Nothing is guessed: a point may mean
 * thousands or cents, so it is refused and said, and so are spaces that do not part thousands.
 */
export function readTyped(text: string): { cents: Cents } | { wrong: NotMoney } {
  const said = text.trim().replace(/\s*(€|euros?)$/i, '');
  if (!said) return { wrong: 'missing' };
  if (/^[-−–]/.test(said)) return { wrong: 'negative' };
  if (said.includes('.')) return { wrong: 'point' };
  if (/,\d{3,}$/.test(said)) return { wrong: 'decimals' };
  // Ordinary spaces, and those a copied amount has.
  const found = /^(\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?:,(\d{1,2}))?$/.exec(said);
  if (!found) return { wrong: 'unclear' };
  const whole = found[1]!.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  if (whole.length > 12) return { wrong: 'tooLarge' };
  const cents = Number(whole + (found[2] ?? '').padEnd(2, '0'));
  return cents > largest ? { wrong: 'tooLarge' } : { cents };
}
