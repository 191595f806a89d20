import { expect, it } from 'vitest';
import { keptAddress } from './shell';

const here = 'https://relais.example';
const shell = ['/phone', '/assets/phone-1.js', '/icon.svg'];

it.each([
  ['the page itself', 'GET', 'navigate', '/phone', '/phone'],
  ['the page with a shortcut', 'GET', 'navigate', '/phone?publier', '/phone'],
  ['a file of the page', 'GET', 'cors', '/assets/phone-1.js', '/assets/phone-1.js'],
  ['a file of another page', 'GET', 'cors', '/assets/console-1.js', undefined],
  ['another page', 'GET', 'navigate', '/console', undefined],
  ['an answer of the API, which may name patients', 'GET', 'cors', '/api/v1/bookings', undefined],
  ['a feed, opened as a page', 'GET', 'navigate', '/api/v1/feeds/x.ics', undefined],
  ['something sent', 'POST', 'cors', '/phone', undefined],
] as const)('%s', (_, method, mode, path, want) =>
  expect(keptAddress({ method, mode, url: here + path }, here, shell)).toBe(want),
);

it('leaves other origins alone', () =>
  expect(
    keptAddress({ method: 'GET', mode: 'cors', url: 'https://else.example/icon.svg' }, here, shell),
  ).toBe(undefined));
