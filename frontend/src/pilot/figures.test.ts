import { describe, expect, it } from 'vitest';
import { axisName, rowName, scale, share } from './figures';

describe('figures in words', () => {
  it('says a share in whole per cent', () => expect(share(0.594)).toBe('59\u00a0%'));
  it('says no value as a dash, not as zero', () => expect(share(null)).toBe('–'));
  it('names days', () => expect(rowName({ key: '2026-11-23', label: 'x' }, 'day')).toBe('lun. 23 nov.'));
  it('names days shortly on an axis', () =>
    expect(axisName({ key: '2026-11-23', label: 'x' }, 'day')).toBe('23 nov.'));
  it('keeps the label of a practitioner', () =>
    expect(rowName({ key: 'p', label: 'Dr A' }, 'practitioner')).toBe('Dr A'));
});

describe('scales', () => {
  it.each([
    [20, [0, 5, 10, 15, 20]],
    [22, [0, 5, 10, 15, 20, 25]],
    [3, [0, 1, 2, 3]],
    [0, [0]],
    [430, [0, 100, 200, 300, 400, 500]],
  ])('up to %i', (max, want) => expect(scale(max)).toEqual(want));
});
