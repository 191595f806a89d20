import { describe, expect, it } from 'vitest';
import { noon, slot } from './made';
import {
  birthDateOf,
  birthDateText,
  distanceWords,
  initialsOf,
  momentWords,
  phoneText,
  territoryShort,
  whenWords,
} from './words';

const zone = 'Europe/Paris';
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('when', () => {
  it.each([
    [-5, 'déjà commencé'],
    [1, 'maintenant'],
    [40, 'dans 40 min'],
    [60, 'dans 1 h'],
    [125, 'dans 2 h 05'],
    [20 * 60 + 30, 'demain à 8 h 30'],
  ])('%i minutes from noon is "%s"', (minutes, words) => {
    expect(plain(whenWords(slot('s', minutes).start, noon, zone))).toBe(words);
  });

  it('names a moment that stays true', () => {
    expect(plain(momentWords(slot('s', 15).start, noon, zone))).toBe('aujourd’hui à 12 h 15');
  });
});

describe('how far', () => {
  it.each([
    [{ km: 6.2, approximate: false }, '6 km à vol d’oiseau'],
    [{ km: 6.2, approximate: true }, 'environ 6 km à vol d’oiseau'],
    [{ km: 0.4, approximate: false }, 'moins de 1 km à vol d’oiseau'],
    [{ km: 0, approximate: false }, 'dans sa commune'],
    [{ approximate: false }, 'distance inconnue'],
  ])('%j is "%s"', (near, words) => expect(plain(distanceWords(near))).toBe(words));
});

it.each([
  ['Léa Morel', 'LM'],
  ['Dr Ada Martin', 'AM'],
  ['Anne-Lise Petit', 'AP'],
  ['Camille (simulation)', 'CA'],
])('initials of %s are %s', (name, initials) => expect(initialsOf(name)).toBe(initials));

it.each([
  ['CPTS du Bocage', 'Bocage'],
  ['CPTS d’essai', 'essai'],
  ['CPTS de la Vallée', 'Vallée'],
  ['CPTS Sénart', 'Sénart'],
  ['Littoral', 'Littoral'],
])('the territory %s is %s on a row', (name, short) => expect(territoryShort(name)).toBe(short));

it.each([
  ['04/09/1962', '1962-09-04'],
  ['4 9 1962', '1962-09-04'],
  ['04091962', '1962-09-04'],
  ['31/02/1990', undefined],
  ['04/09/62', undefined],
  ['', undefined],
])('a birth date typed %j is %s', (text, date) => expect(birthDateOf(text)).toBe(date));

it('writes dates and telephone numbers as people read them', () => {
  expect(birthDateText('1962-09-04')).toBe('04/09/1962');
  expect(plain(phoneText('+33199000012'))).toBe('01 99 00 00 12');
  expect(phoneText('+4420')).toBe('+4420');
});
