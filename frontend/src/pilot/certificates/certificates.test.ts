import { describe, expect, it } from 'vitest';
import {
  amountOf,
  askedMonth,
  becauseInWords,
  byDoctor,
  delayInWords,
  fileColumns,
  momentOf,
  monthInWords,
  monthsOf,
  type Certificate,
  type Majoration,
} from './certificates';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const zone = 'Europe/Paris';

const majoration = (change: Partial<Majoration> = {}): Majoration => ({
  scheme: 'national-snp',
  name: 'Majoration SNP',
  payer: 'Assurance Maladie',
  amount: '15.00',
  because: ['regulated', 'in_time', 'not_own_mt', 'under_cap'],
  nth: 3,
  ...change,
});

const act = (change: Partial<Certificate> = {}): Certificate => ({
  booking: 'b-1',
  territory: 't-1',
  territoryName: 'CPTS Modèle',
  practitioner: 'p-1',
  practitionerName: 'Dr Ada Modèle',
  rpps: '10000000001',
  start: '2026-11-02T09:00:00+01:00',
  bookedAt: '2026-11-02T07:55:00+01:00',
  delayMinutes: 65,
  ownMT: false,
  majorations: [majoration()],
  ...change,
});

it('puts a doctor’s acts together, in their order, and adds up what they earned', () => {
  const late = act({ booking: 'b-2', start: '2026-11-05T09:00:00+01:00', majorations: [] });
  const other = act({ booking: 'b-3', practitioner: 'p-2', practitionerName: 'Dr Zoé Abri' });
  const [first, second] = byDoctor([late, other, act()]);
  expect([first!.name, second!.name]).toEqual(['Dr Zoé Abri', 'Dr Ada Modèle']);
  expect(second).toMatchObject({ earning: 1, total: 1500, rpps: '10000000001' });
  expect(second!.acts.map(({ booking }) => booking)).toEqual(['b-1', 'b-2']);
});

it('adds the majorations of several schemes', () => {
  expect(amountOf(act({ majorations: [majoration(), majoration({ amount: '7.50' })] }))).toBe(2250);
  expect(amountOf(act({ majorations: [] }))).toBe(0);
});

it('says why, with the number of the week where there is a cap', () => {
  expect(plain(becauseInWords(majoration()))).toBe(
    'adressé par la régulation, vu dans le délai, pas le médecin traitant du patient, 3e acte majoré de la semaine, sous le plafond',
  );
  expect(becauseInWords(majoration({ because: ['regulated', 'without_cap'], nth: undefined }))).toBe(
    'adressé par la régulation, sans plafond',
  );
});

it('tells moments in the territory’s zone', () => {
  expect(plain(momentOf('2026-11-02T08:05:00Z', zone))).toBe('02/11/2026 à 9 h 05');
  expect(plain(momentOf('2026-11-02T01:05:00Z', 'America/Martinique'))).toBe('01/11/2026 à 21 h 05');
});

it.each([
  [40, '40 min'],
  [125, '2 h 05'],
  [1500, '25 h 00'],
  [3000, '2 j 2 h'],
])('tells a delay of %i minutes', (minutes, said) => expect(plain(delayInWords(minutes))).toBe(said));

describe('a month', () => {
  it('is chosen among the last two years, and the one an address asks for', () => {
    const months = monthsOf('2026-01-31', '2020-03');
    expect(months.slice(0, 3)).toEqual(['2026-01', '2025-12', '2025-11']);
    expect(months).toHaveLength(25);
    expect(months.at(-1)).toBe('2020-03');
  });

  it('is read from an address when it is one', () => {
    expect(askedMonth('2026-11')).toBe('2026-11');
    expect([askedMonth('2026-13'), askedMonth('11'), askedMonth(undefined)]).toEqual(
      Array.from({ length: 3 }),
    );
    expect(monthInWords('2026-11')).toBe('novembre 2026');
  });
});

it('has no patient in its file, and amounts with a comma', () => {
  const cells = fileColumns(zone).map(({ cell }) => cell(act()));
  expect(cells.slice(0, 8)).toEqual([
    'Dr Ada Modèle',
    '10000000001',
    '2026-11-02',
    '09:00',
    '2026-11-02',
    '07:55',
    65,
    'non',
  ]);
  expect(cells.at(-1)).toBe('15,00');
});
