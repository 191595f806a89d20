import type { Objective, ObjectiveTarget, ObjectiveYear } from './kinds';
import { figureOf, thousandths } from './figure';
import { pathOf } from './target';

export const absolute = (...values: string[]): ObjectiveTarget[] =>
  values.map((value) => ({ kind: 'absolute', value }));

/** An objective for tests: Bocage Bressuirais, patients without médecin traitant, its contract from 15 January 2025. */
export function objective(change: Partial<Objective> = {}, years: Partial<ObjectiveYear>[] = []): Objective {
  const made: Objective = {
    id: 'o-1',
    code: 'mt-17',
    label: 'Patients de 17 ans et plus sans médecin traitant',
    mission: 'acces',
    unit: 'count',
    direction: 'down',
    baseline: '5280',
    baseOn: '2019-12-31',
    source: 'Contrat de la CPTS',
    targets: absolute('5000', '4500', '4000', '3500', '2500'),
    weight: 1,
    years: [],
    ...change,
  };
  const path = pathOf(thousandths(made.baseline), made.targets, made.unit);
  made.years = path.map((target, i) => ({
    year: i + 1,
    from: `${2025 + i}-01-15`,
    to: `${2026 + i}-01-14`,
    target: target === undefined ? undefined : figureOf(target),
    ...years[i],
  }));
  return made;
}
