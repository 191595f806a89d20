import { describe, expect, it } from 'vitest';
import type { FillReport } from '../api/types';
import { axisName, periodInWords, rowName, scale, share, sorted } from './figures';

describe('figures in words', () => {
  it('says a share in whole per cent', () => expect(share(0.594)).toBe('59\u00a0%'));
  it('says no value as a dash, not as zero', () => expect(share(null)).toBe('–'));
  it('names days', () => expect(rowName({ key: '2026-11-23', label: 'x' }, 'day')).toBe('lun. 23 nov.'));
  it('names days shortly on an axis', () =>
    expect(axisName({ key: '2026-11-23', label: 'x' }, 'day')).toBe('23 nov.'));
  it('keeps the label of a practitioner', () =>
    expect(rowName({ key: 'p', label: 'Dr A' }, 'practitioner')).toBe('Dr A'));
});

describe('scales', () => {
  it.each([
    [20, [0, 5, 10, 15, 20]],
    [22, [0, 5, 10, 15, 20, 25]],
    [3, [0, 1, 2, 3]],
    [0, [0]],
    [430, [0, 100, 200, 300, 400, 500]],
  ])('up to %i', (max, want) => expect(scale(max)).toEqual(want));
});

describe('periods in words', () => {
  it.each([
    ['2026-09-22', '2026-11-21', 'Du mardi 22 septembre au samedi 21 novembre 2026'],
    ['2025-11-01', '2026-01-31', 'Du samedi 1er novembre 2025 au samedi 31 janvier 2026'],
    ['2026-11-01', '2026-11-01', 'Le dimanche 1er novembre 2026'],
  ])('%s to %s', (from, to, want) => expect(periodInWords({ from, to })).toBe(want));
});

it('files practitioners under their family name, accents as the French do', () => {
  const labels = ['Dr Zoé Étienne', 'Dr Ada Zola', 'Dr Paul Le Goff', 'Dr Anne Evrard'];
  const report = { by: 'practitioner', rows: labels.map((label) => ({ label })) } as FillReport;
  expect(sorted(report).rows.map((row) => row.label)).toEqual([
    'Dr Zoé Étienne',
    'Dr Anne Evrard',
    'Dr Paul Le Goff',
    'Dr Ada Zola',
  ]);
});
