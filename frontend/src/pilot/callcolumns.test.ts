import { expect, it } from 'vitest';
import { callColumns, callSmalls, endBars, endColumns, endsOf } from './callcolumns';
import type { CallReport, CallRow } from './reports';
import { sheetOf } from './sheet';

const row = (change: Partial<CallRow>): CallRow => ({
  key: '2026-W47',
  label: 'Semaine 47',
  calls: 12,
  booked: 7,
  toMT: 2,
  advice: 0,
  to15: 0,
  toEmergency: 0,
  noSolution: 3,
  abandoned: 0,
  open: 0,
  proposalSeconds: 4.2,
  holdSeconds: 21,
  bookSeconds: 95,
  keys: 14,
  conflictsPer100: 2.5,
  ...change,
});
const few = row({ key: '2026-W48', calls: 4, bookSeconds: null });
const report = { by: 'week', rows: [row({}), few], total: row({ key: '', label: 'Total' }) } as CallReport;

it('says that a median needs more calls, on the page, and leaves its cell empty in the file', () => {
  const columns = callColumns('week');
  const book = columns.find(({ inFile }) => inFile === 'Réservation (s)')!;
  expect(book.shown!(few)).toBe('trop peu d’appels');
  expect(sheetOf(columns, [few], false).split('\r\n')[1]).toBe('2026-11-23;4;4,2;21;;14;2,5');
});

it('draws each median with a gap where there is none', () =>
  expect(callSmalls(report).map(({ values }) => values[1])).toEqual([4.2, 21, null, 14, 2.5]));

it('tells how calls ended, without what did not happen', () =>
  expect(endBars(report).map(({ name, end }) => [name, end])).toEqual([
    ['Rendez-vous', '7'],
    ['Vers le médecin traitant', '2'],
    ['Sans solution', '3'],
  ]));

it('has the same ends, with their part in per cent, in the file', () =>
  expect(sheetOf(endColumns, endsOf(report), false).split('\r\n')).toEqual([
    '\ufeffIssue;Appels;Part (%)',
    'Rendez-vous;7;58,3',
    'Vers le médecin traitant;2;16,7',
    'Sans solution;3;25',
    '',
  ]));
