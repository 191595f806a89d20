import { expect, it } from 'vitest';
import { sheetOf } from '../sheet';
import { figureColumns, historyOf, ofKind, onDay, shareOf, wrongIn, type Draft } from './declared';
import type { Figure } from './kinds';

const figure = (on: string, change: Partial<Figure> = {}): Figure => ({
  id: on,
  territory: 't1',
  kind: 'without_mt',
  on,
  count: 17_653,
  base: 113_889,
  share: 0.155,
  source: 'CPAM 77',
  by: 'Camille Fictive',
  at: '2026-11-20T10:00:00Z',
  ...change,
});
const draft = (change: Partial<Draft> = {}): Draft => ({
  on: '2026-09-30',
  count: 12,
  base: null,
  source: 'CPAM 77',
  ...change,
});

it('lists a kind from its latest figure', () => {
  const all = [figure('2026-01-01'), figure('2026-06-30'), figure('2026-07-01', { kind: 'c2s_without_mt' })];
  expect(ofKind(all, 'without_mt').map(({ on }) => on)).toEqual(['2026-06-30', '2026-01-01']);
});

it('says a day with its year, and a share with its tenth', () => {
  expect(onDay('2026-01-01')).toBe('1er janv. 2026');
  expect(shareOf(figure('2026-01-01')).replace(/\s/, ' ')).toBe('15,5 %');
  expect(shareOf({ share: undefined })).toBe('–');
});

it('draws a history of shares, or of counts when one share is not told', () => {
  const shares = historyOf([figure('2026-06-30', { share: 0.14 }), figure('2026-01-01')], 'without_mt');
  expect(shares.small.values).toEqual([0.155, 0.14]);
  expect(shares.names).toEqual(['janv. 2026', 'juin 2026']);
  const counts = historyOf(
    [figure('2026-06-30', { share: undefined, count: 9 }), figure('2026-01-01')],
    'without_mt',
  );
  expect(counts.small.values).toEqual([17_653, 9]);
});

it('writes figures to a file', () =>
  expect(sheetOf(figureColumns, [figure('2026-01-01')], false).split('\r\n')[1]).toBe(
    'Sans médecin traitant, 17 ans et plus;2026-01-01;17653;113889;15,5;CPAM 77;Camille Fictive',
  ));

it.each([
  [{}, []],
  [{ base: 40 }, []],
  [{ on: '' }, ['on']],
  [{ count: null }, ['count']],
  [{ count: 1.5 }, ['count']],
  [{ count: -1 }, ['count']],
  [{ base: 11 }, ['base']],
  [{ base: 0, count: 0 }, ['base']],
  [{ source: '  ' }, ['source']],
  [{ on: '', count: undefined, source: '' }, ['on', 'count', 'source']],
])('finds what is wrong in %o', (change, fields) =>
  expect(Object.keys(wrongIn(draft(change)))).toEqual(fields),
);
