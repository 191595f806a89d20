import { describe, expect, it } from 'vitest';
import type { Slot } from '../api/types';
import { noon, slot } from './made';
import { merged, type Wishes } from './ranking';

const at = (id: string, delayMinutes: number, distanceKm?: number, change: Partial<Slot> = {}) => {
  const rank = {
    delayMinutes,
    approximate: false,
    ownMT: false,
    ...(distanceKm !== undefined && { distanceKm }),
  };
  return slot(id, delayMinutes, { rank, ...change });
};
const order = (answers: Slot[][], wishes: Partial<Wishes> = {}) =>
  merged(answers, { now: noon, delayMinutes: 0, located: true, ownMT: () => false, ...wishes }).map(
    ({ id }) => id,
  );

describe('the answers of several territories', () => {
  it('stand by delay and distance, wherever they come from', () => {
    expect(
      order([
        [at('a', 30, 0), at('b', 60, 0)],
        [at('c', 15, 2), at('d', 15, 20)],
      ]),
    ).toEqual(['c', 'a', 'b', 'd']);
  });

  it('begin with the own médecin traitant', () => {
    const ownMT = (slot: Slot) => slot.id === 'd';
    expect(order([[at('a', 30, 0)], [at('d', 300, 20)]], { ownMT })).toEqual(['d', 'a']);
  });

  it('end with what is at an unknown distance, a téléconsultation excepted', () => {
    const remote = at('r', 40, undefined, { modality: 'teleconsultation' });
    expect(order([[at('a', 5)], [at('b', 30, 1), remote]])).toEqual(['b', 'r', 'a']);
  });

  it('weigh twice what comes later than wished', () => {
    expect(order([[at('a', 130, 0)], [at('b', 110, 9)]], { delayMinutes: 120 })).toEqual(['b', 'a']);
    expect(order([[at('a', 130, 0)], [at('b', 110, 9)]])).toEqual(['a', 'b']);
  });

  it('stand by start while nothing is known of the caller', () => {
    expect(order([[slot('a', 45)], [slot('b', 15), slot('c', 60)]], { located: false })).toEqual([
      'b',
      'a',
      'c',
    ]);
  });
});

it('leaves the order of a single territory to the server', () => {
  expect(order([[at('a', 60, 9), at('b', 5, 0)]])).toEqual(['a', 'b']);
});
