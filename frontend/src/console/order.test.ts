import { describe, expect, it } from 'vitest';
import { commune, noon, practitioner, slot } from './made';
import { nearnessOf } from './nearness';
import { keepOrder, nearerCount, orderFor } from './order';

const here = commune('here', 0);
const of = (id: string, minutes = 30, change = {}) =>
  slot(`s-${id}`, minutes, { practitioner: id, ...change });

describe('the order of the board', () => {
  it('is by distance to the caller, unknown last', () => {
    const people = [practitioner('lost'), practitioner('far', 12), practitioner('near', 3)];
    const slots = people.map((p) => of(p.id));
    expect(orderFor(people, slots, { commune: here }, noon)).toEqual(['near', 'far', 'lost']);
  });

  it('puts the own médecin traitant first, without slots too', () => {
    const people = [practitioner('near', 1), practitioner('own', 20)];
    const order = orderFor(people, [of('near')], { commune: here, mtRpps: 'rpps-own' }, noon);
    expect(order).toEqual(['own', 'near']);
  });

  it('leaves out who publishes nothing', () => {
    expect(orderFor([practitioner('idle', 1)], [], { commune: here }, noon)).toEqual([]);
  });

  it('is by first free slot ahead when no commune is known', () => {
    const people = [practitioner('full'), practitioner('late'), practitioner('soon')];
    const slots = [of('full', 5, { free: 0, booked: 1 }), of('late', 90), of('soon', -60), of('soon', 20)];
    expect(orderFor(people, slots, {}, noon)).toEqual(['soon', 'late', 'full']);
  });

  it('settles an equal distance by first free slot, then by name', () => {
    const people = [practitioner('b', 2), practitioner('a', 2), practitioner('c', 2)];
    const slots = [of('a', 60), of('b', 60), of('c', 10)];
    expect(orderFor(people, slots, { commune: here }, noon)).toEqual(['c', 'a', 'b']);
  });
});

describe('an equal distance and hour', () => {
  it('is settled by family name, whatever the title and given name', () => {
    const people = [
      practitioner('1', 2, { name: 'Dr Ada Zola', family: 'Zola' }),
      practitioner('2', 2, { name: 'Dr Zoé Érable', family: 'Érable' }),
      practitioner('3', 2, { name: 'Dr Max Frêne', family: 'Frêne' }),
    ];
    const slots = people.map((p) => of(p.id));
    expect(orderFor(people, slots, { commune: here }, noon)).toEqual(['2', '3', '1']);
  });
});

describe('nearness', () => {
  it('is that of the nearest location', () => {
    const [far, near] = [practitioner('p', 30), practitioner('p', 4)];
    const both = { ...far, locations: [...far.locations, ...near.locations] };
    expect(nearnessOf(both, { commune: here }).km).toBeCloseTo(4, 1);
  });

  it('is zero in the caller’s own commune, even without a point', () => {
    expect(nearnessOf(practitioner('p', undefined, {}, 'here'), { commune: here }).km).toBe(0);
  });

  it('says when a point was borrowed', () => {
    const near = nearnessOf(practitioner('p', 4), { commune: { ...here, approximate: true } });
    expect(near.approximate).toBe(true);
  });
});

describe('during a call', () => {
  it('rows keep their place and newcomers wait at the end', () => {
    expect(keepOrder(['b', 'c'], ['a', 'b', 'd'])).toEqual(['b', 'c', 'a', 'd']);
  });

  it('offers the new order only for newcomers nearer than a row above', () => {
    expect(nearerCount(['b', 'c', 'a', 'd'], 2, ['a', 'b', 'c', 'd'])).toBe(1);
    expect(nearerCount(['b', 'c', 'd'], 2, ['b', 'c', 'd'])).toBe(0);
  });

  it('offers nothing when settled rows would merely change places', () => {
    expect(nearerCount(['b', 'a'], 2, ['a', 'b'])).toBe(0);
  });
});
