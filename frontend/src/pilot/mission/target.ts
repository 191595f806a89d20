// What targets come to, year by year: the same rule as the service's (internal/indicator/objective.go),
// so that whoever types a percentage sees at once the figure they sign for.
import { said, thousandths } from './figure';
import type { ObjectiveTarget, Unit } from './kinds';
import { words } from './words';

const t = words.target;

/** A fraction of whole numbers, its lower part above 0. */
type Exact = readonly [bigint, bigint];

const changed = ([up, low]: Exact, by: number): Exact => [up * BigInt(100_000 + by), low * 100_000n];

/** Rounded to what the unit shows (whole, or a tenth of a per cent), halves away from zero. */
function rounded([up, low]: Exact, unit: Unit): number {
  const step = unit === 'percent' ? 100n : 1000n;
  const size = up < 0n ? -up : up;
  const steps = (2n * size + low * step) / (2n * low * step);
  return Number((up < 0n ? -steps : steps) * step);
}

/**
 * The targets as figures, in thousandths; undefined in a year without one. A change from year to year is
 * compounded exactly and rounded once, over years without a target from the last one before.
 */
export function pathOf(baseline: number, targets: ObjectiveTarget[], unit: Unit): (number | undefined)[] {
  const base: Exact = [BigInt(baseline), 1n];
  let previous = base;
  return targets.map(({ kind, value }) => {
    if (kind === 'none' || value === undefined) return undefined;
    const figure = thousandths(value);
    if (kind === 'absolute') previous = [BigInt(figure), 1n];
    else previous = changed(kind === 'of_baseline' ? base : previous, figure);
    return rounded(previous, unit);
  });
}

/** "10 % de moins que le départ", "5 % de plus que l’année d’avant", "4 500": a target as the contract has it. */
export function decided({ kind, value }: ObjectiveTarget, unit: Unit): string {
  if (kind === 'none' || value === undefined) return words.none;
  const figure = thousandths(value);
  if (kind === 'absolute') return said(figure, unit);
  if (figure === 0) return kind === 'of_baseline' ? t.asBaseline : t.asPrevious;
  const change = said(Math.abs(figure), 'percent');
  const moved = figure > 0 ? t.more(change) : t.less(change);
  return kind === 'of_baseline' ? t.ofBaseline(moved) : t.ofPrevious(moved);
}
