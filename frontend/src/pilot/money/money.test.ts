import { expect, it } from 'vitest';
import { add, briefly, centsOf, euros, largest, readTyped, subtract, typedOf, wireOf } from './money';

it.each<[string, number]>([
  ['0.00', 0],
  ['-0.00', 0],
  ['0.07', 7],
  ['8821.92', 882_192],
  ['-1234.50', -123_450],
  ['90071992547409.91', Number.MAX_SAFE_INTEGER],
])('reads %s of the wire', (wire, cents) => expect(centsOf(wire)).toBe(cents));

it.each(['', '1', '1.5', '1,50', '1.505', '01.00', '1e3.00', '90071992547409.92', 'NaN'])(
  'throws for %j rather than guess',
  (wire) => expect(() => centsOf(wire)).toThrow(RangeError),
);

it.each([0, 1, 99, 100, -7, -123_450, 1_234_567_890, Number.MAX_SAFE_INTEGER])(
  'writes %i cents as it reads them',
  (cents) => expect(centsOf(wireOf(cents))).toBe(cents),
);

it.each<[number, string, string]>([
  [0, '0,00 €', '0 €'],
  [5, '0,05 €', '0,05 €'],
  [123_450, '1 234,50 €', '1 234,50 €'],
  [7_500_000, '75 000,00 €', '75 000 €'],
  [-100_000_000, '−1 000 000,00 €', '−1 000 000 €'],
])('shows %i cents the French way, that no line end cuts', (cents, whole, brief) => {
  expect(euros(cents)).toBe(whole.replaceAll(' ', '\u00a0'));
  expect(briefly(cents)).toBe(brief.replaceAll(' ', '\u00a0'));
});

it.each<[string, number]>([
  ['1 234,50', 123_450],
  ['1 234,50 €', 123_450],
  ['1234,5', 123_450],
  [' 58 248 ', 5_824_800],
  ['0,05', 5],
  ['007', 700],
  ['12 euros', 1200],
  ['999 999 999,99', largest],
])('reads %j as typed', (text, cents) => expect(readTyped(text)).toEqual({ cents }));

it.each([
  ['', 'missing'],
  [' € ', 'missing'],
  ['1234.50', 'point'],
  ['1.234', 'point'],
  ['1.234,50', 'point'],
  ['-5', 'negative'],
  ['−5', 'negative'],
  ['1,2,3', 'unclear'],
  ['12 34', 'unclear'],
  ['1 2345', 'unclear'],
  ['douze', 'unclear'],
  [',50', 'unclear'],
  ['1,234', 'decimals'],
  ['1,2345', 'decimals'],
  ['1000000000', 'tooLarge'],
  ['99999999999999999999', 'tooLarge'],
])('refuses %j: %s', (text, wrong) => expect(readTyped(text)).toEqual({ wrong }));

it.each([0, 7, 123_450, largest])('reads what it put in a field itself: %i', (cents) =>
  expect(readTyped(typedOf(cents))).toEqual({ cents }),
);

it('adds and subtracts to the cent, and never past what it can count', () => {
  expect(add(882_192, -661_644)).toBe(220_548);
  expect(subtract(882_192, 661_644)).toBe(220_548);
  expect(add()).toBe(0);
  expect(() => add(Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
  expect(() => subtract(-Number.MAX_SAFE_INTEGER, 1)).toThrow(RangeError);
});
