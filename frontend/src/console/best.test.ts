import { describe, expect, it } from 'vitest';
import { isFree, refilled } from './best';
import { noon, slot } from './made';

describe('the numbered proposals', () => {
  const all = () => true;

  it('are the best of the search', () => {
    expect(refilled([], ['a', 'b', 'c'], all, 2)).toEqual(['a', 'b']);
  });

  it('keep their number while they are free; only gaps are filled', () => {
    const free = (id: string) => id !== 'b';
    expect(refilled(['a', 'b', 'c'], ['x', 'a', 'c', 'y'], free, 3)).toEqual(['a', 'x', 'c']);
  });

  it('close up when nothing is left to fill a gap', () => {
    expect(refilled(['a', 'b', 'c'], [], (id) => id === 'c', 3)).toEqual(['c']);
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
