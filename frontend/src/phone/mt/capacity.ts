// What a doctor said they can take this quarter, and what may be said next.
import type { MTCapacity, MTCriterion } from '../../api/types';

/** What is typed before it is declared. */
export interface Wishes {
  /** NaN while what is typed is no number of places. */
  places: number;
  /** When any, a patient must have one of them. */
  criteria: MTCriterion[];
  /** When any, only their patients (INSEE codes). */
  communes: string[];
  homeVisits: boolean;
}

export const mostPlaces = 200;

// Of those who never said: little, so that nothing is promised by a slip.
const firstPlaces = 2;

/** What stands in the form: what was declared last, this quarter or before. */
export const wishesOf = (declared?: MTCapacity): Wishes => ({
  places: declared?.places ?? firstPlaces,
  criteria: declared?.criteria ?? [],
  communes: declared?.communes ?? [],
  homeVisits: declared?.homeVisits ?? false,
});

const sorted = (list: string[]) => [...list].sort().join();

export const sameWishes = (a: Wishes, b: Wishes) =>
  Object.is(a.places, b.places) &&
  a.homeVisits === b.homeVisits &&
  sorted(a.criteria) === sorted(b.criteria) &&
  sorted(a.communes) === sorted(b.communes);

/** never declared, of a past quarter and to be confirmed, or current. */
export const standingOf = (declared?: MTCapacity): 'never' | 'past' | 'current' =>
  declared ? (declared.current ? 'current' : 'past') : 'never';

/** How many places are given already: fewer cannot be declared. */
export const givenOf = (declared?: Pick<MTCapacity, 'pending' | 'taken'>): number =>
  declared ? declared.pending + declared.taken : 0;

/** The whole number that was typed; NaN when it is none, or too many: nothing else is put in its place. */
export const placesOf = (typed: string): number =>
  /^\s*\d+\s*$/.test(typed) && Number(typed) <= mostPlaces ? Number(typed) : Number.NaN;

/** Whether the page should ask a doctor who took patients before about the new quarter. */
export const mustConfirm = (declared?: MTCapacity): boolean =>
  declared !== undefined && !declared.current && !declared.paused;
