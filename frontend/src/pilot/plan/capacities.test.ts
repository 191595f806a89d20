import { expect, it } from 'vitest';
import type { Practitioner } from '../../api/types';
import { sheetOf } from '../sheet';
import {
  columnsOf,
  filtered,
  quarterInWords,
  roomsOf,
  sitesOf,
  sumOf,
  wishesOf,
  type Filter,
} from './capacities';
import type { Capacity } from './kinds';

const gp = (id: string, name: string, commune: string): Practitioner => ({
  id,
  name,
  locations: [
    { id: `${id}-1`, name: 'Cabinet', commune, communeName: `Ville ${commune}`, approximate: false },
  ],
});
const capacity = (practitioner: string, change: Partial<Capacity> = {}): Capacity => ({
  territory: 't1',
  practitioner,
  quarter: '2026-Q4',
  current: true,
  places: 6,
  pending: 1,
  taken: 2,
  left: 3,
  criteria: [],
  communes: [],
  homeVisits: false,
  paused: false,
  declaredAt: '2026-11-02T09:00:00Z',
  ...change,
});
const ground = { commune: (insee: string) => `Ville ${insee}` };

const people = [
  gp('full', 'Dr Zoé Arnaud', '77445'),
  gp('open', 'Dr Ada Bernard', '77445'),
  gp('old', 'Dr Léo Caron', '77067'),
  gp('paused', 'Dr Ida Denis', '77067'),
  gp('never', 'Dr Max Évrard', '77122'),
];
const rooms = roomsOf(people, [
  capacity('open'),
  capacity('full', { left: 0, taken: 5 }),
  capacity('old', { current: false, quarter: '2026-Q3', left: 0, pending: 0, taken: 0 }),
  capacity('paused', { paused: true }),
]);
const filter = (change: Partial<Filter>): Filter => ({ which: 'all', commune: '', typed: '', ...change });
const ids = (change: Partial<Filter>) => filtered(rooms, filter(change)).map(({ id }) => id);

it('lists every GP by family name, and how they stand', () =>
  expect(rooms.map(({ id, state }) => [id, state])).toEqual([
    ['full', 'full'],
    ['open', 'open'],
    ['old', 'confirm'],
    ['paused', 'paused'],
    ['never', 'never'],
  ]));

it.each([
  [{}, ['full', 'open', 'old', 'paused', 'never']],
  [{ which: 'left' as const }, ['open']],
  [{ which: 'confirm' as const }, ['old', 'never']],
  [{ commune: '77067' }, ['old', 'paused']],
  [{ typed: 'evrard' }, ['never']],
  [{ typed: '77445 ADA' }, ['open']],
])('filters by %o', (change, want) => expect(ids(change)).toEqual(want));

it('offers the communes where someone receives, each once', () =>
  expect(sitesOf(rooms).map(({ insee }) => insee)).toEqual(['77067', '77122', '77445']));

it('adds up what holds this quarter: old places count as none, paused ones are not left', () =>
  expect(sumOf(rooms)).toEqual({ places: 18, pending: 3, taken: 9, left: 3, confirm: 2 }));

it('names a quarter', () => {
  expect(quarterInWords('2026-Q4')).toBe('4e trimestre 2026');
  expect(quarterInWords('2027-Q1')).toBe('1er trimestre 2027');
});

it.each([
  [{}, 'tous les patients ; pas de visite à domicile'],
  [{ homeVisits: true }, 'tous les patients ; visite à domicile'],
  [
    { criteria: ['ald', 'c2s'] as Capacity['criteria'], communes: ['77067'] },
    'seulement ALD, C2S ou AME ; seulement de Ville 77067 ; pas de visite à domicile',
  ],
])('says wishes: %o', (change, want) =>
  expect(wishesOf(capacity('a', change), ground).replace(/\u202f/g, ' ')).toBe(want),
);

it('writes a file with those who never declared', () => {
  const [head, ...lines] = sheetOf(columnsOf(ground, 'Europe/Paris'), rooms, false).trimEnd().split('\r\n');
  expect(head).toBe(
    '\ufeffMédecin;Communes d’exercice;Places;Propositions en attente de réponse;Patients pris ce trimestre;Restent;Souhaits;État;Déclaré le',
  );
  expect(lines[2]).toContain('Dr Léo Caron;Ville 77067;0;0;0;0;');
  expect(lines[4]).toBe('Dr Max Évrard;Ville 77122;;;;;;jamais déclaré;');
});
