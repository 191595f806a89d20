import type { Component } from 'svelte';
import type { Me, Territory } from '../api/types';
import type { address } from './address.svelte';
import type { Period } from './period';
import type { Section } from './place';

/** What a section that is brought when it is opened is given. It takes what it needs of it. */
export interface Given extends Record<string, unknown> {
  me: Me;
  territory: Territory;
  /** The days chosen, of sections that have a period. */
  period: Period;
  /** The civil day in the territory's zone. */
  today: string;
  bar: ReturnType<typeof address>;
}

type Load = () => Promise<{ default: Component<Given> }>;

/** The sections that only some open: those who do not open them do not wait for them. */
export const lazySections: Partial<Record<Section, Load>> = {
  demandes: () => import('./sections/Needs.svelte'),
  appels: () => import('./sections/Calls.svelte'),
  participation: () => import('./sections/Proof.svelte'),
  membres: () => import('./sections/Members.svelte'),
  'demandes-mt': () => import('./attribution/Requests.svelte'),
  'plan-mt': () => import('./plan/Plan.svelte'),
  'places-mt': () => import('./plan/Capacities.svelte'),
  'suivi-mt': () => import('./sections/FollowUp.svelte'),
  signaler: () => import('./attribution/Reporting.svelte'),
  contrat: () => import('./contract/Contract.svelte'),
  enveloppes: () => import('./budget/Envelopes.svelte'),
  budget: () => import('./budget/Budget.svelte'),
  livre: () => import('./books/Ledger.svelte'),
  attendus: () => import('./books/Expected.svelte'),
  exercices: () => import('./books/Years.svelte'),
  indicateurs: () => import('./mission/Objectives.svelte'),
  dialogue: () => import('./mission/Dialogue.svelte'),
  attestations: () => import('./certificates/Certificates.svelte'),
};
