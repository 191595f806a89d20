import { expect, it } from 'vitest';
import { chosenOf, isLate, leftOf, queryOf, readExpected, writeExpected } from './expected';
import type { Expectation } from './kinds';

const expectation = (change: Partial<Expectation> = {}): Expectation => ({
  id: 'x',
  kind: 'majoration',
  key: 'act:x',
  on: '2026-03-01',
  amount: '15.00',
  received: '0.00',
  left: '15.00',
  state: 'pending',
  ...change,
});

it.each([
  [{}, { view: 'list', kind: 'all', standing: 'open', practitioner: '' }],
  [
    { nature: 'majorations', etat: 'toutes', medecin: 'gp-1' },
    { view: 'list', kind: 'majoration', standing: 'all', practitioner: 'gp-1' },
  ],
  [
    { vue: 'indemnites', annee: '2026' },
    { view: 'indemnities', kind: 'all', standing: 'open', practitioner: '', year: 2026 },
  ],
])('%j in the address is read and written back', (asked, place) => {
  expect(readExpected(asked as Record<string, string>)).toEqual(place);
  expect(writeExpected(readExpected(asked as Record<string, string>))).toEqual(asked);
});

it('takes what an address makes up as nothing', () =>
  expect(readExpected({ nature: 'x', etat: 'y', medecin: 'a b', annee: '1' })).toEqual(readExpected()));

it('asks the service for what is shown', () => {
  expect(queryOf('senart', readExpected())).toEqual({
    territory: 'senart',
    state: ['pending', 'partly'],
  });
  expect(queryOf('senart', readExpected({ nature: 'versements', etat: 'sans-suite' }))).toEqual({
    territory: 'senart',
    kind: 'payment',
    state: ['voided', 'withdrawn'],
  });
});

it('adds up to the cent what is still to come', () =>
  expect(leftOf([expectation({ left: '0.10' }), expectation({ left: '0.20' })])).toBe(30));

it('is late when it should have come', () => {
  expect(isLate(expectation(), '2026-03-02')).toBe(true);
  expect(isLate(expectation(), '2026-03-01')).toBe(false);
  expect(isLate(expectation({ state: 'posted' }), '2026-03-02')).toBe(false);
});

it('receives of what was chosen only what is still open', () => {
  const items = [
    expectation({ id: 'a' }),
    expectation({ id: 'b', state: 'posted' }),
    expectation({ id: 'c' }),
  ];
  expect(chosenOf(items, new Set(['a', 'b'])).map(({ id }) => id)).toEqual(['a']);
});
