import { describe, expect, it } from 'vitest';
import { figureOf, said, shareOf, thousandths, told, typedFigure, typedIn } from './figure';

describe('a figure', () => {
  it.each([
    ['74.7', 74_700],
    ['5280', 5_280_000],
    ['-10', -10_000],
    ['0.001', 1],
    ['0', 0],
  ])('%s of the wire is %i thousandths, and back', (figure, size) => {
    expect(thousandths(figure)).toBe(size);
    expect(figureOf(size)).toBe(figure);
  });

  it.each(['1e3', '01', '1.', '.5', '1.0001', '', '12345678901'])('%j is none', (text) => {
    expect(() => thousandths(text)).toThrow(RangeError);
  });

  it('is told the French way', () => {
    expect(told('5280')).toBe('5\u202f280');
    expect(told('74.7', 'percent')).toBe('74,7\u00a0%');
    expect(told('50.0', 'percent')).toBe('50\u00a0%');
    expect(said(-10_000, 'percent')).toBe('−10\u00a0%');
  });

  it.each([
    ['74,7', 74_700],
    ['5 280', 5_280_000],
    ['5\u202f280', 5_280_000],
    ['1 234 567,5', 1_234_567_500],
    ['−10', -10_000],
    ['+5', 5_000],
    [' 12 ', 12_000],
  ])('is read from %j as typed', (text, size) => expect(typedFigure(text)).toBe(size));

  it.each(['74.7', '5.280', '5,280,1', '52 80', '1,0001', 'douze', '', '--1', '10 000 000 000'])(
    'is not guessed from %j',
    (text) => expect(typedFigure(text)).toBeUndefined(),
  );

  it('takes the sign of a percentage behind it, where it is one', () => {
    expect(typedIn('5 %', 'percent')).toBe(5000);
    expect(typedIn('−2,5\u00a0%', 'percent')).toBe(-2500);
    expect(typedIn('5 %', 'count')).toBeUndefined();
  });

  it('cuts an achieved share at a tenth of a per cent: 100 % is all of it', () => {
    expect(shareOf('0.999')).toBe('99,9\u00a0%');
    expect(shareOf('1')).toBe('100\u00a0%');
    expect(shareOf('0')).toBe('0\u00a0%');
  });
});
