import { expect, it } from 'vitest';
import { sheetOf } from '../sheet';
import {
  answersOf,
  countedOf,
  delayColumns,
  delaySmalls,
  flowSmalls,
  livelyOf,
  monthName,
  monthsOf,
  offersLead,
  partialNote,
  partialOf,
  tilesOf,
} from './follow';
import type { CommuneRow, Month, Report, Tier } from './kinds';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

const tier = (n: number, change: Partial<Tier> = {}): Tier => ({
  tier: n,
  received: 10,
  attached: 6,
  closed: 1,
  open: 12,
  openProposed: 3,
  openAccepted: 2,
  ...change,
});
const month = (day: string, n: number, change: Partial<Month> = {}): Month => ({
  month: day,
  tier: n,
  received: 0,
  attached: 0,
  closed: 0,
  ...change,
});
const commune = (code: string, waiting: number, left: number): CommuneRow => ({
  commune: code,
  name: `Ville ${code}`,
  waiting,
  gps: 1,
  places: 4,
  left,
});
const report: Report = {
  territory: 't1',
  from: '2026-10-01',
  to: '2026-11-22',
  tiers: [
    tier(2),
    tier(0, { medianDays: 24.5, oldestDays: 91 }),
    tier(1, { medianDays: 18, medianAcceptedDays: 7 }),
  ],
  months: [
    month('2026-11-01', 0, { received: 8, attached: 5, medianDays: 21 }),
    month('2026-11-01', 1, { received: 4, attached: 5, medianDays: 15 }),
    month('2026-10-01', 0, { received: 6, attached: 2 }),
    month('2026-10-01', 1, { received: 3, attached: 1 }),
  ],
  outcomes: [],
  origins: [],
  offers: {
    sent: 9,
    accepted: 5,
    declined: 2,
    expired: 0,
    withdrawn: 1,
    pending: 1,
    calls: 2,
    medianAnswerDays: 3,
  },
  declines: [],
  communes: [commune('a', 0, 2), commune('b', 3, 0), commune('c', 0, 0), commune('d', 3, 4)],
};

it('tells what is open, what was attached, and the median of each tier', () => {
  const tiles = tilesOf(report).map(({ name, value, hints }) => [name, value, ...(hints ?? [])].map(plain));
  expect(tiles).toEqual([
    ['Demandes ouvertes', '12', '3 proposées, 2 acceptées par un médecin', 'la plus ancienne : 91 jours'],
    ['Patients rattachés', '6', '10 demandes reçues sur la période'],
    ['Délai médian, ensemble', '24,5 jours'],
    ['Délai médian, priorité 1', '18 jours', 'acceptation : 7 jours', '12 ouvertes'],
    ['Délai médian, priorité 2', '–', 'moins de 5 rattachés', '12 ouvertes'],
  ]);
});

it('puts the months in order, each with its tiers', () => {
  expect(monthsOf(report).map((row) => [row.month, row.tiers.size])).toEqual([
    ['2026-10-01', 2],
    ['2026-11-01', 2],
  ]);
  expect(monthName('2026-11-01')).toBe('nov. 2026');
});

it('draws the medians of all tiers on one scale, with gaps where few were attached', () => {
  const smalls = delaySmalls(report);
  expect(smalls.map(({ title, values, whole, top }) => [title, values, whole, top])).toEqual([
    ['Ensemble', [null, 21], 24.5, 21],
    ['Priorité 1', [null, 15], 18, 21],
    ['Priorité 2', [null, null], null, 21],
  ]);
});

it('writes the medians to a file, a month a line', () => {
  const lines = sheetOf(delayColumns(report), monthsOf(report), false).trimEnd().split('\r\n');
  expect(lines).toEqual([
    '\ufeffMois du;Ensemble (jours);Priorité 1 (jours);Priorité 2 (jours)',
    '2026-10-01;;;',
    '2026-11-01;21;15;',
  ]);
});

it('draws what came and what was attached on one scale', () =>
  expect(flowSmalls(report).map(({ title, values, whole, top }) => [title, values, whole, top])).toEqual([
    ['Reçues', [6, 8], 10, 8],
    ['Rattachés', [2, 5], 6, 8],
    ['Closes sans rattachement', [0, 0], 1, 8],
  ]));

it('counts what happened, the most frequent first', () => {
  expect(
    countedOf([
      ['b', 1],
      ['c', 0],
      ['a', 1],
      ['d', 4],
    ]),
  ).toEqual([
    { name: 'd', count: 4 },
    { name: 'a', count: 1 },
    { name: 'b', count: 1 },
  ]);
  expect(answersOf(report).map(({ name, count }) => [name, count])).toEqual([
    ['Acceptées', 5],
    ['Déclinées', 2],
    ['En attente', 1],
    ['Retirées', 1],
  ]);
});

it('says how offers are answered', () =>
  expect(plain(offersLead(report))).toBe(
    '9 propositions envoyées, 2 appels demandés, réponse médiane en 3 jours.',
  ));

it('shows the communes where somebody waits or a place is left', () =>
  expect(livelyOf(report).map((one) => one.commune)).toEqual(['d', 'b', 'a']));

it('tells months in part from whole ones', () => {
  const months = ['2026-09-01', '2026-10-01', '2026-11-01'].map((day) => month(day, 0));
  expect(partialOf({ months, from: '2026-09-01', to: '2026-11-22' })).toEqual([2]);
  expect(partialOf({ months, from: '2026-09-02', to: '2026-11-30' })).toEqual([0]);
  expect(plain(partialNote({ months, from: '2026-09-01', to: '2026-11-22' })!)).toMatch(/^nov\. 2026 : mois/);
  expect(partialNote({ months, from: '2026-09-01', to: '2026-11-30' })).toBeUndefined();
});
