import { describe, expect, it } from 'vitest';
import type { ObjectiveTarget } from './kinds';
import { absolute } from './objective.build';
import { decided, pathOf } from './target';

const changes = (kind: 'of_baseline' | 'of_previous', ...values: string[]): ObjectiveTarget[] =>
  values.map((value) => ({ kind, value }));
const whole = (path: (number | undefined)[]) => path.map((figure) => figure && figure / 1000);

describe('the targets of Bocage Bressuirais', () => {
  it('are the figures decided', () => {
    const path = pathOf(5_280_000, absolute('5000', '4500', '4000', '3500', '2500'), 'count');
    expect(whole(path)).toEqual([5000, 4500, 4000, 3500, 2500]);
  });

  it('are shares of the start, rounded once', () => {
    const path = pathOf(631_000, changes('of_baseline', '-10', '-10', '-20', '-20', '-20'), 'count');
    expect(whole(path)).toEqual([568, 568, 505, 505, 505]);
  });

  it('are compounded from year to year without rounding in between', () => {
    const path = pathOf(1_635_000, changes('of_previous', '5', '5', '5', '5', '5'), 'count');
    expect(whole(path)).toEqual([1717, 1803, 1893, 1987, 2087]);
  });
});

it('a year without a target has none, and the next one goes on from the last', () => {
  const targets: ObjectiveTarget[] = [{ kind: 'absolute', value: '100' }, { kind: 'none' }];
  targets.push(...changes('of_previous', '10', '-100', '5'));
  expect(whole(pathOf(50_000, targets, 'count'))).toEqual([100, undefined, 110, 0, 0]);
});

it('percentages keep a tenth, halves away from zero', () => {
  expect(pathOf(74_700, changes('of_baseline', '5', '10', '0', '-1', '2'), 'percent')).toEqual([
    78_400, 82_200, 74_700, 74_000, 76_200,
  ]);
});

it('are told as they were decided', () => {
  expect(decided({ kind: 'of_baseline', value: '-10' }, 'count')).toBe('10\u00a0% de moins que le départ');
  expect(decided({ kind: 'of_previous', value: '5' }, 'count')).toBe('5\u00a0% de plus que l’année d’avant');
  expect(decided({ kind: 'of_baseline', value: '0' }, 'count')).toBe('comme le départ');
  expect(decided({ kind: 'absolute', value: '74.7' }, 'percent')).toBe('74,7\u00a0%');
  expect(decided({ kind: 'none' }, 'count')).toBe('–');
});
