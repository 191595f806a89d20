import { expect, it } from 'vitest';
import { extraNote, fillColumns } from './fillcolumns';
import type { FillReport, FillRow } from './reports';
import { sheetOf } from './sheet';

const row = {
  key: '2026-W47',
  label: '',
  offered: 12,
  taken: 5,
  fill: 0.4183,
  medianDelayMinutes: 95,
} as FillRow;

it('is a file of what its picture shows, shares in per cent, the unit in the heading', () =>
  expect(sheetOf(fillColumns('week', ['offered', 'taken', 'fill', 'medianDelayMinutes']), [row], false)).toBe(
    '\ufeffSemaine du;Places offertes;Places prises;Remplissage (%);Délai médian (min)\r\n2026-11-16;12;5;41,8;95\r\n',
  ));

it.each([
  [0, undefined],
  [2, '7 rendez-vous non annulés, dont 2 en sus des places publiées.'],
])('with %i patients en sus notes %s', (extra, want) =>
  expect(extraNote({ total: { ...row, extra } } as FillReport)).toBe(want),
);
