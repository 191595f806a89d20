import { expect, it } from 'vitest';
import { matchingAccounts } from './accounts';
import type { Account } from './kinds';

const accounts: Account[] = [
  { number: '401', name: 'Fournisseurs', class: 'passif' },
  { number: '512', name: 'Banque', class: 'actif' },
  { number: '6226', name: 'Honoraires', class: 'charges' },
  { number: '645', name: 'Charges de sécurité sociale', class: 'charges' },
  { number: '756', name: 'Cotisations', class: 'produits' },
];

it.each([
  ['', ['401', '512', '6226', '645', '756']],
  ['6', ['6226', '645']],
  ['512', ['512']],
  ['honor', ['6226']],
  ['SECURITE charges', ['645']],
  ['56', []],
  ['6226 Honoraires', ['6226']],
  ['loyer', []],
])('finds %j', (typed, want) =>
  expect(matchingAccounts(accounts, typed).map(({ number }) => number)).toEqual(want),
);
