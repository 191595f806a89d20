import { expect, it } from 'vitest';
import { forbids, matching } from './choices';
import { compared } from './compare';
import { blank } from './draft';
import { base64 } from '../forms/base64';
import { wrongIn } from './file';
import type { Choice, Hurdle, MTRequest } from './kinds';
import { missingIn } from './missing';

const names: Record<string, string> = { a: 'Dr Ada Martin', b: 'Dr Éloïse Garde', c: 'Dr Gaël Martin' };
const choice = (practitioner: string, hurdle?: Hurdle): Choice => ({
  practitioner,
  metres: 0,
  unlocated: false,
  known: false,
  left: 1,
  hurdle,
});
const found = (typed: string) =>
  matching([choice('a', 'full'), choice('b', 'too_far'), choice('c')], typed, (id) => names[id]!).map(
    ({ practitioner }) => practitioner,
  );

it('lists who may be asked first, near ones before far ones', () =>
  expect(found('')).toEqual(['b', 'c', 'a']));
it('finds a doctor without minding accents', () => expect(found('eloise')).toEqual(['b']));
it('finds all of a name', () => expect(found('MARTIN')).toEqual(['c', 'a']));

it.each<[Hurdle | undefined, boolean]>([
  ['full', true],
  ['paused', true],
  ['refused', true],
  ['too_far', false],
  ['no_home_visits', false],
  [undefined, false],
])('%s forbids an offer: %s', (hurdle, want) => expect(forbids(hurdle)).toBe(want));

it('asks for what was not told, criteria first', () => {
  const draft = blank('', '', 'cpam');
  expect(missingIn(draft)).toEqual(['criteria', 'phone', 'chronicDisease', 'medication']);
  expect(missingIn({ ...draft, criteria: ['ald'], phone: '01 99 00 12 34', medication: 'aucun' })).toEqual([
    'chronicDisease',
  ]);
});

it('compares two requests line by line and leaves out what neither says', () => {
  const one = {
    state: 'received',
    origin: 'cpam',
    since: '2026-11-02',
    commune: '91421',
    criteria: [],
    homeVisits: false,
    patient: { family: 'Fictif', phone: '+33199001234' },
    birthYear: 1952,
  } as unknown as MTRequest;
  const other = {
    ...one,
    origin: 'dac',
    patient: { family: 'fictif', phone: '01 99 00 12 34' },
  } as MTRequest;
  const lines = compared(one, other);
  expect(lines.filter(({ same }) => !same).map(({ label }) => label)).toEqual(['Origine']);
  expect(lines.map(({ label }) => label)).not.toContain('Adresse');
});

it('sends a file as it is, however long', () => {
  expect(base64(new Uint8Array([0xef, 0xbb, 0xbf, 0x41]))).toBe('77u/QQ==');
  const long = new Uint8Array(100_000).fill(65);
  expect(atob(base64(long))).toHaveLength(100_000);
});

it.each([
  [undefined, 'Choisissez'],
  [{ size: 0 }, 'vide'],
  [{ size: 2_000_000 }, '1 Mo'],
  [{ size: 12 }, ''],
])('says what is wrong with %j', (file, said) => expect(wrongIn(file)).toContain(said));
