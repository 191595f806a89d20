// Two requests side by side, for who decides whether they are of the same patient.
import { pairs } from '../../ui/phone-number';
import { withSpaces } from '../../ui/spaces';
import { communeOf } from './communes';
import type { MTRequest, MTState } from './kinds';
import { bornOf, criteriaOf, dateOf, nameOf } from './tell';
import { words } from './words';

export interface Line {
  label: string;
  one: string;
  other: string;
  same: boolean;
}

// How far a request has come; of duplicates, the furthest is the one to keep.
const order: MTState[] = ['closed', 'received', 'qualified', 'waiting', 'proposed', 'accepted', 'attached'];
const far = ({ state }: Standing) => order.indexOf(state === 'waiting' ? 'qualified' : state);

type Standing = Pick<MTRequest, 'state' | 'since' | 'receivedAt'>;

/** Whether a request should stay rather than the other: the further advanced, and the older of equals. */
export function precedes(one: Standing, other: Standing): boolean {
  if (far(one) !== far(other)) return far(one) > far(other);
  if (one.since !== other.since) return one.since < other.since;
  return Date.parse(one.receivedAt) <= Date.parse(other.receivedAt);
}

const labels = withSpaces({ since: 'Demande du', origin: 'Origine', state: 'État' });

/** What both say, line by line; a line that neither has is left out. */
export function compared(one: MTRequest, other: MTRequest): Line[] {
  const t = words.dossier;
  const facts: [string, (of: MTRequest) => string][] = [
    [t.name, nameOf],
    [t.born, bornOf],
    [t.phone, ({ patient }) => (patient?.phone ? pairs(patient.phone) : '')],
    [t.commune, communeOf],
    [t.address, ({ patient }) => patient?.address ?? ''],
    [t.criteria, (of) => criteriaOf(of).join(', ')],
    [t.disease, ({ chronicDisease }) => chronicDisease ?? ''],
    [t.medication, ({ medication }) => medication ?? ''],
    [t.reporter, ({ reporter }) => reporter ?? ''],
    [labels.origin, ({ origin }) => words.origins[origin]],
    [labels.since, ({ since }) => dateOf(since)],
    [labels.state, ({ state }) => words.states[state]],
  ];
  return facts
    .map(([label, fact]) => ({ label, one: fact(one), other: fact(other), same: fact(one) === fact(other) }))
    .filter(({ one, other }) => one || other);
}
