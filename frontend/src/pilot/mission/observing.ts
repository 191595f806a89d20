// What is typed about an observed figure, before it is one.
import type { Wrongs } from '../forms/attempt.svelte';
import { placedAt } from '../money/place';
import { day } from './days';
import { figureWrong } from './draft';
import { figureOf, typedIn } from './figure';
import type { Evidence, Objective, ObjectiveYear } from './kinds';
import { words } from './words';

const t = words.observe.wrong;

type NewObservation = import('../../api/schema').components['schemas']['NewObservation'];

export interface Seen {
  year: number;
  /** Takes what the record says, instead of a figure typed. */
  computed: boolean;
  on: string;
  figure: string;
  source: string;
  comment: string;
  evidence: Evidence[];
}

export type SeenSlot = 'year' | 'on' | 'figure' | 'source' | 'comment' | 'evidence';

export const seenPlace = placedAt<SeenSlot>(['year', 'on', 'figure', 'source', 'comment', 'evidence']);

/** The years a figure may still be entered for: begun, and not frozen. All of them without a contract. */
export const openYears = ({ years }: Pick<Objective, 'years'>, today: string): ObjectiveYear[] =>
  years.filter(({ from, frozen }) => !frozen && (from === undefined || from <= today));

/** What is wrong with the answers, by field. */
export function wrongSeen(seen: Seen, objective: Objective, today: string): Wrongs<SeenSlot> {
  const wrongs: Wrongs<SeenSlot> = {};
  if (seen.comment.trim().length > 1000) wrongs.comment = t.comment;
  if (seen.computed) return wrongs;
  const { from } = objective.years[seen.year - 1]!;
  if (!/^\d{4}-\d\d-\d\d$/.test(seen.on)) wrongs.on = t.on;
  else if (seen.on > today) wrongs.on = t.future;
  else if (from && seen.on < from) wrongs.on = t.before(day(from));
  const figure = figureWrong(seen.figure, objective.unit);
  if (figure) wrongs.figure = figure;
  if (seen.source.trim().length < 3) wrongs.source = t.source;
  return wrongs;
}

/** The observation to send, of answers without anything wrong. */
export function seenBody(seen: Seen, objective: Objective, today: string): NewObservation {
  const year = objective.years[seen.year - 1]!;
  const common = {
    year: seen.year,
    evidence: seen.evidence.map(({ hash }) => hash),
    comment: seen.comment.trim() || undefined,
  };
  // The service says itself until when it measured, and names itself as the source.
  if (seen.computed)
    return {
      ...common,
      computed: true,
      on: year.measuredTo ?? today,
      source: words.observe.computedSource,
    };
  return {
    ...common,
    on: seen.on,
    figure: figureOf(typedIn(seen.figure, objective.unit)!),
    source: seen.source.trim(),
  };
}
