import { describe, expect, it } from 'vitest';
import { isFree, numbered } from './best';
import { noon, slot } from './made';

describe('the numbered proposals', () => {
  const all = () => true;

  it('are the best of the search', () => {
    expect(numbered([], ['a', 'b', 'c'], all, 2, false)).toEqual(['a', 'b']);
  });

  it('are in rank order again when one of them goes', () => {
    const free = (id: string) => id !== 'b';
    expect(numbered(['a', 'b', 'c'], ['x', 'a', 'b', 'c'], free, 3, false)).toEqual(['x', 'a', 'c']);
  });

  it('keep their numbers in the middle of a hold, gone or not', () => {
    const free = (id: string) => id !== 'b';
    expect(numbered(['a', 'b', 'c'], ['x', 'a', 'c'], free, 3, true)).toEqual(['a', 'b', 'c']);
  });

  it('begin in the middle of a hold too, after a reload', () => {
    expect(numbered([], ['a', 'b'], all, 3, true)).toEqual(['a', 'b']);
  });
});

describe('a seat can be had', () => {
  it.each([
    ['free and ahead', slot('s', 10), true],
    ['full', slot('s', 10, { free: 0 }), false],
    ['withdrawn', slot('s', 10, { withdrawn: true }), false],
    ['begun', slot('s', 0), false],
    ['unknown', undefined, false],
  ])('%s', (_, given, expected) => expect(isFree(given, noon)).toBe(expected));
});
