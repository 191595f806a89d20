import { expect, it } from 'vitest';
import type { UnmetReport } from './reports';
import { sheetOf } from './sheet';
import { byCommune, byWhy, communeColumns, whyColumns } from './unmet';

const rows: UnmetReport['rows'] = [
  { commune: '77445', name: 'Savigny-le-Temple', whyKind: 'too_far', cases: 2 },
  { commune: '77067', name: 'Cesson', whyKind: 'no_slot', cases: 4 },
  { commune: '77445', name: 'Savigny-le-Temple', whyKind: 'no_slot', cases: 3 },
  { commune: '', name: '', whyKind: 'other', cases: 1 },
];
const report = { rows } as UnmetReport;

it('adds up each commune, the most first, and names the unknown one', () =>
  expect(byCommune(report).map(({ name, cases }) => [name, cases])).toEqual([
    ['Savigny-le-Temple', 5],
    ['Cesson', 4],
    ['Commune inconnue', 1],
  ]));

it('adds up each reason in words', () =>
  expect(byWhy(report).map(({ name, cases }) => [name, cases])).toEqual([
    ['Aucun créneau libre', 7],
    ['Trop loin, sans transport', 2],
    ['Autre raison', 1],
  ]));

it('is two files, by commune and by reason', () => {
  const lines = (text: string) => text.replace('\ufeff', '').split('\r\n').slice(0, 2);
  expect(lines(sheetOf(communeColumns, byCommune(report), false))).toEqual([
    'Commune;Code commune;Appels',
    'Savigny-le-Temple;77445;5',
  ]);
  expect(lines(sheetOf(whyColumns, byWhy(report), false))).toEqual(['Motif;Appels', 'Aucun créneau libre;7']);
});
