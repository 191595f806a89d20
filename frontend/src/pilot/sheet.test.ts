import { describe, expect, it } from 'vitest';
import type { FillReport, FillRow } from '../api/types';
import { sheetName, sheetOf } from './sheet';

const row = (change: Partial<FillRow>) =>
  ({ key: 'k', label: 'Dr Ada Modèle', offered: 4, taken: 3, fill: 0.75, ...change }) as FillRow;
const report = (change: Partial<FillReport> = {}) =>
  ({
    territory: 't',
    from: '2026-09-22',
    to: '2026-11-21',
    by: 'practitioner',
    simulated: false,
    rows: [row({})],
    total: row({ label: '', offered: 1234, fill: 0.594 }),
    ...change,
  }) as FillReport;
const lines = (of: FillReport) => sheetOf(of).replace('\ufeff', '').trimEnd().split('\r\n');

describe('the file for a spreadsheet', () => {
  it('starts with a byte order mark, names first, with semicolons', () => {
    expect(sheetOf(report()).startsWith('\ufeffPraticien;Places offertes;Places prises;')).toBe(true);
    expect(lines(report())[1]).toMatch(/^Dr Ada Modèle;4;3;0,75;/);
  });
  it('ends with the total, numbers without thousands and with a comma', () =>
    expect(lines(report()).at(-1)).toMatch(/^Total;1234;3;0,594;/));
  it('leaves no value empty', () =>
    expect(lines(report({ rows: [row({ fill: null })] }))[1]).toMatch(/^Dr Ada Modèle;4;3;;/));
  it.each([
    ['Maison; annexe', '"Maison; annexe"'],
    ['=1+1', "'=1+1"],
  ])('keeps the name %s in its cell', (label, want) =>
    expect(lines(report({ rows: [row({ label })] }))[1]!.startsWith(`${want};4`)).toBe(true),
  );
  it('writes days as dates', () =>
    expect(lines(report({ by: 'day', rows: [row({ key: '2026-11-21' })] }))[1]).toMatch(/^2026-11-21;/));
});

it.each([
  ['day', 'remplissage-par-jour-2026-09-22-au-2026-11-21.csv'],
  ['halfday', 'remplissage-par-demi-journee-2026-09-22-au-2026-11-21.csv'],
] as const)('is named after %s and the dates', (by, want) => expect(sheetName(report({ by }))).toBe(want));
