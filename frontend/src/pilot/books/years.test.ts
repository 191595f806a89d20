import { expect, it } from 'vitest';
import { columnsOf } from './columns.fr';
import { fileName } from './exports';
import { importKinds, modelOf, proposedCounterpart, refusedLines, wrongIn } from './imports';
import type { FiscalYear, Proposal } from './kinds';
import { closableFrom, missingYear, nextYear, presentYear, readYears, waitingOf, writeYears } from './years';

const year = (first: string, last: string): FiscalYear => ({
  year: Number(first.slice(0, 4)),
  first,
  last,
  accounts: [],
  journals: [],
});

const proposal = (on: string, written = false): Proposal => ({
  key: `k-${on}`,
  why: 'fund_kept',
  written,
  entry: { territory: 'senart', journal: 'OD', on, label: 'Report', piece: 'FD', lines: [] },
});

it.each([[{}], [{ vue: 'exporter', exercice: '2026' }], [{ vue: 'importer' }], [{ fin: '2026' }]])(
  '%j in the address is read and written back',
  (asked) => expect(writeYears(readYears(asked as Record<string, string>))).toEqual(asked),
);

it('proposes the civil year that follows the latest, whatever its days', () => {
  expect(nextYear([], '2026-11-22')).toEqual({ first: '2026-01-01', last: '2026-12-31' });
  expect(
    nextYear([year('2026-01-01', '2026-12-31'), year('2025-01-01', '2025-12-31')], '2026-11-22'),
  ).toEqual({
    first: '2027-01-01',
    last: '2027-12-31',
  });
  expect(nextYear([year('2023-03-01', '2024-02-29')], '2024-05-01')).toEqual({
    first: '2024-03-01',
    last: '2025-02-28',
  });
});

it('knows what is still to be written, and the year it lacks', () => {
  const items = [proposal('2026-12-31', true), proposal('2026-12-31'), proposal('2027-01-01')];
  expect(waitingOf(items)).toHaveLength(2);
  expect(missingYear(items, [year('2026-01-01', '2026-12-31')])).toBe(2027);
  expect(
    missingYear(items, [year('2026-01-01', '2026-12-31'), year('2027-01-01', '2027-12-31')]),
  ).toBeUndefined();
});

it.each(importKinds)('offers a model of %s whose line has as many cells as its header', (kind) => {
  const [header, line] = modelOf(kind).replace('\ufeff', '').trimEnd().split('\r\n');
  expect(header!.split(';')).toEqual(columnsOf[kind].map(({ name }) => name));
  expect(line!.split(';')).toHaveLength(columnsOf[kind].length);
});

it('looks at a file before it is sent', () => {
  expect(wrongIn(undefined)).toContain('Choisissez');
  expect(wrongIn({ size: 0 })).toContain('vide');
  expect(wrongIn({ size: 2_000_000 })).toContain('1 Mo');
  expect(wrongIn({ size: 100 })).toBe('');
});

it('counts a line once, whatever is wrong with it', () => {
  const problem = (line: number) => ({ line, reason: 'funding.day', message: 'x' }) as never;
  expect(refusedLines({ problems: [problem(2), problem(2), problem(5)] })).toBe(2);
});

it.each([
  ['attachment; filename="123456789FEC20261231.txt"', '123456789FEC20261231.txt'],
  ['attachment; filename=livre.journal', 'livre.journal'],
  ['attachment; filename="../x"', '.._x'],
  [null, 'fec-2026'],
])('%s names its file', (disposition, name) => expect(fileName(disposition, 'fec-2026')).toBe(name));

it.each([
  ['2026-11-22', 2026],
  ['2027-01-01', 2027],
  ['2029-05-01', 2027],
  ['2019-05-01', 2025],
])('on %s the year of the day is shown, never one to come: %i', (today, shown) => {
  const years = [2027, 2025, 2026].map((n) => year(`${n}-01-01`, `${n}-12-31`));
  expect(presentYear(years, today)?.year).toBe(shown);
  expect(presentYear([], today)).toBeUndefined();
});

it('closes a year from the day after its last', () =>
  expect(closableFrom({ last: '2026-12-31' })).toBe('2027-01-01'));

it('proposes the account in wait for movements that name none, where there is one', () => {
  const bank = { number: '512', name: 'Banque', class: 'actif' as const };
  expect(proposedCounterpart([bank, { ...bank, number: '471', name: 'Compte d’attente' }])).toBe('471');
  expect(proposedCounterpart([bank])).toBe('');
});
