import { describe, expect, it } from 'vitest';
import {
  actColumns,
  actsSquare,
  capMark,
  extraColumns,
  extrasOf,
  gridOf,
  hourColumns,
  hoursSquare,
  openedOf,
} from './proof';
import type { WeekRow } from './reports';
import { sheetOf } from './sheet';

const row = (change: Partial<WeekRow> = {}): WeekRow => ({
  practitioner: 'a',
  name: 'Dr Ada Modèle',
  week: '2026-W47',
  hoursOpened: 3.5,
  offered: 10,
  taken: 7,
  snpActs: 5,
  cap: 20,
  extra: 0,
  ...change,
});
const plain = (text?: string) => text?.replaceAll('\u00a0', ' ');

describe('the cap of a week', () => {
  it.each([
    [15, undefined],
    [16, 'near'],
    [20, 'near'],
    [21, 'past'],
  ])('of 20, %i acts are %s', (snpActs, want) => expect(capMark({ snpActs, cap: 20 })).toBe(want));
  it('is not told where no rule sets one', () => expect(capMark({ snpActs: 9, cap: 0 })).toBeUndefined());
  it('is written beside the acts', () => expect(actsSquare(row({ snpActs: 21 }))?.text).toBe('21/20'));
});

describe('hours opened', () => {
  it('are hours and minutes', () => expect(plain(hoursSquare(row(), 7)?.text)).toBe('3 h 30'));
  it('say nothing of a week without any', () =>
    expect(hoursSquare(row({ hoursOpened: 0 }), 7)).toBeUndefined());
  it('are added up, with the weeks that had any', () =>
    expect(openedOf([row(), row({ week: '2026-W48', hoursOpened: 0 })])).toEqual({ weeks: 1, hours: 3.5 }));
});

it('is a grid of people by family name and weeks in order, the last ones when they are many', () => {
  const zoe = { practitioner: 'z', name: 'Dr Zoé Abri' };
  const grid = gridOf([row({ week: '2026-W48' }), row(), row({ ...zoe, week: '2026-W46' })], 2);
  expect(grid.people.map(({ name }) => name)).toEqual(['Dr Zoé Abri', 'Dr Ada Modèle']);
  expect(grid.weeks).toEqual([
    { key: '2026-W47', name: '16 nov.' },
    { key: '2026-W48', name: '23 nov.' },
  ]);
  expect(grid.at('a', '2026-W48')?.hoursOpened).toBe(3.5);
  expect(grid.at('z', '2026-W48')).toBeUndefined();
});

it('adds up patients taken en sus, of those who took any', () => {
  const extras = extrasOf([
    row({ extra: 1 }),
    row({ week: '2026-W48', extra: 2 }),
    row({ practitioner: 'z' }),
  ]);
  expect(extras).toEqual([{ key: 'a', name: 'Dr Ada Modèle', patients: 3 }]);
  expect(sheetOf(extraColumns, extras, false)).toBe(
    '\ufeffMédecin;Patients pris en sus\r\nDr Ada Modèle;3\r\n',
  );
});

describe('the files', () => {
  const lines = (columns: typeof hourColumns, change: Partial<WeekRow>) =>
    sheetOf(columns, [row(change)], false)
      .replace('\ufeff', '')
      .trimEnd()
      .split('\r\n');
  it('have the hours of each week by its Monday', () =>
    expect(lines(hourColumns, {})).toEqual([
      'Médecin;Semaine du;Heures ouvertes (h)',
      'Dr Ada Modèle;2026-11-16;3,5',
    ]));
  it.each([
    [18, 'proche'],
    [3, 'en dessous'],
    [21, 'au-delà'],
  ])('tell %i acts beside the cap: %s', (snpActs, state) =>
    expect(lines(actColumns, { snpActs })).toEqual([
      'Médecin;Semaine du;Actes SNP;Plafond;État',
      `Dr Ada Modèle;2026-11-16;${snpActs};20;${state}`,
    ]),
  );
});
