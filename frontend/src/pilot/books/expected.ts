// Expected money: which part of it is shown, and what it says.
import { add, centsOf, type Cents } from '../money/money';
import type { Asked } from './filter';
import { matching, said, yearIn } from './filter';
import type { Expectation, ExpectationState } from './kinds';

export const kinds = ['all', 'payment', 'majoration'] as const;
export type Kind = (typeof kinds)[number];

export const standings = ['open', 'came', 'ended', 'all'] as const;
export type Standing = (typeof standings)[number];

const statesOf: Record<Standing, ExpectationState[]> = {
  open: ['pending', 'partly'],
  came: ['posted'],
  ended: ['voided', 'withdrawn'],
  all: [],
};

export interface ExpectedPlace {
  view: 'list' | 'indemnities';
  kind: Kind;
  standing: Standing;
  /** "" is every one. */
  practitioner: string;
  /** The calendar year of indemnities; undefined is the present one. */
  year?: number;
}

const kindNames: Record<string, Kind> = { versements: 'payment', majorations: 'majoration' };
const standingNames: Record<string, Standing> = { recues: 'came', 'sans-suite': 'ended', toutes: 'all' };

const nameOf = <V>(names: Record<string, V>, value: V) =>
  Object.keys(names).find((name) => names[name] === value);

/** The place in the expected money that an address names. */
export function readExpected(asked: Asked = {}): ExpectedPlace {
  return {
    view: asked.vue === 'indemnites' ? 'indemnities' : 'list',
    kind: kindNames[asked.nature ?? ''] ?? 'all',
    standing: standingNames[asked.etat ?? ''] ?? 'open',
    practitioner: matching(asked, 'medecin', /^[\w-]{1,64}$/),
    year: yearIn(asked, 'annee'),
  };
}

export const writeExpected = ({ view, kind, standing, practitioner, year }: ExpectedPlace): Asked =>
  said({
    vue: view === 'indemnities' ? 'indemnites' : '',
    nature: nameOf(kindNames, kind),
    etat: nameOf(standingNames, standing),
    medecin: practitioner,
    annee: year?.toString(),
  });

/** The query of the service for what is shown. */
export const queryOf = (territory: string, { kind, standing, practitioner }: ExpectedPlace) => ({
  territory,
  kind: kind === 'all' ? undefined : kind,
  state: statesOf[standing],
  practitioner: practitioner || undefined,
});

/** Whether more may still come. */
export const isOpen = ({ state }: Pick<Expectation, 'state'>) => statesOf.open.includes(state);

/** Whether it should have come by now. */
export const isLate = (one: Pick<Expectation, 'state' | 'on'>, today: string) =>
  isOpen(one) && one.on < today;

/** What is still to come of them. */
export const leftOf = (items: Pick<Expectation, 'left'>[]): Cents =>
  add(...items.map(({ left }) => centsOf(left)));

/** Those chosen that can be received, in the order shown. */
export const chosenOf = (items: Expectation[], chosen: ReadonlySet<string>) =>
  items.filter((one) => chosen.has(one.id) && isOpen(one));
