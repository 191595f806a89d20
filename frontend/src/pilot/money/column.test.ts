import { expect, it } from 'vitest';
import { sheetOf } from '../sheet';
import { moneyColumn } from './column';

const columns = [
  { name: 'Poste', cell: (row: { name: string }) => row.name },
  moneyColumn<{ name: string; cents: number | null }>('Reste', (row) => row.cents),
];

it('writes amounts to the cent with a comma, below zero too, and formulas as texts', () =>
  expect(
    sheetOf(
      columns,
      [
        { name: '-Loyer', cents: -123_450 },
        { name: 'Encre', cents: null },
      ],
      false,
    ),
  ).toBe("\ufeffPoste;Reste\r\n'-Loyer;-1234,50\r\nEncre;\r\n"));

it('shows an amount the French way, and a dash for none', () => {
  const { shown } = columns[1]!;
  expect(shown!({ name: '', cents: 5 } as never)).toBe('0,05\u00a0€');
  expect(shown!({ name: '', cents: null } as never)).toBe('–');
});
