import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

const { page, faults } = stage();

async function coordinator(): Promise<Page> {
  const tab = await page();
  await signIn(tab, people.coordinator, '/pilot');
  await tab.getByRole('table').waitFor();
  return tab;
}

it('shows the season with its picture, its table and where the figures come from', async () => {
  const tab = await coordinator();
  await tab.getByText('Données simulées').waitFor();
  expect(await tab.getByRole('row').count()).toBeGreaterThan(50);
  expect(await tab.locator('figure svg rect').count()).toBeGreaterThan(100);
  const rate = await tab.locator('dl dd').first().innerText();
  expect(Number.parseInt(rate)).toBeGreaterThan(40);
});

it('moves when a regulator books', async () => {
  const regulator = await page();
  await signIn(regulator, people.regulator, '/console');
  const { territories } = await call<{ territories: [{ id: string }] }>(regulator, 'GET', '/me');
  const from = new Date(Date.now() + 60_000).toISOString();
  const query = `territory=${territories[0].id}&from=${from}&free=true&limit=1`;
  const { items } = await call<{ items: [{ id: string; start: string }] }>(
    regulator,
    'GET',
    `/slots?${query}`,
  );

  const before = await takenUntil(items[0].start);
  await call(regulator, 'POST', '/bookings', { slot: items[0].id, patient: { family: 'Fictif' } });
  expect(await takenUntil(items[0].start)).toBe(before + 1);
});

// What the coordinator reads for a period that holds the instant.
async function takenUntil(at: string): Promise<number> {
  const tab = await coordinator();
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(Date.parse(at));
  await tab.getByRole('radio', { name: 'Au choix' }).check();
  const answered = tab.waitForResponse((response) => response.url().includes(`from=${day}&to=${day}`));
  await tab.getByLabel('Au', { exact: true }).fill(day);
  await tab.getByLabel('Au', { exact: true }).blur();
  await tab.getByLabel('Du', { exact: true }).fill(day);
  await tab.getByLabel('Du', { exact: true }).blur();
  await answered;
  await tab.locator('[aria-busy="false"]').waitFor();
  const row = tab.getByRole('row').filter({ hasText: 'Total' });
  return Number(await row.getByRole('cell').nth(1).innerText());
}

it.each(['Semaine', 'Mois', 'Praticien', 'Lieu', 'Demi-journée'])('groups by %s', async (grouping) => {
  const tab = await coordinator();
  await tab.getByLabel('Regrouper par').selectOption(grouping);
  await tab.getByRole('columnheader', { name: grouping, exact: true }).waitFor();
  expect(await tab.getByRole('row').count()).toBeGreaterThan(2);
});

it('gives the same figures as CSV', async () => {
  const tab = await coordinator();
  const [download] = await Promise.all([
    tab.waitForEvent('download'),
    tab.getByRole('button', { name: 'Télécharger en CSV' }).click(),
  ]);
  const csv = await readFile(await download.path(), 'utf8');
  expect(download.suggestedFilename()).toMatch(
    /^remplissage-par-jour-\d{4}-\d\d-\d\d-au-\d{4}-\d\d-\d\d\.csv$/,
  );
  expect(csv.startsWith('\ufeffJour;Places offertes;')).toBe(true);
  expect(csv.trim().split('\r\n').length).toBeGreaterThan(50);
});

it('hides the figures while the period is not sound, and shows them again', async () => {
  const tab = await coordinator();
  await tab.getByRole('radio', { name: 'Au choix' }).check();
  const from = tab.getByLabel('Du', { exact: true });
  const sound = await from.inputValue();
  await from.fill('');
  await from.blur();
  await tab.getByText('aucun chiffre à montrer').waitFor();
  expect(await tab.getByRole('table').count()).toBe(0);
  expect(await tab.getByText('Période à corriger').count()).toBe(1);
  for (const name of ['Télécharger en CSV', 'Imprimer'])
    expect(await tab.getByRole('button', { name }).isDisabled()).toBe(true);
  await from.fill('2099-01-01');
  await from.blur();
  await tab.getByText('La fin doit suivre le début').waitFor();
  await from.fill(sound);
  await from.blur();
  await tab.getByRole('table').waitFor();
  await tab.getByText(/^Du .* au .* \d{4}$/).waitFor();
});

it('tells an administrator what the account can do', async () => {
  const tab = await page();
  await signIn(tab, people.admin, '/pilot');
  await tab.getByText('Compte d’administration').waitFor();
  await tab.getByRole('table').waitFor();
});

it('prints without its controls', async () => {
  const tab = await coordinator();
  await tab.emulateMedia({ media: 'print' });
  expect(await tab.getByRole('button', { name: 'Imprimer' }).isVisible()).toBe(false);
  expect(await tab.getByRole('table').isVisible()).toBe(true);
});

it.each(['light', 'dark'] as const)('has no violation in %s', async (scheme) => {
  const tab = await coordinator();
  expect(await violations(tab, scheme)).toEqual([]);
});

it('fits 320 px', async () => {
  const tab = await coordinator();
  await tab.setViewportSize({ width: 320, height: 640 });
  expect(await scrollsSideways(tab)).toBe(false);
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
