import { describe, expect, it } from 'vitest';
import { sheetName, sheetOf, type Column } from './sheet';

type Row = { name: string; offered: number; fill: number | null };
const columns: Column<Row>[] = [
  { name: 'Praticien', cell: (row) => row.name },
  { name: 'Places offertes', cell: (row) => row.offered, shown: () => 'beaucoup' },
  { name: 'Taux', inFile: 'Taux (%)', cell: (row) => row.fill },
];
const ada = { name: 'Dr Ada Modèle', offered: 1234, fill: 0.5944444 };
const lines = (rows: Row[], simulated = false) =>
  sheetOf(columns, rows, simulated).replace('\ufeff', '').trimEnd().split('\r\n');

describe('the file for a spreadsheet', () => {
  it('starts with a byte order mark, names first, with semicolons', () =>
    expect(sheetOf(columns, [ada], false).startsWith('\ufeffPraticien;Places offertes;Taux (%)\r\n')).toBe(
      true,
    ));
  it('writes numbers without thousands and with a comma', () =>
    expect(lines([ada])[1]).toBe('Dr Ada Modèle;1234;0,5944'));
  it('leaves no value empty', () => expect(lines([{ ...ada, fill: null }])[1]).toBe('Dr Ada Modèle;1234;'));
  it('says on every line that figures are simulated', () =>
    expect(lines([ada, ada], true)).toEqual([
      'Praticien;Places offertes;Taux (%);Données',
      'Dr Ada Modèle;1234;0,5944;simulées',
      'Dr Ada Modèle;1234;0,5944;simulées',
    ]));
  it.each([
    ['Maison; annexe', '"Maison; annexe"'],
    ['dite "La Source"', '"dite ""La Source"""'],
    ['=1+1', "'=1+1"],
  ])('keeps the name %s in its cell', (name, want) =>
    expect(lines([{ ...ada, name }])[1]).toBe(`${want};1234;0,5944`),
  );
});

it('is named after what it holds and its days', () =>
  expect(sheetName('remplissage-par-jour', { from: '2026-09-22', to: '2026-11-21', simulated: false })).toBe(
    'remplissage-par-jour-2026-09-22-au-2026-11-21.csv',
  ));
