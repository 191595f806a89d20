// What happened to a request, as its history tells it.
import { attribution } from '../../ui/attribution.fr';
import { withSpaces } from '../../ui/spaces';
import type { EventKind, MTEvent } from './kinds';
import { dateOf } from './tell';
import { words } from './words';

type Teller = (detail: string, gp: string) => string;

const fixed = withSpaces({
  received: 'Demande reçue',
  changed: 'Demande complétée',
  qualified: 'Qualifiée',
  noted: 'Note',
  absorbed: 'Une autre demande du même patient a été réunie à celle-ci',
  merged: 'Close comme doublon, réunie à une autre demande',
  erased: 'Identité effacée',
});

const isDay = (detail: string) => /^\d{4}-\d\d-\d\d$/.test(detail);
const by = (gp: string) => (gp ? ` par ${gp}` : '');
const to = (gp: string) => (gp ? ` à ${gp}` : '');
const on = (detail: string) => (isDay(detail) ? ` le ${dateOf(detail)}` : '');
const why = (known: Record<string, string>, detail: string) => {
  const said = Object.hasOwn(known, detail) ? known[detail] : '';
  return said ? ` : ${said}` : '';
};
const tier = (detail: string) =>
  /^[1-9]$/.test(detail) ? ` : ${words.tier(Number(detail)).toLowerCase()}` : '';

const tellers: Record<EventKind, Teller> = {
  received: () => fixed.received,
  changed: () => fixed.changed,
  qualified: () => fixed.qualified,
  tier_set: (detail) => (detail === '0' ? 'Priorité rendue à la règle' : `Priorité fixée${tier(detail)}`),
  tier_changed: (detail) => `Priorité changée par la règle${tier(detail)}`,
  noted: () => fixed.noted,
  offered: (_, gp) => `Proposée${to(gp)}`,
  call_asked: (_, gp) => `${gp || words.unknownGP} souhaite en parler`,
  accepted: (_, gp) => `Acceptée${by(gp)}`,
  declined: (detail, gp) => `Refusée${by(gp)}${why(attribution.declines, detail)}`,
  expired: (_, gp) => `Proposition expirée sans réponse${gp && ` de ${gp}`}`,
  offer_withdrawn: (_, gp) => `Proposition${to(gp)} retirée`,
  patient_declined: (_, gp) => `Le patient ne souhaite pas ${gp || 'ce médecin'}`,
  appointment: (detail) => `Premier rendez-vous${on(detail)}`,
  attached: (detail, gp) => `Rattaché${to(gp)}${on(detail)}`,
  closed: (detail) => `Close${why(attribution.closed, detail)}`,
  reopened: () => 'Rouverte',
  merged: () => fixed.merged,
  absorbed: () => fixed.absorbed,
  erased: () => fixed.erased,
};

/** An event in words, given the name of the GP it concerns ("" when none, or not known). */
export const told = ({ kind, detail = '' }: Pick<MTEvent, 'kind' | 'detail'>, gp = ''): string =>
  withSpaces(tellers[kind](detail, gp));
