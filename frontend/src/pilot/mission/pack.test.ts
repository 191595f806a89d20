import { describe, expect, it } from 'vitest';
import type { Dialogue, Payment } from './kinds';
import { objective } from './objective.build';
import {
  askedYear,
  countedAsNothing,
  dueOf,
  figureDay,
  figureSource,
  missingIn,
  partOfYear,
  stateOf,
  totalsOf,
  variableOf,
  weightIn,
  yearOf,
} from './pack';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const payment = (change: Partial<Payment> = {}): Payment => ({
  on: '2026-07-15',
  code: 'acces',
  label: 'Accès aux soins',
  year: 1,
  kind: 'advance',
  state: 'waiting',
  received: '0.00',
  days: 184,
  yearDays: 365,
  amount: '6616.44',
  ...change,
});

it.each([
  ['2025-01-14', 1],
  ['2026-01-14', 1],
  ['2026-01-15', 2],
  ['2026-11-22', 2],
  ['2035-01-01', 5],
])('on %s a contract of 15 January 2025 is in year %i', (today, year) => {
  expect(yearOf('2025-01-15', today)).toBe(year);
});

it('takes a year of the contract from an address, nothing else', () => {
  expect(askedYear('3')).toBe(3);
  expect([askedYear('6'), askedYear('0'), askedYear('2.0'), askedYear(undefined)]).toEqual(
    Array.from({ length: 4 }),
  );
});

describe('the payments of a year', () => {
  it('say their amount, or the most they can be', () => {
    expect(plain(dueOf(payment()))).toBe('6 616,44 €');
    expect(plain(dueOf(payment({ amount: undefined, most: '17500.00' })))).toBe('17 500,00 € au plus');
    expect(dueOf(payment({ amount: undefined }))).toBe('–');
    expect(partOfYear(payment())).toBe('184 jours sur 365');
    expect(partOfYear(payment({ days: 365 }))).toBe('');
  });

  it('add up to the cent, without those that were given up', () => {
    const list = [
      payment({ amount: '0.10' }),
      payment({ amount: '0.20', received: '0.20' }),
      payment({ amount: '100.00', state: 'void' }),
      payment({ amount: undefined, most: '5.00', received: '1.00' }),
    ];
    expect(totalsOf(list)).toEqual({ due: 30, received: 120 });
  });
});

it('tells a variable part with its decision', () => {
  const decided = variableOf({
    mission: 'acces',
    label: 'Accès',
    variable: '25000.00',
    share: '0.666',
    estimate: '16666.67',
    decided: '20000.00',
    decidedOn: '2026-03-01',
  });
  expect(Object.values(decided).map(plain)).toEqual([
    '25 000,00 €',
    '66,6667 %',
    '16 666,67 €',
    '20 000,00 € le 01/03/2026',
  ]);
  expect(variableOf({ mission: 'acces', label: 'Accès' }).decided).toBe('à décider');
});

it('says where a figure comes from and of which day it is', () => {
  const seen = { on: '2026-11-01', figure: '4712', source: 'Courrier', computed: false, at: '' };
  const byHand = objective({}, [
    { counts: '4712', observation: seen, measured: '4700', measuredTo: '2026-11-22' },
  ]);
  expect([figureSource(byHand.years[0]!), figureDay(byHand.years[0]!)]).toEqual(['Courrier', '01/11/2026']);
  const ofRecord = objective({}, [{ counts: '4700', measured: '4700', measuredTo: '2026-11-22' }]);
  expect([figureSource(ofRecord.years[0]!), figureDay(ofRecord.years[0]!)]).toEqual([
    'Mesure de Relais au 22/11/2026',
    '22/11/2026',
  ]);
  expect(missingIn([byHand, objective()], 1)).toBe(1);
});

it('names what the record held', () => {
  expect(
    stateOf([
      { what: 'slots', value: '7' },
      { what: 'simulated', value: 'true' },
    ]),
  ).toEqual([
    { name: 'Créneaux de l’année', value: '7' },
    { name: 'Données simulées', value: 'oui' },
  ]);
});

it('says a share that is the estimate again, and all of it only when it is', () => {
  const share = (variable: string, estimate: string) =>
    plain(variableOf({ mission: 'acces', label: 'Accès', variable, estimate, share: '0.5' }).share);
  expect(share('8821.92', '4410.96')).toBe('50 %');
  expect(share('25000.00', '18911.08')).toBe('75,6443 %');
  expect(share('99999999.00', '99999998.99')).toBe('99,9999 %');
  expect(share('25000.00', '25000.00')).toBe('100 %');
});

it('says what each objective weighs, and how many count as nothing', () => {
  const seen = objective({}, [{ counts: '5100' }]);
  const untold = objective({ id: 'o-2', weight: 3 });
  const followed = objective({ id: 'o-3', weight: 0 });
  const without = objective({ id: 'o-4' }, [{ target: undefined }]);
  const elsewhere = objective({ id: 'o-5', mission: 'prevention' });
  const pack: Dialogue = {
    territory: 't',
    year: 1,
    objectives: [seen, untold, followed, without, elsewhere],
    payments: [],
    missions: [
      { mission: 'acces', label: 'Accès', share: '0.5' },
      { mission: 'prevention', label: 'Prévention' },
    ],
  };
  expect(countedAsNothing(pack)).toBe(1);
  expect([untold, followed, without].map((one) => weightIn(one, 1))).toEqual([
    { weight: '3' },
    { weight: 'sans poids' },
    { weight: '1', why: 'sans cible' },
  ]);
});
