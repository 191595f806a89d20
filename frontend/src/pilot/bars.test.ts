import { describe, expect, it } from 'vitest';
import { cut, lines, lying, standing, type Bar } from './bars';

const bar = (...values: number[]): Bar => ({ key: values.join(), name: 'Dr Ada Modèle', values, words: '' });

describe('bars', () => {
  it('stand on the ground line, each part on the one below', () => {
    const shape = standing([bar(3, 2), bar(0, 5)], 600, 16);
    const [taken, free] = [shape.box(0, 0), shape.box(0, 1)];
    expect(taken.y + taken.height).toBeCloseTo(shape.y(0));
    expect(free.y + free.height).toBeCloseTo(taken.y);
    expect(shape.box(1, 0).height).toBe(0);
  });
  it('stay inside their picture', () => {
    const shape = standing([bar(430)], 600, 16);
    expect(shape.box(0, 0).y).toBeGreaterThanOrEqual(shape.edge.top);
    const wide = lying([bar(430, 20)], 300, 16);
    const last = wide.box(0, 1);
    expect(last.x + last.width).toBeLessThan(300);
  });
  it('lie in proportion', () => {
    const shape = lying([bar(8), bar(4)], 600, 16);
    expect(shape.box(1, 0).width).toBeCloseTo(shape.box(0, 0).width / 2);
  });
  it('have room for their names however narrow', () => {
    for (const bars of [1, 20, 60]) {
      const { every, x } = standing(
        Array.from({ length: bars }, () => bar(1)),
        300,
        16,
      );
      expect(every === 1 && bars === 1 ? 64 : x(every) - x(0)).toBeGreaterThanOrEqual(63);
    }
  });
});

it.each([
  ['Dr Ada Modèle', 200, 'Dr Ada Modèle'],
  ['Maison de santé pluriprofessionnelle', 100, 'Maison de s…'],
])('%s in %i px', (name, width, want) => expect(cut(name, width, 16)).toBe(want));

it.each([
  ['Dr Ada Modèle', 200, ['Dr Ada Modèle']],
  ['Dr Clémence Bourgeois', 120, ['Dr Clémence', 'Bourgeois']],
  ['21 sept.', 40, ['21', 'sept.']],
  ['Dr Paul Le Goff-Kerguelen', 120, ['Dr Paul Le', 'Goff-Kerguelen']],
  ['Maisonneuve', 40, ['Mais…']],
])('%s in %i px is on lines of its own', (name, width, want) => expect(lines(name, width, 16)).toEqual(want));
