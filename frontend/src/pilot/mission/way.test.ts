import { expect, it } from 'vitest';
import { objective } from './objective.build';
import { lineOf, marksOf, shapeOf } from './way';

it('puts higher figures higher and later years further right', () => {
  const marks = marksOf(objective({}, [{ counts: '5100' }, { counts: '4700' }]));
  const shape = shapeOf(marks, 400, 16);
  expect(shape.y(5_280_000)).toBeLessThan(shape.y(2_500_000));
  expect(shape.x(0)).toBeLessThan(shape.x(1));
  expect(shape.x(5)).toBeLessThan(400);
  expect(shape.y(2_500_000)).toBeCloseTo(shape.ground);
});

it('shows a measure only where another figure counts', () => {
  const { counted, measured } = marksOf(
    objective({}, [
      { counts: '5100', measured: '5100' },
      { counts: '4700', measured: '4650' },
    ]),
  );
  expect(counted).toEqual([
    { year: 1, figure: 5_100_000 },
    { year: 2, figure: 4_700_000 },
  ]);
  expect(measured).toEqual([{ year: 2, figure: 4_650_000 }]);
});

it('lays figures that are all the same in the middle', () => {
  const targets = Array.from({ length: 5 }, () => ({ kind: 'none' as const }));
  const marks = marksOf(objective({ targets }));
  const shape = shapeOf(marks, 400, 16);
  expect(Number.isFinite(shape.y(5_280_000))).toBe(true);
  expect(lineOf([marks.start], shape)).toBe(`${shape.x(0)},${shape.y(5_280_000)}`);
});
