import { expect, it } from 'vitest';
import { read, write, type Place } from './place';

it.each<[string, Place]>([
  ['#remplissage', { section: 'remplissage', preset: 'season' }],
  ['#couverture?periode=semaine', { section: 'couverture', preset: 'week' }],
  ['#appels?periode=mois', { section: 'appels', preset: 'month' }],
  [
    '#demandes?du=2026-11-01&au=2026-11-15',
    { section: 'demandes', preset: 'own', own: { from: '2026-11-01', to: '2026-11-15' } },
  ],
])('%s is a place and its address', (hash, place) => {
  expect(read(hash)).toEqual(place);
  expect(write(place)).toBe(hash);
});

it.each([
  ['', 'ensemble'],
  ['#', 'ensemble'],
  ['#heures?du=2026-11-15&au=2026-11-01', 'heures'],
])('%j opens %s over the season', (hash, section) =>
  expect(read(hash)).toEqual({ section, preset: 'season' }),
);

it('leaves the addresses of others alone', () => expect(read('#content')).toBeUndefined());
