// What a plan says of a line, in words.
import { locale } from '../../ui/messages';
import type { Criterion, Hurdle, Proposal, Summary, Unserved } from './kinds';
import { words } from './words';

const tenths = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

type Way = Pick<Proposal, 'metres' | 'unlocated'>;

/** "à 4,2 km": how far a GP receives from the patient's commune, as the crow flies. */
export function distance({ metres, unlocated }: Way): string {
  if (unlocated) return words.far.unknown;
  if (metres === 0) return words.far.same;
  return metres < 1000 ? words.far.near : words.far.km(tenths.format(metres / 1000));
}

/** Why this GP: how far, and whether they know the patient or others nearer are full. */
export function whyThis(line: Way & Pick<Proposal, 'known' | 'nearerFull'>): string {
  const said = [distance(line)];
  if (line.known) said.push(words.line.known);
  if (line.nearerFull > 0) said.push(words.line.nearer(line.nearerFull));
  else if (!line.known && !line.unlocated) said.push(words.line.best);
  return said.join(', ');
}

/** Why no GP: how many meet each hurdle, the most frequent first; the rule proposes them up to maxKm. */
export function whyNone({ hurdles }: Pick<Unserved, 'hurdles'>, maxKm: number): string {
  if (hurdles.length === 0) return words.unserved.nobody;
  return words.unserved.none(
    hurdles.map(({ hurdle, gps }) => words.unserved.hurdles[hurdle](gps, tenths.format(maxKm))),
  );
}

/** The criteria in words, with a home visit; those that made the tier come first. */
export function needs({
  criteria,
  because,
  homeVisits,
}: Pick<Summary, 'criteria' | 'because' | 'homeVisits'>) {
  const ordered: Criterion[] = [...because, ...criteria.filter((one) => !because.includes(one))];
  const said = ordered.map((one) => words.criteria[one]);
  return homeVisits ? [...said, words.line.visits] : said;
}

/** "82 ans" */
export const ageOf = ({ age }: Pick<Summary, 'age'>) =>
  age === undefined ? words.line.noAge : words.line.age(age);

/** Whether a hurdle forbids an offer; the others only warn. */
export const forbids = (hurdle: Hurdle | undefined) =>
  hurdle === 'full' || hurdle === 'paused' || hurdle === 'refused';
