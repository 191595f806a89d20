import { expect, it } from 'vitest';
import { scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { stage } from './stage';

const { page, faults } = stage();

it('refuses a wrong password in words, and keeps the address typed', async () => {
  const tab = await page();
  await tab.goto('/');
  await tab.getByLabel('Adresse électronique').fill(people.gp);
  await tab.getByLabel('Mot de passe', { exact: true }).fill('pas celui-là');
  await tab.getByRole('button', { name: 'Se connecter' }).click();
  await tab.getByRole('alert').getByText('Adresse ou mot de passe inconnu.').waitFor();
  expect(await tab.getByLabel('Adresse électronique').inputValue()).toBe(people.gp);
});

it('says what is missing and goes there', async () => {
  const tab = await page();
  await tab.goto('/');
  await tab.getByRole('button', { name: 'Se connecter' }).click();
  await tab.getByText('Indiquez votre adresse électronique.').waitFor();
  expect(await tab.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('email');
});

it.each([
  [people.gp, '/phone'],
  [people.regulator, '/console'],
  [people.coordinator, '/pilot'],
])('%s lands on %s', async (email, landing) => signIn(await page(), email, landing));

it('comes back to the page asked for, and signs out', async () => {
  const tab = await page();
  await tab.goto('/phone');
  await tab.waitForURL('**/?next=%2Fphone');
  await signIn(tab, people.gp, '/phone');
  await tab.getByRole('button', { name: 'Se déconnecter' }).click();
  await tab.waitForURL((url) => url.pathname === '/');
  await tab.goto('/phone');
  await tab.waitForURL('**/?next=%2Fphone');
});

it('says that a session ended elsewhere, and has the address under the fingers', async () => {
  const tab = await page();
  await signIn(tab, people.gp, '/phone');
  await tab.getByRole('heading', { name: 'Prochain patient' }).waitFor();
  await tab.context().clearCookies();
  await tab.reload();
  await tab.getByText('Votre session est terminée. Connectez-vous de nouveau.').waitFor();
  expect(await tab.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('email');
  await tab.reload();
  await tab.getByRole('button', { name: 'Se connecter' }).waitFor();
  expect(await tab.getByText('Votre session est terminée').count()).toBe(0);
});

it.each([
  [people.coordinator, '/console', '/pilot', 'Régulation'],
  [people.admin, '/phone', '/pilot', 'Mes créneaux'],
  [people.gp, '/console', '/phone', 'Régulation'],
])('takes %s from %s to %s, and says so', async (email, asked, own, name) => {
  const tab = await page();
  await signIn(tab, email, own);
  await tab.goto(asked);
  await tab.waitForURL(`**${own}`);
  await tab.getByText(`La page « ${name} » n’est pas ouverte à votre compte.`).waitFor();
});

it.each(['light', 'dark'] as const)('has no violation in %s, nor at 320 px', async (scheme) => {
  const tab = await page({ viewport: { width: 320, height: 640 } });
  await tab.goto('/');
  await tab.getByRole('button', { name: 'Se connecter' }).waitFor();
  expect(await violations(tab, scheme)).toEqual([]);
  expect(await scrollsSideways(tab)).toBe(false);
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
