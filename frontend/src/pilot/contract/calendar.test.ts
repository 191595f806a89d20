import { expect, it } from 'vitest';
import type { Deadline, Payment } from '../money/kinds';
import {
  asks,
  byYear,
  canBeDecided,
  canCome,
  deadlinesSeen,
  isNoMorePaid,
  leftOf,
  overpaidOf,
  stateOf,
  yearsAfter,
} from './calendar';
import { timelineOf, wrapped } from './timeline';

const payment = (said: Partial<Payment> = {}): Payment => ({
  on: '2026-07-15',
  code: 'acces',
  label: 'Accès aux soins',
  year: 1,
  kind: 'advance',
  amount: '6616.44',
  state: 'waiting',
  expectation: 'x1',
  received: '0.00',
  days: 184,
  yearDays: 365,
  ...said,
});
const deadline = (said: Partial<Deadline> = {}): Deadline => ({
  mission: 'parcours',
  label: 'Parcours',
  full: false,
  by: '2027-01-15',
  ...said,
});

it('says of an amount that nobody decides that the contract has to say it', () => {
  expect(stateOf(payment({ state: 'unknown', kind: 'variable', most: '100.00' }))).toBe('unknown');
  expect(stateOf(payment({ state: 'unknown', kind: 'part', most: '100.00' }))).toBe('unknown');
  expect(stateOf(payment({ state: 'unknown', kind: 'variable' }))).toBe('missing');
  expect(stateOf(payment({ state: 'unknown', kind: 'advance' }))).toBe('missing');
  expect(stateOf(payment())).toBe('waiting');
});

it('knows what may still come, to the cent', () => {
  expect(leftOf(payment({ received: '616.45' }))).toBe(599_999);
  expect(leftOf(payment({ state: 'void', received: '616.45' }))).toBe(0);
  expect(leftOf(payment({ amount: undefined }))).toBeNull();
  expect(canCome(payment())).toBe(true);
  expect(canCome(payment({ expectation: undefined }))).toBe(false);
  expect(canCome(payment({ state: 'came', received: '6616.44' }))).toBe(false);
});

it('lets the dialogue decide what varies, while nothing came', () => {
  expect(canBeDecided(payment({ kind: 'variable', most: '100.00' }))).toBe(true);
  expect(canBeDecided(payment({ kind: 'part', most: '100.00', received: '0.01' }))).toBe(false);
  expect(canBeDecided(payment({ kind: 'variable' }))).toBe(false);
  expect(canBeDecided(payment())).toBe(false);
});

it.each<[Partial<Payment>, boolean]>([
  [{ on: '2026-05-01' }, true],
  [{ on: '2026-07-30' }, true],
  [{ on: '2026-07-31' }, false],
  [{ on: '2026-05-01', state: 'came' }, false],
  [{ on: '2026-05-01', state: 'void' }, false],
])('asks somebody for something about %j: %s', (said, asked) =>
  expect(asks(payment(said), '2026-05-01')).toBe(asked),
);

it('adds up each contract year: design example, 8 821,92 in two payments', () => {
  const years = byYear(
    [
      payment({ state: 'came', received: '6616.44' }),
      payment({ on: '2027-01-15', kind: 'balance', amount: '2205.48', state: 'later' }),
      payment({ on: '2027-01-15', kind: 'variable', amount: undefined, state: 'unknown' }),
      payment({ on: '2027-01-15', year: 2, amount: '13125.00', state: 'void', received: '100.00' }),
    ],
    '2026-01-15',
  );
  expect(years).toMatchObject([
    {
      year: 1,
      from: '2026-01-15',
      to: '2027-01-14',
      amount: 882_192,
      received: 661_644,
      left: 220_548,
      unknown: 1,
    },
    { year: 2, from: '2027-01-15', to: '2028-01-14', amount: 10_000, received: 10_000, left: 0, unknown: 0 },
  ]);
});

it.each([
  ['2024-02-29', 1, '2025-02-28'],
  ['2024-02-29', 4, '2028-02-29'],
  ['2026-01-15', 5, '2031-01-15'],
])('%s and %i years is %s', (day, n, later) => expect(yearsAfter(day, n)).toBe(later));

it.each<[string, Partial<Deadline>, string]>([
  ['2027-01-16', {}, 'late'],
  ['2027-01-15', {}, 'soon'],
  ['2026-10-17', {}, 'soon'],
  ['2026-10-16', {}, 'ahead'],
  ['2027-01-16', { started: '2026-07-15' }, 'done'],
  ['2027-01-16', { full: true, started: '2026-07-15' }, 'late'],
  ['2027-01-16', { full: true, started: '2026-07-15', deployed: '2027-01-10' }, 'deployed'],
  ['2027-02-01', { full: true, started: '2026-07-15', deployed: '2027-01-20' }, 'deployed'],
  ['2027-01-16', { started: '2026-07-15', deployed: '2027-01-10' }, 'done'],
  ['2026-12-01', { full: true, started: '2026-07-15' }, 'soon'],
  ['2027-01-16', { full: true }, 'late'],
])('on %s a deadline %j is %s', (today, said, state) =>
  expect(deadlinesSeen([deadline(said)], today)[0]!.state).toBe(state),
);

it('tells late deadlines first, then those that soon are', () =>
  expect(
    deadlinesSeen(
      [deadline({ by: '2028-01-15' }), deadline({ by: '2027-03-01' }), deadline({ by: '2027-01-31' })],
      '2027-02-01',
    ).map(({ state }) => state),
  ).toEqual(['late', 'soon', 'ahead']));

it('puts payments on the line of their mission, those of a day side by side', () => {
  const line = timelineOf(
    {
      today: '2028-07-15',
      payments: [
        payment({ on: '2031-01-15', kind: 'balance' }),
        payment({ on: '2031-01-15', kind: 'variable' }),
        payment({ on: '2026-01-15', code: 'fonctionnement', label: 'Fonctionnement', kind: 'whole' }),
      ],
      deadlines: [deadline({ mission: 'prevention', label: 'Prévention' })],
    },
    '2026-01-15',
    5,
    ['fonctionnement', 'acces'],
  );
  expect(line.lanes.map(({ label }) => label)).toEqual(['Fonctionnement', 'Accès aux soins', 'Prévention']);
  expect(line.lanes[0]!.marks).toMatchObject([{ at: 0, nth: 0, of: 1 }]);
  expect(line.lanes[1]!.marks).toMatchObject([
    { at: 1, nth: 0, of: 2 },
    { at: 1, nth: 1, of: 2 },
  ]);
  expect(line.lanes[2]!.flags).toHaveLength(1);
  expect(line.years.map(({ from }) => from.slice(0, 4))).toEqual(['2026', '2027', '2028', '2029', '2030']);
  expect(line.today).toBeCloseTo(0.5, 2);
});

it('writes a long name whole, on several lines', () => {
  const name = 'Traitement et orientation des demandes de soins non programmés (SNP)';
  const rows = wrapped(name, 100, 10);
  expect(rows.join(' ')).toBe(name);
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(20);
  expect(wrapped('Fonctionnement', 10, 10)).toEqual(['Fonctionnement']);
});

it('tells what came beyond what the contract pays, and what it pays no more', () => {
  const beyond = payment({ state: 'came', received: '7000.00', overpaid: '383.56' });
  const gone = payment({ state: 'came', amount: '0.00', received: '25000.00', overpaid: '25000.00' });
  expect([beyond, gone, payment()].map(isNoMorePaid)).toEqual([false, true, false]);
  expect(overpaidOf([beyond, gone, payment()])).toBe(2_538_356);
  expect(byYear([beyond, gone], '2026-01-15')).toMatchObject([
    { amount: 661_644, received: 3_200_000, left: 0, overpaid: 2_538_356 },
  ]);
});
