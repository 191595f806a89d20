import { describe, expect, it } from 'vitest';
import { givenOf, mustConfirm, placesOf, sameWishes, standingOf, wishesOf } from './capacity';
import { capacity } from './made';

describe('what stands in the form', () => {
  it('is what was declared last, even in a past quarter', () =>
    expect(wishesOf(capacity({ current: false, places: 5, criteria: ['ald'] }))).toEqual({
      places: 5,
      criteria: ['ald'],
      communes: [],
      homeVisits: false,
    }));

  it('is two patients for who never said', () => expect(wishesOf().places).toBe(2));
});

it.each([
  [undefined, 'never', false],
  [capacity({ current: false }), 'past', true],
  [capacity({ current: false, paused: true }), 'past', false],
  [capacity(), 'current', false],
] as const)('knows where a declaration stands (%#)', (declared, standing, asks) => {
  expect(standingOf(declared)).toBe(standing);
  expect(mustConfirm(declared)).toBe(asks);
});

it('counts what is given already', () => {
  expect(givenOf(capacity({ pending: 2, taken: 1 }))).toBe(3);
  expect(givenOf()).toBe(0);
});

it.each([
  ['3', 3],
  [' 12 ', 12],
  ['0', 0],
  ['200', 200],
  ['201', Number.NaN],
  ['999', Number.NaN],
  ['2.5', Number.NaN],
  ['2,5', Number.NaN],
  ['-1', Number.NaN],
  ['1e2', Number.NaN],
  ['', Number.NaN],
])('reads %j typed as %d places', (typed, want) => expect(placesOf(typed)).toBe(want));

it('knows wishes again, in whatever order they were chosen', () => {
  const wishes = wishesOf(capacity({ criteria: ['ald', 'c2s'], communes: ['91114', '91215'] }));
  expect(sameWishes(wishes, { ...wishes, criteria: ['c2s', 'ald'] })).toBe(true);
  expect(sameWishes(wishes, { ...wishes, communes: ['91114'] })).toBe(false);
  expect(sameWishes(wishes, { ...wishes, places: 9 })).toBe(false);
  expect(sameWishes(wishes, { ...wishes, places: Number.NaN })).toBe(false);
  expect(sameWishes(wishes, { ...wishes, homeVisits: true })).toBe(false);
});
