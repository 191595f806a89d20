import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { signIn } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

const { page, faults } = stage();

async function coordinator(section = ''): Promise<Page> {
  const tab = await page();
  await signIn(tab, people.coordinator, '/pilot');
  await tab.getByRole('heading', { level: 3 }).first().waitFor();
  if (section) await tab.goto(`/pilot#${section}`);
  await tab.locator('main [aria-busy="false"]').first().waitFor();
  return tab;
}

/** What a section's file holds, line by line. */
async function sheet(tab: Page, name: string | RegExp) {
  const [download] = await Promise.all([
    tab.waitForEvent('download'),
    tab.getByRole('button', { name }).first().click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  return { name: download.suggestedFilename(), text, lines: text.trimEnd().split('\r\n') };
}

it('says how full we are now, against what came before, and who receives in the coming days', async () => {
  const tab = await coordinator();
  await tab.getByText('Données simulées').waitFor();
  const rate = tab.locator('dl div', { hasText: 'La saison' }).locator('dd');
  expect(Number.parseInt(await rate.innerText())).toBeGreaterThan(40);
  await tab
    .getByText(/par rapport aux mêmes jours et heures|comme avant|trop tôt/)
    .first()
    .waitFor();
  const coming = tab.getByRole('region', { name: 'Les sept jours qui viennent' });
  expect(await coming.locator('svg.pic text', { hasText: 'médecin' }).count()).toBeGreaterThan(5);
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

  const before = await takenOn(items[0].start);
  await call(regulator, 'POST', '/bookings', { slot: items[0].id, patient: { family: 'Fictif' } });
  expect(await takenOn(items[0].start)).toBe(before + 1);
});

// What the coordinator reads for the day of an instant.
async function takenOn(at: string): Promise<number> {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(Date.parse(at));
  const tab = await coordinator(`remplissage?du=${day}&au=${day}`);
  const tile = tab.locator('dl div', { hasText: 'Places prises' }).locator('dd');
  return Number(await tile.innerText());
}

it('keeps the period in the address, through sections and a reload', async () => {
  const tab = await coordinator('remplissage');
  await tab.getByRole('radio', { name: 'Ce mois' }).check();
  expect(new URL(tab.url()).hash).toBe('#remplissage?periode=mois');
  await tab.getByRole('link', { name: 'Demandes' }).click();
  await tab.getByRole('heading', { name: 'Demandes', level: 2 }).waitFor();
  await tab.reload();
  expect(await tab.getByRole('radio', { name: 'Ce mois' }).isChecked()).toBe(true);
  expect(await tab.title()).toBe('Demandes · Pilotage · Relais');
});

it.each(['Par médecin', 'Par lieu', 'Par demi-journée'])('tells the fill rate %s', async (title) => {
  const tab = await coordinator('remplissage');
  const panel = tab.getByRole('region', { name: title, exact: true }).first();
  await panel.getByRole('button', { name: `Tableau : ${title}` }).click();
  expect(await panel.getByRole('row').count()).toBeGreaterThan(10);
});

it.each([
  [
    'remplissage',
    'CSV : Par médecin',
    /^remplissage-par-medecin-/,
    '\ufeffMédecin;Places offertes;Places prises;Remplissage (%);Données\r\n',
  ],
  [
    'heures',
    /^CSV/,
    /^remplissage-par-heure-/,
    '\ufeffJour et heure;Places offertes;Places prises;Remplissage (%);',
  ],
  [
    'demandes',
    'CSV : Sans solution, par commune',
    /^sans-solution-par-commune-/,
    '\ufeffCommune;Code commune;Appels;Données',
  ],
  ['demandes', /^CSV : Sans solution, par motif/, /^sans-solution-par-motif-/, '\ufeffMotif;Appels;Données'],
  [
    'demandes',
    /^CSV : Délai/,
    /^delais-par-semaine-/,
    '\ufeffSemaine du;Délai médian (min);Sous 24\u00a0h (%);Données',
  ],
  [
    'appels',
    /^CSV : Durées/,
    /^durees-des-appels-par-semaine-/,
    '\ufeffSemaine du;Appels;Première proposition (s);',
  ],
  ['appels', /^CSV : Issue/, /^issue-des-appels-/, '\ufeffIssue;Appels;Part (%);Données'],
  [
    'participation',
    /^CSV : Heures/,
    /^heures-ouvertes-/,
    '\ufeffMédecin;Semaine du;Heures ouvertes (h);Données',
  ],
  ['participation', /^CSV : Actes/, /^actes-snp-/, '\ufeffMédecin;Semaine du;Actes SNP;Plafond;État;Données'],
  ['couverture', /^CSV/, /^couverture-/, '\ufeffJour;Demi-journée;Férié;État;'],
  ['membres', /^CSV/, /^membres-/, '\ufeffMédecin;RPPS;Lieux;A publié;'],
])('gives %s as a file for a French spreadsheet', async (section, button, file, head) => {
  const { name, text, lines } = await sheet(await coordinator(section), button);
  expect(name).toMatch(file);
  expect(name).toMatch(/-\d{4}-\d\d-\d\d-au-\d{4}-\d\d-\d\d\.csv$/);
  expect(text.startsWith(head)).toBe(true);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.slice(1).every((line) => line.endsWith(';simulées'))).toBe(true);
});

it('is a proof of the hours one doctor opened', async () => {
  const tab = await coordinator('participation');
  const choice = tab.getByLabel('Médecin', { exact: true });
  await choice.selectOption({ index: 1 });
  const name = await choice.locator('option:checked').innerText();
  await tab.getByRole('heading', { name: `Heures ouvertes à la régulation par ${name}` }).waitFor();
  await tab.getByText(/semaines? sur \d+ avec des heures ouvertes/).waitFor();
  const { lines } = await sheet(tab, /^CSV : Heures/);
  expect(new Set(lines.slice(1).map((line) => line.split(';')[0]))).toEqual(new Set([name]));
});

it('names who covers each half-day of the coming weeks, and what is not covered', async () => {
  const tab = await coordinator('couverture');
  await tab.getByRole('radio', { name: '2 semaines' }).check();
  await tab
    .getByRole('heading', { name: /^Samedi \d+/ })
    .first()
    .waitFor();
  expect(await tab.getByText(/^Dr .* \(\d+\)/).count()).toBeGreaterThan(5);
  await tab.getByRole('radio', { name: '8 semaines' }).check();
  await tab
    .getByText(/^✕ .*: personne (le matin|l’après-midi)/)
    .first()
    .waitFor();
  await tab.getByText('manque 1 médecin').first().waitFor();
});

it('tells who published in the last four weeks', async () => {
  const tab = await coordinator('membres');
  await tab.getByText(/médecins ont publié ces quatre dernières semaines, sur 25/).waitFor();
  expect(await tab.getByRole('row').count()).toBe(26);
});

it('hides the figures while the period is not sound, and shows them again', async () => {
  const tab = await coordinator('heures');
  await tab.getByRole('radio', { name: 'Dates' }).check();
  const from = tab.getByLabel('Du', { exact: true });
  const sound = await from.inputValue();
  await from.fill('');
  await from.blur();
  await tab.getByText('Indiquez le premier jour.').waitFor();
  expect(await tab.locator('svg.pic').count()).toBe(0);
  expect(await tab.getByText('Période à corriger').count()).toBe(1);
  expect(await tab.getByRole('button', { name: 'Imprimer' }).isDisabled()).toBe(true);
  await from.fill('2099-01-01');
  await from.blur();
  await tab.getByText('Le dernier jour vient avant le premier.').waitFor();
  await from.fill('2016-01-01');
  await from.blur();
  await tab.getByText('Choisissez 400 jours au plus.').waitFor();
  expect(await tab.locator('.error').count()).toBe(1);
  await from.fill(sound);
  await from.blur();
  await tab.locator('svg.pic[role=img]').waitFor();
  await tab.getByText(/^Du .* au .* \d{4}$/).waitFor();
});

it.each([
  ['#couverture?x=1', '#couverture', 'Couverture'],
  ['#nulle-part', '#ensemble', 'Vue d’ensemble'],
])('mends the address %s to %s', async (typed, mended, name) => {
  const tab = await coordinator();
  await tab.goto(`/pilot${typed}`);
  await tab.getByRole('heading', { name, level: 2 }).waitFor();
  expect(new URL(tab.url()).hash).toBe(mended);
});

it('leads back from an address that does not exist', async () => {
  const tab = await page();
  const answer = await tab.goto('/pilot/couverture');
  expect(answer?.status()).toBe(404);
  await tab.getByRole('heading', { name: 'Cette page n’existe pas' }).waitFor();
  await tab.getByRole('link', { name: /accueil/ }).click();
  await tab.getByLabel('Adresse électronique').waitFor();
});

it('teaches where nothing was published', async () => {
  const tab = await coordinator('remplissage?du=2020-01-01&au=2020-01-31');
  await tab.getByText('Aucun créneau publié sur cette période').first().waitFor();
  expect(await tab.getByText('invitez un médecin à publier').count()).toBeGreaterThan(0);
});

it('says what failed, and shows the figures when tried again', async () => {
  const tab = await coordinator();
  const refused = '**/api/v1/indicators/fill?*by=hour*';
  await tab.route(refused, (route) => route.abort());
  await tab.getByRole('link', { name: 'Heures' }).click();
  await tab.getByRole('alert').getByText('Le serveur ne répond pas').waitFor();
  await tab.unroute(refused);
  await tab.getByRole('button', { name: 'Réessayer' }).click();
  await tab.locator('svg.pic[role=img]').waitFor();
});

it('tells an administrator what the account can do', async () => {
  const tab = await page();
  await signIn(tab, people.admin, '/pilot');
  await tab.getByText('Compte d’administration').waitFor();
  await tab.locator('svg.pic[role=img]').first().waitFor();
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
