import { expect, it } from 'vitest';
import { abroadOf } from './abroad';
import { commune, slot } from './made';

const territory = (...insees: string[]) => ({ communes: insees.map((insee) => commune(insee, 0)) });
const at = (distanceKm: number, change = {}) =>
  slot(`s-${distanceKm}`, 30, {
    rank: { distanceKm, delayMinutes: 30, approximate: false, ownMT: false },
    ...change,
  });

it.each([
  ['of a territory shown, near a slot', 'a', [at(12), at(80)], { outside: false }],
  ['of the second territory shown', 'b', [at(3)], { outside: false }],
  ['of no territory shown', 'z', [at(9)], { outside: true }],
  ['far from every slot', 'a', [at(62), at(51)], { outside: false, farKm: 51 }],
  [
    'whose only near slot is remote',
    'z',
    [at(0, { modality: 'teleconsultation' }), at(70)],
    { outside: true, farKm: 70 },
  ],
  ['without any slot, or any distance', 'a', [slot('s', 30)], { outside: false }],
])('a commune %s', (_, insee, found, expected) => {
  expect(abroadOf([territory('a'), territory('b')], found, insee)).toEqual(expected);
});
