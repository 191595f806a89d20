import { describe, expect, it } from 'vitest';
import { landing, pageAt, pagesOf } from './pages';

describe('after signing in', () => {
  it.each([
    ['a GP goes to the phone', ['gp'], null, '/phone'],
    ['a regulator goes to the console', ['regulator'], null, '/console'],
    ['a treasurer goes to the figures', ['treasurer'], null, '/pilot'],
    ['the page asked for wins when it is theirs', ['gp', 'coordinator'], '/pilot', '/pilot'],
    ['a page that is not theirs does not', ['gp'], '/pilot', '/phone'],
    ['nobody is sent elsewhere', ['gp'], 'https://example.org', '/phone'],
    ['several pages leave the choice', ['gp', 'coordinator'], null, undefined],
    ['no role leads nowhere', [], null, undefined],
  ] as const)('%s', (_, roles, asked, want) => expect(landing([...roles], asked)).toBe(want));

  it('counts a page once', () => expect(pagesOf(['admin', 'coordinator'])).toEqual(['pilot']));
});

it.each([
  ['/console', 'console'],
  ['/', undefined],
  ['/console/else', undefined],
])('%s shows %s', (address, want) => expect(pageAt(address)).toBe(want));
