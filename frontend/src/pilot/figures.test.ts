import { describe, expect, it } from 'vitest';
import { axisName, periodInWords, rate, rowName, scale, share, sorted } from './figures';
import { words } from './words';

describe('figures in words', () => {
  it('says a share in whole per cent', () => expect(share(0.594)).toBe('59\u00a0%'));
  it('says no value as a dash, not as zero', () => expect(share(rate(0, 0))).toBe('–'));
  it.each([
    ['2026-11-23', 'day', 'lun. 23 nov.', '23 nov.'],
    ['2026-W47', 'week', 'Sem. 47 · 16 nov. – 22 nov.', '16 nov.'],
    ['2026-11', 'month', 'Novembre 2026', 'novembre 2026'],
    ['p', 'practitioner', 'Dr A', 'Dr A'],
  ] as const)('names %s by %s', (key, by, name, onAxis) => {
    const row = { key, label: by === 'month' ? 'novembre 2026' : 'Dr A' };
    expect(rowName(row, by)).toBe(name);
    expect(axisName(row, by)).toBe(onAxis);
  });
  it.each([
    [45.4, '45\u00a0s'],
    [89.6, '90\u00a0s'],
    [119.7, '2\u00a0min\u00a000'],
  ])('%d seconds', (n, want) => expect(words.seconds(n).replace(/ /g, '\u00a0')).toBe(want));
  it.each([
    [3, '3 h'],
    [3.3333, '3 h 20'],
    [0.5, '0 h 30'],
  ])('%d hours', (n, want) => expect(words.hoursShort(n).replace(/\u00a0/g, ' ')).toBe(want));
  it.each([
    [89.4, '89 min'],
    [119.7, '2 h 00'],
  ])('%d minutes', (n, want) => expect(words.minutes(n).replace(/\u00a0/g, ' ')).toBe(want));
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
  const rows = labels.map((label) => ({ label }));
  expect(sorted(rows, 'practitioner').map((row) => row.label)).toEqual([
    'Dr Zoé Étienne',
    'Dr Anne Evrard',
    'Dr Paul Le Goff',
    'Dr Ada Zola',
  ]);
});
