import { describe, expect, it } from 'vitest';
import { isOpenTo, landing, pageAt, pagesOf, reportsOnly } from './pages';

describe('after signing in', () => {
  it.each([
    ['a GP goes to the phone', ['gp'], null, '/phone'],
    ['a regulator goes to the console', ['regulator'], null, '/console'],
    ['a treasurer goes to the figures', ['treasurer'], null, '/pilot'],
    ['the page asked for wins when it is theirs', ['gp', 'coordinator'], '/pilot', '/pilot'],
    ['a page that is not theirs does not', ['gp'], '/console', '/phone'],
    ['a professional lands where patients are reported', ['professional'], null, '/pilot'],
    ['a professional who comes for the slots sees them', ['professional'], '/console', '/console'],
    ['a GP who comes to report does', ['gp'], '/pilot', '/pilot'],
    ['a GP who coordinates chooses among their two', ['gp', 'coordinator', 'professional'], null, undefined],
    ['a treasurer is not taken to the console', ['treasurer'], '/console', '/pilot'],
    ['nobody is sent elsewhere', ['gp'], 'https://example.org', '/phone'],
    ['several pages leave the choice', ['gp', 'coordinator'], null, undefined],
    ['no role leads nowhere', [], null, undefined],
  ] as const)('%s', (_, roles, asked, want) => expect(landing([...roles], asked)).toBe(want));

  it.each([
    [['professional'], true],
    [['gp'], true],
    [['regulator'], true],
    [['gp', 'coordinator'], false],
    [['triage_nurse'], false],
    [[], false],
  ] as const)('knows that %j come to pilot to report alone: %s', (roles, want) => {
    expect(reportsOnly([...roles])).toBe(want);
    expect(isOpenTo('pilot', [...roles])).toBe(roles.length > 0);
  });

  it('names both pages of a professional', () =>
    expect(pagesOf(['professional'])).toEqual(['console', 'pilot']));

  it('counts a page once', () => expect(pagesOf(['admin', 'coordinator'])).toEqual(['pilot']));
});

it.each([
  ['/console', 'console'],
  ['/', undefined],
  ['/console/else', undefined],
])('%s shows %s', (address, want) => expect(pageAt(address)).toBe(want));
