import { expect, it } from 'vitest';
import type { UnmetReport } from './reports';
import { byCommune, byWhy } from './unmet';

const rows: UnmetReport['rows'] = [
  { commune: '77445', name: 'Savigny-le-Temple', whyKind: 'too_far', cases: 2 },
  { commune: '77067', name: 'Cesson', whyKind: 'no_slot', cases: 4 },
  { commune: '77445', name: 'Savigny-le-Temple', whyKind: 'no_slot', cases: 3 },
  { commune: '', name: '', whyKind: 'other', cases: 1 },
];
const report = { rows } as UnmetReport;

it('adds up each commune, the most first, and names the unknown one', () =>
  expect(byCommune(report).map(({ name, values }) => [name, values[0]])).toEqual([
    ['Savigny-le-Temple', 5],
    ['Cesson', 4],
    ['Commune inconnue', 1],
  ]));

it('adds up each reason in words', () =>
  expect(byWhy(report).map(({ name, end }) => [name, end])).toEqual([
    ['Rien de libre', '7'],
    ['Trop loin', '2'],
    ['Autre', '1'],
  ]));
