import { expect, it } from 'vitest';
import { offer } from './made';
import { daysLeft, kmOf, parted, standsAt } from './offers';

const now = new Date('2026-11-22T10:00:00+01:00');

it('puts those that wait first, the first to expire on top, then the latest answers', () => {
  const { waiting, past } = parted(
    [
      offer('long'),
      offer('early', { state: 'declined', answeredAt: '2026-11-01T09:00:00Z' }),
      offer('over', { expiresAt: '2026-11-21T09:00:00Z' }),
      offer('soon', { expiresAt: '2026-11-23T09:00:00Z' }),
      offer('late', { state: 'accepted', answeredAt: '2026-11-22T08:00:00Z' }),
    ],
    now,
  );
  expect(waiting.map(({ id }) => id)).toEqual(['soon', 'long']);
  expect(past.map(({ id }) => id)).toEqual(['late', 'over', 'early']);
});

it('says expired what is past its end, and leaves answers as they are', () => {
  const over = { expiresAt: '2026-11-22T09:00:00Z' };
  expect(standsAt(offer('a', over), now)).toBe('expired');
  expect(standsAt(offer('a', { ...over, state: 'accepted' }), now)).toBe('accepted');
});

it.each([
  ['2026-11-22T22:59:00Z', 0],
  ['2026-11-22T23:01:00Z', 1], // the night in Paris has come
  ['2026-12-04T08:00:00Z', 12],
])('counts the days of Paris to %s', (end, want) => expect(daysLeft(end, now, 'Europe/Paris')).toBe(want));

it.each([
  [{ metres: 3200, unlocated: false }, 3],
  [{ metres: 200, unlocated: false }, 1],
  [{ metres: 0, unlocated: false }, undefined],
  [{ metres: 0, unlocated: true }, undefined],
])('tells %j in kilometres', (far, want) => expect(kmOf(far)).toBe(want));
