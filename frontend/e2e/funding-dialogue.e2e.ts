import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

const { page, faults } = stage();
const { coordinator, gp } = people;
const observer = 'observation@relais.demo';

async function open(who: string, section: string, options = {}): Promise<Page> {
  const tab = await page(options);
  await signIn(tab, who, who === gp ? '/phone' : '/pilot');
  await tab.goto(`/pilot#${section}`);
  await tab.getByRole('heading', { level: 2 }).waitFor();
  return tab;
}

const card = (tab: Page, name: string): Locator => tab.getByRole('article', { name, exact: true });
const spaced = async (of: Locator) => (await of.innerText()).replace(/[\u00a0\u202f]/g, ' ');

async function newObjective(tab: Page, label: string, baseline: string) {
  await tab.getByRole('button', { name: 'Ajouter un indicateur' }).click();
  await tab.getByLabel('Libellé', { exact: true }).fill(label);
  await tab.getByLabel('Mission').selectOption({ label: 'Prévention' });
  await tab.getByLabel('Valeur de départ').fill(baseline);
  await tab.getByLabel('Au', { exact: true }).fill('2025-01-31');
  await tab.getByLabel('Source').fill('Registre d’essai');
}

it('shows each objective with its way, in words and in a table, and leads to where a measure comes from', async () => {
  const tab = await open(coordinator, 'indicateurs');
  const fill = card(tab, 'Créneaux de soins non programmés pourvus');
  await fill.getByRole('img', { name: /Doit monter.*Le tableau des détails/ }).waitFor();
  await fill.getByRole('button', { name: /^Détails/ }).press('Enter');
  const table = fill.getByRole('table');
  expect(await table.getByRole('row').count()).toBe(6);
  expect(await spaced(table)).toMatch(/N\+2.*%/);
  await fill.getByRole('link', { name: /^Voir d’où vient N\+2.*Remplissage/ }).click();
  await tab.getByRole('heading', { level: 2, name: 'Remplissage' }).waitFor();
  expect(tab.url()).toMatch(/#remplissage\?du=\d{4}-\d\d-\d\d&au=\d{4}-\d\d-\d\d$/);
});

it('adds an objective: figures are not guessed at, nothing typed is lost, percentages show what they give', async () => {
  const tab = await open(coordinator, 'indicateurs');
  await newObjective(tab, 'Ateliers de prévention', '1.635');
  await tab.getByLabel('Cible N+1').selectOption('of_previous');
  for (let year = 1; year <= 5; year++) await tab.getByLabel(`Évolution N+${year} (%)`).fill('+5 %');
  await tab.getByRole('button', { name: 'Enregistrer l’indicateur' }).click();
  await tab.getByText('Écrivez un nombre avec une virgule').waitFor();
  const baseline = tab.getByLabel('Valeur de départ');
  expect(await baseline.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await tab.getByLabel('Libellé', { exact: true }).inputValue()).toBe('Ateliers de prévention');

  await baseline.fill('1 635');
  expect((await spaced(tab.locator('.comes').last())).trim()).toBe('= 2 087');
  await tab.getByRole('button', { name: 'Enregistrer l’indicateur' }).click();
  const made = card(tab, 'Ateliers de prévention');
  await made.getByText(/Doit monter/).waitFor();
  expect(await spaced(made)).toContain('5 % de plus que l’année d’avant');
  expect(await spaced(made)).toContain('1 717');
});

it('doubts a target that looks the other way, and deletes what was entered by mistake', async () => {
  const tab = await open(coordinator, 'indicateurs');
  await newObjective(tab, 'Indicateur de trop', '100');
  await tab.getByLabel('Cible N+1').selectOption('absolute');
  await tab.getByRole('button', { name: 'Enregistrer l’indicateur' }).click();
  await tab.getByText('Indiquez une valeur.').first().waitFor();
  for (let year = 1; year <= 5; year++) await tab.getByLabel(`Valeur N+${year}`).fill('90');
  await tab
    .getByText('Cible plus basse que le départ, alors que l’indicateur doit monter.')
    .first()
    .waitFor();
  await tab.getByRole('button', { name: 'Enregistrer l’indicateur' }).click();
  const made = card(tab, 'Indicateur de trop');
  await made.getByRole('button', { name: /^Modifier/ }).click();
  await tab.getByRole('button', { name: 'Supprimer' }).click();
  const dialog = tab.getByRole('dialog', { name: 'Supprimer cet indicateur ?' });
  await dialog.getByRole('button', { name: 'Supprimer l’indicateur' }).click();
  await made.waitFor({ state: 'detached' });
  await card(tab, 'Dépistage du cancer colorectal').waitFor();
});

it('refuses the code of another at its field, and keeps the form when one leaves by mistake', async () => {
  const tab = await open(coordinator, 'indicateurs');
  await newObjective(tab, 'Un autre libellé', '10');
  await tab.getByLabel('Code').fill('mt-17');
  await tab.getByRole('button', { name: 'Enregistrer l’indicateur' }).click();
  await tab.getByText('Un autre indicateur porte déjà ce code.').waitFor();
  tab.once('dialog', (asks) => void asks.dismiss());
  await tab.getByRole('link', { name: 'Dialogue annuel' }).click();
  expect(await tab.getByLabel('Libellé', { exact: true }).inputValue()).toBe('Un autre libellé');
});

it('takes a figure with its evidence, which others open, and refuses what is no evidence', async () => {
  const tab = await open(coordinator, 'indicateurs');
  const name = 'Dépistage du cancer colorectal';
  await tab.getByRole('button', { name: `Saisir une valeur : ${name}` }).click();
  const file = tab.getByLabel('Justificatifs');
  await file.setInputFiles({ name: 'macro.exe', mimeType: '', buffer: Buffer.from('MZ') });
  await tab.getByText('macro.exe n’est pas un PDF').waitFor();
  const large = Buffer.alloc(5 * 1024 * 1024 + 1, 'a');
  await file.setInputFiles({ name: 'gros.csv', mimeType: 'text/csv', buffer: large });
  await tab.getByText(/gros\.csv pèse 5,1 Mo/).waitFor();
  await file.setInputFiles({ name: 'faux.pdf', mimeType: 'application/pdf', buffer: Buffer.from('a;b\n') });
  await tab.getByText(/pas ce que dit son nom/).waitFor();
  await file.setInputFiles({
    name: 'releve.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('mois;actes\n1;2\n'),
  });
  await tab.getByRole('button', { name: 'Retirer releve.csv' }).waitFor();

  await tab.getByLabel('Valeur (%)').fill('36,2');
  await tab.getByLabel('Source').fill('Relevé d’essai');
  await tab.getByRole('button', { name: 'Enregistrer la valeur' }).click();
  const saved = card(tab, name);
  await saved.getByText(/36,2.% au/).waitFor();

  const reader = await open(observer, 'indicateurs');
  const seen = card(reader, name);
  await seen.getByRole('button', { name: /^Détails/ }).click();
  const coming = reader.waitForEvent('download');
  await seen.getByRole('link', { name: 'Télécharger releve.csv' }).click();
  const kept = await coming;
  expect(kept.suggestedFilename()).toBe('releve.csv');
  expect(await readFile(await kept.path(), 'utf8')).toBe('mois;actes\n1;2\n');
  expect(await reader.getByRole('button', { name: /Ajouter|Modifier|Saisir/ }).count()).toBe(0);
});

it('takes what the record measures', async () => {
  const tab = await open(coordinator, 'indicateurs');
  const name = 'Patients qui ont trouvé un médecin traitant';
  await tab.getByRole('button', { name: `Saisir une valeur : ${name}` }).click();
  await tab.getByRole('radio', { name: 'Prendre ce que Relais mesure' }).check();
  await tab.getByText(/^Relais mesure \d+ du/).waitFor();
  await tab.getByRole('button', { name: 'Enregistrer la valeur' }).click();
  await card(tab, name).getByText('reprise de la mesure de Relais').waitFor();
});

it('gives the objectives as a file that a French spreadsheet opens', async () => {
  const tab = await open(observer, 'indicateurs');
  const coming = tab.waitForEvent('download');
  await tab.getByRole('button', { name: /^CSV/ }).click();
  const text = await readFile(await (await coming).path(), 'utf8');
  const [head, first] = text.replace('\ufeff', '').split('\r\n');
  expect(head).toMatch(/^Code;Indicateur;Mission;Unité;/);
  expect(first!.split(';')).toHaveLength(head!.split(';').length);
});

it('lays the dialogue out on A4 with its head on each sheet, and freezes a year for good', async () => {
  const tab = await open(coordinator, 'dialogue');
  const pack = tab.getByRole('article', { name: /^Dialogue de l’année \d$/ });
  await pack.getByText('Document de travail').waitFor();
  expect(tab.url()).toMatch(/#dialogue\?annee=2$/);
  expect(await spaced(pack)).toMatch(/75,6 %/);
  expect(await spaced(pack.getByRole('table').first())).toMatch(/\d,\d{4} %/);
  await pack.getByRole('columnheader', { name: 'Poids' }).waitFor();
  expect(await pack.getByRole('link', { name: /^Télécharger/ }).count()).toBeGreaterThan(0);
  await tab.emulateMedia({ media: 'print' });
  expect(await tab.getByRole('heading', { level: 2 }).isVisible()).toBe(false);
  expect(await pack.locator('.sheet-head').evaluate((head) => getComputedStyle(head).display)).toBe(
    'table-header-group',
  );
  await tab.emulateMedia({ media: 'screen' });

  await tab.getByRole('button', { name: 'Arrêter les chiffres de l’année' }).click();
  const dialog = tab.getByRole('dialog', { name: 'Arrêter les chiffres de l’année 2' });
  await dialog.getByText('C’est définitif').waitFor();
  await dialog.getByRole('button', { name: 'Arrêter définitivement' }).click();
  await dialog.getByText('Cochez la case pour confirmer.').waitFor();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Arrêter définitivement' }).press('Enter');
  await pack.getByText(/^Chiffres arrêtés le .* par /).waitFor();
  await pack.getByRole('heading', { name: 'État du registre' }).waitFor();
  expect(await tab.getByRole('button', { name: 'Arrêter les chiffres de l’année' }).count()).toBe(0);

  await tab.goto('/pilot#indicateurs');
  await tab
    .getByRole('button', { name: /^Saisir une valeur/ })
    .first()
    .click();
  await tab.getByText(/arrêtées pour le dialogue/).waitFor();
});

it('says who enters the contract where there is none', async () => {
  const tab = await page();
  await tab.route('**/api/v1/mission/dialogue*', (route) =>
    route.fulfill({
      status: 200,
      json: { territory: 't', year: 1, objectives: [], payments: [], missions: [] },
    }),
  );
  await signIn(tab, coordinator, '/pilot');
  await tab.goto('/pilot#dialogue');
  await tab.getByText('Le contrat n’est pas encore saisi').waitFor();
  await tab.getByRole('link', { name: 'Ouvrir la rubrique Contrat' }).click();
  await tab.waitForURL(/#contrat/);
});

interface Certificates {
  items: { practitioner: string; practitionerName: string; booking: string }[];
  total: string;
}

it('certifies a doctor’s acts of a month to the cent, and one act by itself, without a patient', async () => {
  const tab = await open(coordinator, 'attestations');
  const { territories } = await call<{ territories: { id: string }[] }>(tab, 'GET', '/me');
  const month = await tab.getByLabel('Mois', { exact: true }).inputValue();
  const path = `/certificates?territory=${territories[0]!.id}&month=${month}-01`;
  const { items, total } = await call<Certificates>(tab, 'GET', path);
  const euros = `${total.replace('.', ',')} €`;
  expect((await spaced(tab.getByRole('table'))).replaceAll(' ', '')).toContain(euros.replaceAll(' ', ''));

  await tab.getByRole('link', { name: `Voir l’attestation : ${items[0]!.practitionerName}` }).click();
  const sheet = tab.getByRole('article', { name: 'Attestation de régulation' });
  const own = items.filter(({ practitioner }) => practitioner === items[0]!.practitioner);
  await sheet.getByText(/\(RPPS \d{11}\)/).waitFor();
  expect(await sheet.getByRole('row').count()).toBe(own.length + 2);
  await sheet
    .getByRole('link', { name: /^Voir l’attestation de l’acte/ })
    .first()
    .click();
  await tab.getByText('Référence du rendez-vous').waitFor();
  expect(tab.url()).toContain('rendezvous=');
  await tab.getByRole('link', { name: 'Revenir au mois' }).click();
  await sheet.getByRole('table').waitFor();
});

it('prints the acts of all doctors, a page a doctor', async () => {
  const tab = await open(coordinator, 'attestations');
  await tab.getByRole('table').waitFor();
  const doctors = (await tab.getByRole('row').count()) - 2;
  await tab.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await tab.emulateMedia({ media: 'print' });
  expect(await tab.locator('article.certificate').count()).toBe(doctors);
  expect(await tab.getByRole('heading', { name: 'Actes adressés par la régulation' }).isVisible()).toBe(
    false,
  );
  const breaks = await tab
    .locator('article.certificate')
    .evaluateAll((all) => all.slice(1).every((one) => getComputedStyle(one).breakBefore === 'page'));
  expect(breaks).toBe(true);
});

it('shows a doctor their own certificates only, whatever the address says', async () => {
  const tab = await page();
  await signIn(tab, gp, '/phone');
  const me = await call<{ practitioner: string }>(tab, 'GET', '/me');
  const asked: string[] = [];
  tab.on('request', (request) => request.url().includes('/certificates?') && asked.push(request.url()));
  await tab.getByRole('link', { name: 'Réglages' }).click();
  await tab.getByRole('link', { name: 'Ouvrir mes attestations' }).click();
  await tab.getByText('Aucun patient n’est nommé').waitFor();
  await tab.getByRole('heading', { level: 2, name: 'Mes attestations' }).waitFor();
  await tab.setViewportSize({ width: 390, height: 844 });
  expect(await scrollsSideways(tab)).toBe(false);
  expect(await tab.locator('.certificate .frame').evaluate((one) => one.scrollWidth > one.clientWidth)).toBe(
    false,
  );
  await tab.goto('/pilot#attestations?medecin=autre');
  await tab.getByText('Aucun patient n’est nommé').waitFor();
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every((url) => url.includes(`practitioner=${me.practitioner}`))).toBe(true);
  expect(await tab.getByLabel('Médecin', { exact: true }).count()).toBe(0);
});

const pages: [string, string, (tab: Page) => Promise<void>][] = [
  [
    'indicateurs',
    'indicateurs',
    (tab) =>
      tab
        .getByRole('button', { name: /^Détails/ })
        .first()
        .click(),
  ],
  [
    'formulaire',
    'indicateurs',
    (tab) =>
      tab
        .getByRole('button', { name: /^Modifier/ })
        .first()
        .click(),
  ],
  [
    'saisie',
    'indicateurs',
    (tab) =>
      tab
        .getByRole('button', { name: /^Saisir/ })
        .first()
        .click(),
  ],
  ['dialogue', 'dialogue?annee=3', (tab) => tab.getByText('Document de travail').waitFor()],
  ['attestations', 'attestations', (tab) => tab.getByRole('table').waitFor()],
  [
    'attestation',
    'attestations',
    (tab) =>
      tab
        .getByRole('link', { name: /^Voir l’attestation/ })
        .first()
        .click(),
  ],
];

it.each(pages)(
  '%s is readable for everyone: axe in both schemes, nothing sideways at 320 px',
  async (...[, section, ready]) => {
    const tab = await open(coordinator, section);
    await ready(tab);
    for (const scheme of ['light', 'dark'] as const) expect(await violations(tab, scheme)).toEqual([]);
    await tab.setViewportSize({ width: 320, height: 700 });
    expect(await scrollsSideways(tab)).toBe(false);
    expect(faults).toEqual([]);
  },
);
