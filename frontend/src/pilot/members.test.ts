import { expect, it } from 'vitest';
import type { Practitioner } from '../api/types';
import { memberColumns, membersOf } from './members';
import type { FillRow } from './reports';
import { sheetOf } from './sheet';

const person = (id: string, name: string): Practitioner => ({
  id,
  name,
  locations: [{ id: 'l', name: 'Cabinet', commune: '77067', communeName: 'Cesson', approximate: false }],
});
const row = (change: Partial<FillRow>) =>
  ({ key: 'a', offered: 0, withdrawn: 0, taken: 0, hoursOpened: 0, ...change }) as FillRow;

it('has everyone, by family name, with who published', () => {
  const people = [person('z', 'Dr Zoé Abri'), person('a', 'Dr Ada Modèle'), person('n', 'Dr Noé Zen')];
  const rows = [row({ offered: 6, taken: 4, hoursOpened: 2 }), row({ key: 'n', withdrawn: 3 })];
  expect(membersOf(people, { rows }).map(({ name, published }) => [name, published])).toEqual([
    ['Dr Zoé Abri', false],
    ['Dr Ada Modèle', true],
    ['Dr Noé Zen', true],
  ]);
});

it('is a file with places in words', () => {
  const [member] = membersOf([person('a', 'Dr Ada Modèle')], {
    rows: [row({ offered: 6, hoursOpened: 2.5 })],
  });
  expect(sheetOf(memberColumns, [member!], false).split('\r\n')[1]).toBe(
    'Dr Ada Modèle;;Cabinet, Cesson;oui;6;0;2,5',
  );
});
