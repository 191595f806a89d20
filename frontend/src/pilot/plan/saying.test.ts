import { expect, it } from 'vitest';
import { distance, forbids, needs, whyNone, whyThis } from './saying';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

it.each([
  [0, false, 'dans la commune du patient'],
  [640, false, 'à moins de 1 km'],
  [4230, false, 'à 4,2 km'],
  [12_000, false, 'à 12 km'],
  [30_000, true, 'distance inconnue'],
])('%i m, unlocated %s: %s', (metres, unlocated, want) =>
  expect(plain(distance({ metres, unlocated }))).toBe(want),
);

it.each([
  [{ known: false, nearerFull: 0 }, 'à 4,2 km, le plus proche qui convient'],
  [{ known: true, nearerFull: 0 }, 'à 4,2 km, connaît déjà le patient'],
  [{ known: false, nearerFull: 1 }, 'à 4,2 km, 1 médecin plus proche est complet'],
  [{ known: false, nearerFull: 2 }, 'à 4,2 km, 2 médecins plus proches sont complets'],
  [
    { known: true, nearerFull: 2 },
    'à 4,2 km, connaît déjà le patient, 2 médecins plus proches sont complets',
  ],
])('says why this GP: %o', (line, want) =>
  expect(plain(whyThis({ metres: 4230, unlocated: false, ...line }))).toBe(want),
);

it('does not call the nearest one whose place is unknown', () =>
  expect(whyThis({ metres: 30_000, unlocated: true, known: false, nearerFull: 0 })).toBe(
    'distance inconnue',
  ));

it('says why nobody, the most frequent reason first', () => {
  expect(
    plain(
      whyNone(
        {
          hurdles: [
            { hurdle: 'full', gps: 12 },
            { hurdle: 'no_home_visits', gps: 5 },
            { hurdle: 'too_far', gps: 2 },
            { hurdle: 'refused', gps: 1 },
          ],
        },
        30,
      ),
    ),
  ).toBe(
    'Aucune place : 12 complets, 5 ne visitent pas à domicile, 2 à plus de 30 km, 1 a déjà dit non ou n’a pas répondu.',
  );
  expect(whyNone({ hurdles: [] }, 30)).toBe('Aucun médecin n’a déclaré de places.');
});

it('names first the criteria that made the tier', () => {
  expect(needs({ criteria: ['aged_70', 'ald', 'c2s'], because: ['ald'], homeVisits: true })).toEqual([
    'ALD',
    '70 ans et plus',
    'C2S ou AME',
    'à domicile',
  ]);
});

it('tells what forbids from what warns', () => {
  expect((['full', 'paused', 'refused'] as const).every(forbids)).toBe(true);
  expect((['too_far', 'commune', 'criteria', 'no_home_visits'] as const).some(forbids)).toBe(false);
  expect(forbids(undefined)).toBe(false);
});
