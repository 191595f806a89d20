import { expect, it } from 'vitest';
import { m } from './messages';
import { spaced, withSpaces } from './spaces';

it.each([
  ['Venu ou pas venu ?', 'Venu ou pas venu\u202f?'],
  ['Refusé : « non » ; tant pis !', 'Refusé\u202f: «\u202fnon\u202f»\u202f; tant pis\u202f!'],
  ['de 9:00 à 10:00', 'de 9:00 à 10:00'],
  ['de 5 h 00 à 8 h', 'de 5\u00a0h\u00a000 à 8\u00a0h'],
])('%s', (text, want) => expect(spaced(text)).toBe(want));

it('reaches every text of a catalogue, lists and functions included', () => {
  const words = withSpaces({
    plain: 'a : b',
    deep: { list: ['c ?'], told: (name: string) => `${name} : venu.` },
  });
  expect(words.plain).toBe('a\u202f: b');
  expect(words.deep.list).toEqual(['c\u202f?']);
  expect(words.deep.told('Anne')).toBe('Anne\u202f: venu.');
});

it('is applied to the shared catalogue', () =>
  expect(m.reasons['account.locked']).toContain('essais\u202f: ce compte'));
