import { describe, expect, it } from 'vitest';
import { axisFor, daysOf, hoursOf, timeAt, xOf } from './axis';

const hour = 3_600_000;
const at = (h: number, day = 23) => Date.parse(`2026-11-${day}T00:00:00Z`) + h * hour;
const from = at(14);
const busy = (...hours: [number, number, number?][]) =>
  hours.map(([a, b, day]) => ({ from: at(a, day), to: at(b, day) }));
const axis = (stretches: { from: number; to: number }[], to = at(24, 24)) =>
  axisFor({ from, to, busy: stretches, pixelsPerHour: 100, foldAfter: 3, foldWidth: 50 });

describe('the axis of time', () => {
  it('gives every minute its place', () => {
    const a = axis(busy([14, 24], [0, 24, 24]));
    expect(xOf(a, at(14.25))).toBe(25);
    expect(xOf(a, at(20))).toBe(600);
    expect(timeAt(a, 250)).toBe(at(16.5));
  });

  it('folds a night into a narrow band', () => {
    const a = axis(busy([14, 20], [8, 12, 24]));
    expect(a.segments.map((s) => [s.folded, s.width])).toEqual([
      [false, 600],
      [true, 50],
      [false, 400],
    ]);
    expect(xOf(a, at(8, 24))).toBe(650);
    expect(xOf(a, at(2, 24))).toBe(625);
  });

  it('keeps a short pause open', () => {
    const a = axis(busy([14, 15], [17, 22]));
    expect(a.segments).toHaveLength(1);
  });

  it('ends with the last slot, six hours at least', () => {
    expect(axis(busy([14, 15])).to).toBe(at(20));
    expect(axis([]).width).toBe(600);
    expect(axis(busy([14, 22])).to).toBe(at(22));
  });

  it('begins on the half hour and cuts what lies outside', () => {
    const a = axisFor({ from: at(14.7), to: at(24), busy: busy([13, 15]), pixelsPerHour: 100 });
    expect(a.from).toBe(at(14.5));
    expect(xOf(a, at(13))).toBe(0);
    expect(xOf(a, at(40))).toBe(a.width);
  });

  it('goes there and back', () => {
    const a = axis(busy([14, 20], [8, 12, 24]));
    for (const x of [0, 17, 599, 650, 1049]) expect(xOf(a, timeAt(a, x))).toBeCloseTo(x, 6);
  });

  it('marks hours outside folds, and each day once', () => {
    const a = axis(busy([14, 16], [8, 9, 24]));
    expect(hoursOf(a).map(({ x }) => x)).toEqual([0, 100, 250]);
    const days = daysOf(a, (t) => new Date(t).toISOString().slice(0, 10));
    expect(days).toEqual([
      { day: '2026-11-23', x: 0 },
      { day: '2026-11-24', x: 250 },
    ]);
  });
});
