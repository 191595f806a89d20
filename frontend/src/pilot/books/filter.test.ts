import { describe, expect, it } from 'vitest';
import { everything, narrows, readLedger, writeLedger } from './filter';

const of = (query: string) => Object.fromEntries(new URLSearchParams(query));

describe('the ledger in the address', () => {
  it.each([
    ['', { view: 'entries', filter: everything }],
    [
      'exercice=2026&compte=6226&journal=BQ&enveloppe=snp_orientation&ordre=numero',
      {
        view: 'entries',
        filter: {
          year: 2026,
          account: '6226',
          journal: 'BQ',
          envelope: 'snp_orientation',
          order: 'oldest',
        },
      },
    ],
    ['vue=soldes&exercice=2026', { view: 'totals', filter: { ...everything, year: 2026 } }],
    ['vue=nouvelle', { view: 'new', filter: everything }],
    ['ecriture=019abc-1', { view: 'entries', entry: '019abc-1', filter: everything }],
  ])('%s is read and written back', (query, place) => {
    expect(readLedger(of(query))).toEqual(place);
    expect(writeLedger(readLedger(of(query)))).toEqual(of(query));
  });

  it.each([
    'exercice=26',
    'exercice=2026.5',
    'compte=51a',
    'journal=bq',
    'enveloppe=É',
    'ecriture=a/b',
    'vue=autre',
  ])('%s names nothing', (query) => expect(readLedger(of(query))).toEqual(readLedger()));
});

it('knows when a filter keeps entries out', () => {
  expect(narrows(everything)).toBe(false);
  expect(narrows({ ...everything, order: 'oldest' })).toBe(false);
  expect(narrows({ ...everything, journal: 'BQ' })).toBe(true);
});
