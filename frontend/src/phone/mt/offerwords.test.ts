import { describe, expect, it } from 'vitest';
import { who, textsOf } from './identity';
import { offer } from './made';
import { farWords, fullDay, leftWords } from './offerwords';

const now = new Date('2026-11-22T10:00:00+01:00');
const place = { communeName: (insee?: string) => (insee === '91114' ? 'Brunoy' : undefined) };
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

it.each([
  ['2026-11-22T14:05:00+01:00', 'À répondre aujourd’hui avant 14 h 05'],
  ['2026-11-23T00:00:00+01:00', 'À répondre aujourd’hui'],
  ['2026-11-23T14:05:00+01:00', 'À répondre d’ici demain 14 h 05'],
  ['2026-11-24T00:00:00+01:00', 'À répondre d’ici demain soir'],
  ['2026-12-06T00:00:00+01:00', 'Encore 13 jours pour répondre, jusqu’au samedi 5 décembre'],
])('says until when %s waits', (expiresAt, want) =>
  expect(plain(leftWords({ expiresAt }, now, 'Europe/Paris'))).toBe(want),
);

it.each([
  [offer('a'), 'à 3 km à vol d’oiseau'],
  [offer('a', { metres: 0 }), 'dans votre commune'],
  [offer('a', { metres: 0, unlocated: true }), 'distance inconnue'],
])('says how far (%#)', (one, want) => expect(plain(farWords(one))).toBe(want));

it('names the first of a month as French does', () =>
  expect(fullDay('1962-09-01')).toBe('1er septembre 1962'));

describe('a patient', () => {
  const request = {
    patient: { family: 'Fictif', given: 'Jeanne', birthDate: '1948-09-04', address: '3 rue des Lilas' },
    chronicDisease: 'Diabète',
    consent: { on: '2026-11-02', collector: 'Léa Morel' },
  } as ReturnType<typeof offer>['request'];

  it('is an age and a commune before they are accepted', () => {
    expect(who(offer('a'), place)).toEqual({ name: '78 ans · Brunoy' });
    expect(textsOf(offer('a', { synthesis: 'Vit seule.' }), place).map(({ text }) => plain(text))).toEqual([
      'Brunoy (à 3 km à vol d’oiseau)',
      'ALD, 70 ans et plus',
      'Peut venir au cabinet',
      'Vit seule.',
    ]);
  });

  it('has a name and everything known after', () => {
    const accepted = offer('a', { state: 'accepted', request });
    expect(who(accepted, place)).toEqual({
      name: 'Jeanne FICTIF',
      born: 'Né(e) le 4 septembre 1948 · 78 ans',
    });
    const texts = textsOf(accepted, place).map(({ text }) => plain(text));
    expect(texts[0]).toBe('3 rue des Lilas, Brunoy (à 3 km à vol d’oiseau)');
    expect(texts).toContain('Diabète');
    expect(texts).toContain('Recueilli par Léa Morel le 2 novembre 2026');
  });
});
