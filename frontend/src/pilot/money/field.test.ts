import { expect, it } from 'vitest';
import { amountIn } from './field';

it('takes an amount within its limits', () =>
  expect(amountIn('66,16', { most: 6616 })).toEqual({ cents: 6616 }));

it('says what is too much, and how much would do', () =>
  expect(amountIn('66,17', { most: 6616 }).wrong).toBe('Au plus 66,16\u00a0€.'));

it('asks for more than zero, unless zero is an answer', () => {
  expect(amountIn('0').wrong).toMatch(/au-dessus de zéro/);
  expect(amountIn('0', { zero: true })).toEqual({ cents: 0 });
});

it('lets an empty field be where it may', () => {
  expect(amountIn('', { optional: true })).toEqual({});
  expect(amountIn('').wrong).toBe('Indiquez un montant.');
});
