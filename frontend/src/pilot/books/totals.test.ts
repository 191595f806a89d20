import { expect, it } from 'vitest';
import { sheetOf } from '../sheet';
import { amountOf, reversalDay, shortHash } from './entry';
import { columns, sideOf, sumOf } from './totals';

const row = { account: '512', name: 'Banque', debit: '1000.10', credit: '1500.30', balance: '-500.20' };

it('says the side of a balance in a word, in the file too', () => {
  expect([sideOf(-1), sideOf(0), sideOf(1)]).toEqual(['credit', 'none', 'debit']);
  expect(sheetOf(columns, [row], false)).toContain('512;Banque;1000,10;1500,30;500,20;créditeur');
});

it('adds up to the cent', () =>
  expect(sumOf([row, { ...row, debit: '0.20' }])).toEqual({ debit: 100_030, credit: 300_060 }));

it('tells what an entry moves by its debits', () =>
  expect(
    amountOf({
      lines: [
        { account: '1', debit: '0.10' },
        { account: '2', debit: '0.20' },
        { account: '3', credit: '0.30' },
      ],
    }),
  ).toBe(30));

it('shows a hash by its first letters', () => expect(shortHash('a'.repeat(64))).toBe('a'.repeat(12)));

it('proposes to reverse today, or at the end of what is open', () => {
  const of = (year: number, closedAt?: string) => ({
    first: `${year}-01-01`,
    last: `${year}-12-31`,
    closedAt,
  });
  expect(reversalDay('2026-06-01', [of(2026)])).toBe('2026-06-01');
  expect(reversalDay('2027-06-01', [of(2025), of(2026)])).toBe('2026-12-31');
  expect(reversalDay('2026-06-01', [of(2026, '2026-05-01')])).toBe('2026-06-01');
});
