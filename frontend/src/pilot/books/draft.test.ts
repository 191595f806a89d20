import { describe, expect, it } from 'vitest';
import { begin } from './beginnings';
import {
  balanceInWords,
  balanceOf,
  blank,
  blankLine,
  entryOf,
  isEven,
  placed,
  wrongsIn,
  type EntryDraft,
} from './draft';
import type { FiscalYear } from './kinds';

const year = (change: Partial<FiscalYear> = {}): FiscalYear => ({
  year: 2026,
  first: '2026-01-01',
  last: '2026-12-31',
  accounts: [
    { number: '401', name: 'Fournisseurs', class: 'passif' },
    { number: '6226', name: 'Honoraires', class: 'charges' },
  ],
  journals: [{ code: 'AC', name: 'Achats' }],
  ...change,
});

function invoice(debit = '1 234,50', credit = '1234,5'): EntryDraft {
  const draft = begin('invoice', year(), { ...blank('2026-03-01'), label: ' Facture ', piece: 'F-1' });
  draft.lines[0]!.debit = debit;
  draft.lines[1]!.credit = credit;
  return draft;
}

describe('the balance of a draft', () => {
  it.each([
    ['', '', 'Saisissez les montants'],
    ['12', '', 'Il manque 12,00 € au crédit.'],
    ['0,30', '0,3', 'Équilibrée : 0,30 € de chaque côté.'],
    ['0,1', '0,30', 'Il manque 0,20 € au débit.'],
    ['1234.50', '1', 'Un montant n’est pas lisible.'],
  ])('of %j against %j is said', (debit, credit, said) => {
    const { lines } = invoice(debit, credit);
    const plain = balanceInWords(balanceOf(lines)).replace(/\u202f|\u00a0/g, ' ');
    expect(plain).toContain(said);
  });

  it('is to the cent over many lines', () => {
    const lines = Array.from({ length: 150 }, () => ({ debit: '0,10', credit: '' }));
    expect(balanceOf([...lines, { debit: '', credit: '15' }])).toEqual({
      debit: 1500,
      credit: 1500,
      unread: 0,
    });
  });

  it('is even only above nothing', () => {
    expect(isEven(balanceOf([blankLine(), blankLine()]))).toBe(false);
    expect(isEven(balanceOf(invoice().lines))).toBe(true);
  });
});

describe('what is wrong with a draft', () => {
  it('is nothing when all is there', () => expect(wrongsIn(invoice(), [year()])).toEqual({}));

  it('is named field by field', () => {
    const draft = {
      ...blank('2027-01-01'),
      lines: [blankLine(), { ...blankLine(), debit: '1', credit: '1.5' }],
    };
    const [first, second] = draft.lines.map(({ key }) => key);
    expect(Object.keys(wrongsIn(draft, [year()])).sort()).toEqual(
      [
        ...['journal', 'label', 'lines', 'on', 'piece'],
        ...[`account-${first}`, `account-${second}`, `debit-${first}`, `credit-${second}`],
      ].sort(),
    );
  });

  it('is a day of a closed year', () =>
    expect(wrongsIn(invoice(), [year({ closedAt: '2027-02-01T10:00:00Z' })]).on).toContain('clos'));

  it.each([
    ['lines', { lines: 'Inégal' }, []],
    ['label', { label: 'Inégal' }, []],
    ['territory', {}, ['Inégal']],
  ])('is put where the service says %s', (name, wrongs, rest) =>
    expect(placed([{ name, reason: 'funding.unbalanced', message: 'Inégal' } as never])).toEqual({
      wrongs,
      rest,
    }),
  );
});

it('becomes the entry to send, amounts in text with a point', () => {
  const draft = invoice();
  Object.assign(draft.lines[0]!, {
    mission: 'acces',
    budget: 'operationnel',
    contractYear: 2,
    person: 'gp-1',
  });
  expect(entryOf(draft, 'senart')).toEqual({
    territory: 'senart',
    journal: 'AC',
    on: '2026-03-01',
    label: 'Facture',
    piece: 'F-1',
    lines: [
      {
        account: '6226',
        debit: '1234.50',
        mission: 'acces',
        budget: 'operationnel',
        contractYear: 2,
        person: 'gp-1',
      },
      { account: '401', credit: '1234.50' },
    ],
  });
});

describe('a beginning', () => {
  it('chooses accounts and no amounts, and keeps the head', () => {
    const draft = begin('invoice', year(), { ...blank('2026-03-01'), label: 'Facture' });
    expect(draft).toMatchObject({ label: 'Facture', journal: 'AC' });
    expect(draft.lines.map(({ account, debit, credit }) => [account, debit, credit])).toEqual([
      ['6226', '', ''],
      ['401', '', ''],
    ]);
  });

  it('keeps amounts that were typed, by their place', () => {
    const draft = invoice('12', '');
    draft.lines.push({ ...blankLine(), credit: '12' }, blankLine());
    const { lines } = begin('receipt', year(), draft);
    expect(lines.map(({ debit, credit }) => [debit, credit])).toEqual([
      ['12', ''],
      ['', ''],
      ['', '12'],
    ]);
  });

  it('leaves to be chosen what the chart does not know', () => {
    const draft = begin('receipt', year(), blank('2026-03-01'));
    expect(draft.journal).toBe('');
    expect(draft.lines.map(({ account }) => account)).toEqual(['', '']);
    expect(begin('invoice', undefined, blank('')).lines).toHaveLength(2);
  });
});
