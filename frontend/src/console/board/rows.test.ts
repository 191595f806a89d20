import { describe, expect, it } from 'vitest';
import { noon, slot } from '../made';
import { moved, stepped } from './move';
import { rowOf, rowsFor } from './rows';

describe('rows', () => {
  it('hold a practitioner’s slots by start, those that ended left out', () => {
    const slots = [slot('b', 60), slot('a', 0), slot('gone', -60), slot('x', 0, { practitioner: 'other' })];
    const [row] = rowsFor(['p1'], slots, noon.getTime());
    expect(row!.slots.map((s) => s.id)).toEqual(['a', 'b']);
  });

  it('put overlapping slots in lanes of their own, and leave the others their whole height', () => {
    const range = slot('range', 0, { end: slot('', 120).end });
    const row = rowOf('p1', [range, slot('inside', 30), slot('later inside', 60), slot('after', 150)]);
    expect(row.lanes).toEqual([
      { lane: 0, of: 2 },
      { lane: 1, of: 2 },
      { lane: 1, of: 2 },
      { lane: 0, of: 1 },
    ]);
  });
});

describe('moving on the board', () => {
  const rows = [
    rowOf('p1', [slot('a1', 0), slot('a2', 60), slot('a3', 240)]),
    rowOf('p2', []),
    rowOf('p3', [slot('c1', 50), slot('c2', 200)]),
    rowOf('p4', [slot('d1', 0)]),
  ];

  it.each([
    ['a2', 'left', 'a1'],
    ['a1', 'left', 'a1'],
    ['a2', 'right', 'a3'],
    ['a3', 'right', 'a3'],
    ['a1', 'last', 'a3'],
    ['a3', 'first', 'a1'],
    ['a2', 'down', 'c1'],
    ['a3', 'down', 'c2'],
    ['c2', 'up', 'a3'],
    ['a1', 'up', 'a1'],
    ['d1', 'down', 'd1'],
    ['a1', 'pageDown', 'd1'],
    ['d1', 'pageUp', 'a1'],
  ] as const)('from %s %s leads to %s', (cursor, direction, to) => {
    expect(moved(rows, cursor, direction)).toBe(to);
  });

  it('begins at the first slot when nothing is chosen, or what was chosen is gone', () => {
    expect(moved(rows, undefined, 'down')).toBe('a1');
    expect(moved(rows, 'gone', 'right')).toBe('a1');
    expect(moved([rowOf('p2', [])], undefined, 'down')).toBeUndefined();
  });
});

describe('next and previous free', () => {
  it('follow the ranking and stay at its ends', () => {
    const ranked = ['x', 'y', 'z'];
    expect(stepped(ranked, undefined, 1)).toBe('x');
    expect(stepped(ranked, 'x', 1)).toBe('y');
    expect(stepped(ranked, 'z', 1)).toBe('z');
    expect(stepped(ranked, 'off the list', -1)).toBe('z');
    expect(stepped([], 'x', 1)).toBeUndefined();
  });
});
