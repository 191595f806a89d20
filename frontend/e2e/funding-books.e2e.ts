import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

const { page, faults } = stage();

interface Entry {
  id: string;
  number: number;
  label: string;
  on: string;
  lines: { account: string; debit?: string; credit?: string }[];
  reversedBy?: string;
}

async function open(who: string, place: string): Promise<Page> {
  const tab = await page();
  await signIn(tab, who, '/pilot');
  await tab.goto(`/pilot#${place}`);
  await tab.locator('main [aria-busy="false"]').first().waitFor();
  return tab;
}

const territoryOf = async (tab: Page) =>
  (await call<{ territories: { id: string }[] }>(tab, 'GET', '/me')).territories[0]!.id;

async function newest(tab: Page, filter = ''): Promise<Entry[]> {
  const path = `/funding/entries?territory=${await territoryOf(tab)}&order=newest&limit=5${filter}`;
  return (await call<{ items: Entry[] }>(tab, 'GET', path)).items;
}

async function file(tab: Page, key: Locator) {
  const [download] = await Promise.all([tab.waitForEvent('download'), key.click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

const rows = (tab: Page) => tab.getByRole('region', { name: 'Écritures' }).locator('ol > li');

/** Chooses an account by what one types of it. */
async function account(tab: Page, nth: number, typed: string) {
  const field = tab
    .getByRole('group', { name: `Ligne ${nth}`, exact: true })
    .getByRole('combobox', { name: 'Compte' });
  await field.fill(typed);
  await field.press('Enter');
  return field;
}

async function typeEntry(tab: Page, label: string) {
  await tab.getByLabel('Journal').selectOption('OD');
  await tab.getByLabel('Libellé', { exact: true }).fill(label);
  await tab.getByLabel('Pièce', { exact: true }).fill('ESSAI-1');
  await account(tab, 1, 'honor');
  await account(tab, 2, '401');
  await tab.getByRole('group', { name: 'Ligne 1', exact: true }).getByLabel('Débit').fill('1 234,50');
}

it('shows the newest entries first, and keeps its filters in the address', async () => {
  const tab = await open(people.treasurer, 'livre');
  await rows(tab).first().waitFor();
  const [last] = await newest(tab);
  expect(await rows(tab).first().innerText()).toContain(last!.label);
  await tab.getByLabel('Compte', { exact: true }).selectOption('6411');
  await tab.getByLabel('Ordre').selectOption('oldest');
  await tab.waitForFunction(
    () => location.hash.includes('compte=6411') && location.hash.includes('ordre=numero'),
  );
  await tab.reload();
  await rows(tab).first().waitFor();
  expect(await tab.getByLabel('Compte', { exact: true }).inputValue()).toBe('6411');
  await rows(tab).first().locator('summary').press('Enter');
  const lines = tab.getByRole('region', { name: /^Lignes de l’écriture n° \d+$/ });
  expect(await lines.getByRole('row').count()).toBeGreaterThan(2);
  await lines
    .getByRole('rowheader', { name: /^6411 Salaires/ })
    .first()
    .waitFor();
  await tab.getByRole('button', { name: 'Tout afficher' }).click();
  await tab.waitForFunction(() => !location.hash.includes('compte'));
});

it('refuses an entry until it balances, sends it once, and reverses it once', async () => {
  const tab = await open(people.treasurer, 'livre');
  await tab.getByRole('link', { name: 'Nouvelle écriture' }).click();
  await tab.getByRole('heading', { name: 'Nouvelle écriture' }).waitFor();
  const before = (await newest(tab))[0]!.number;
  await typeEntry(tab, 'Essai d’honoraires');
  const credit = tab.getByRole('group', { name: 'Ligne 2', exact: true }).getByLabel('Crédit');
  await credit.fill('1222,50');
  await tab.getByText(/Il manque 12,00.€ au crédit/).waitFor();
  const send = tab.getByRole('button', { name: 'Écrire', exact: true });
  await send.click();
  expect((await newest(tab))[0]!.number).toBe(before);

  await credit.fill('1234.50');
  await send.click();
  await tab.getByText(/sans point/).waitFor();
  await credit.fill('1234,5');
  await tab.getByText(/Équilibrée : 1.234,50.€ de chaque côté|Équilibrée.: 1.234,50.€/).waitFor();
  await send.dblclick();
  await tab.getByText(`Écriture n° ${before + 1} au livre.`).waitFor();
  await tab.getByRole('region', { name: 'Écritures' }).waitFor();
  const [made] = await newest(tab);
  expect(made).toMatchObject({ number: before + 1, label: 'Essai d’honoraires' });
  expect(made!.lines.map(({ debit, credit }) => debit ?? credit)).toEqual(['1234.50', '1234.50']);

  const row = rows(tab).filter({ hasText: 'Essai d’honoraires' }).first();
  await row.locator('summary').click();
  await row.getByRole('button', { name: `Contre-passer l’écriture n° ${made!.number}` }).click();
  const dialog = tab.getByRole('dialog');
  await dialog.getByLabel('Motif').fill('Essai annulé');
  await dialog.getByRole('button', { name: 'Contre-passer', exact: true }).dblclick();
  await rows(tab).filter({ hasText: 'Essai annulé' }).waitFor();
  expect((await newest(tab))[0]!.number).toBe(made!.number + 1);

  const undone = rows(tab).filter({ hasText: 'Contre-passée' }).first();
  await undone.getByRole('link', { name: 'Voir l’écriture qui l’annule' }).click();
  await tab.getByRole('heading', { name: `Écriture n° ${made!.number + 1}` }).waitFor();
  expect(await tab.getByRole('button', { name: /^Contre-passer/ }).count()).toBe(0);
  await tab.getByRole('link', { name: 'Voir l’écriture annulée' }).click();
  await tab.getByRole('heading', { name: `Écriture n° ${made!.number}`, exact: true }).waitFor();
  await tab.goBack();
  await tab.getByRole('heading', { name: `Écriture n° ${made!.number + 1}` }).waitFor();
});

it('says what the books refuse, in place, and loses nothing that was typed', async () => {
  const tab = await open(people.treasurer, 'livre');
  await tab.getByRole('link', { name: 'Nouvelle écriture' }).click();
  await tab.getByRole('radio', { name: 'Facture' }).check();
  await tab.getByText('La dépense au débit, le fournisseur au crédit.').waitFor();
  expect(await tab.getByRole('combobox', { name: 'Compte' }).first().inputValue()).toBe('6226 Honoraires');
  await typeEntry(tab, 'Essai gardé');
  await tab.getByRole('group', { name: 'Ligne 2', exact: true }).getByLabel('Crédit').fill('1 234,50');
  await tab.getByLabel('Date', { exact: true }).fill('2025-06-01');
  await tab.getByRole('button', { name: 'Écrire', exact: true }).click();
  await tab.getByText('L’exercice de ce jour est clos.').waitFor();
  expect(
    await tab.getByLabel('Date', { exact: true }).evaluate((one) => one === document.activeElement),
  ).toBe(true);

  await tab.route('**/api/v1/funding/entries', (route) => route.abort());
  await tab.getByLabel('Date', { exact: true }).fill((await newest(tab))[0]!.on);
  await tab.getByRole('button', { name: 'Écrire', exact: true }).click();
  await tab.getByRole('alert').waitFor();
  expect(await tab.getByLabel('Libellé', { exact: true }).inputValue()).toBe('Essai gardé');

  const asked: string[] = [];
  tab.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await tab.evaluate(() => history.back());
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  expect(await tab.getByLabel('Libellé', { exact: true }).inputValue()).toBe('Essai gardé');
});

it('adds up every account of a year, and both sides agree', async () => {
  const tab = await open(people.treasurer, 'livre?vue=soldes');
  const foot = tab.locator('tfoot td');
  await foot.first().waitFor();
  const [debit, credit] = await foot.allInnerTexts();
  expect(debit).toBe(credit);
  await tab.getByText(/^Les soldes de \d{4} y sont/).waitFor();
  const { name, text } = await file(tab, tab.getByRole('button', { name: 'CSV' }));
  expect(name).toMatch(/^soldes-\d{4}\.csv$/);
  expect(text).toMatch(/^\ufeffCompte;Intitulé;Débit;Crédit;Solde;Sens;Données\r\n/);
  await tab.getByRole('link', { name: 'Écritures du compte 512' }).click();
  await rows(tab).first().waitFor();
  expect(new URL(tab.url()).hash).toMatch(/exercice=\d{4}.*compte=512/);
});

it('receives a part of a sum, several sums at once, and gives one up', async () => {
  const tab = await open(people.treasurer, 'attendus?nature=majorations');
  const sums = tab.getByRole('list', { name: 'Sommes attendues' }).getByRole('listitem');
  await sums.first().waitFor();
  await tab
    .getByText(/envoyé par la régulation/)
    .first()
    .waitFor();
  await sums
    .first()
    .getByRole('button', { name: /^Recevoir/ })
    .click();
  const dialog = tab.getByRole('dialog');
  await dialog.getByLabel('Montant reçu').fill('5000');
  await dialog.getByLabel('Pièce').fill('RELEVE-1');
  await dialog.getByRole('button', { name: 'Écrire au livre' }).click();
  await dialog
    .getByText(/^Au plus 15/)
    .last()
    .waitFor();
  await dialog.getByLabel('Montant reçu').fill('5');
  await dialog.getByRole('button', { name: 'Écrire au livre' }).dblclick();
  await tab.getByText('Reçue en partie').first().waitFor();

  const boxes = tab.getByRole('checkbox');
  for (const i of [2, 3, 4]) await boxes.nth(i).check();
  await tab.getByText(/^3 sommes choisies, 45,00/).waitFor();
  const before = (await newest(tab))[0]!.number;
  await tab.getByRole('button', { name: 'Recevoir la sélection' }).click();
  await dialog.getByRole('button', { name: 'Écrire au livre' }).click();
  await dialog.getByText('Indiquez la pièce.').waitFor();
  await dialog.getByLabel('Pièce').fill('RELEVE-2');
  await dialog.getByRole('button', { name: 'Écrire au livre' }).click();
  await dialog.getByText('3 sommes reçues.').waitFor();
  await dialog.getByRole('button', { name: 'Fermer' }).last().click();
  expect((await newest(tab))[0]!.number).toBe(before + 3);
  await tab.getByText(/^0 somme choisie/).waitFor();

  const all = tab.getByText(/^\d+ sommes, reste à recevoir/);
  const count = Number.parseInt(await all.innerText());
  await tab
    .getByRole('button', { name: /^Ne viendra pas/ })
    .last()
    .click();
  await dialog.getByRole('button', { name: 'Ne viendra pas', exact: true }).click();
  await tab.getByText('La somme n’est plus attendue.').waitFor();
  await expect.poll(async () => Number.parseInt(await all.innerText())).toBe(count - 1);
  const { text } = await file(tab, tab.getByRole('button', { name: 'CSV' }));
  expect(text.trimEnd().split('\r\n')).toHaveLength(count);
});

it('tells which of several sums was refused, and why, and tries it again', async () => {
  const tab = await open(people.treasurer, 'attendus?nature=majorations');
  await tab.getByRole('checkbox').first().waitFor();
  let tries = 0;
  await tab.route('**/receive', (route) => (++tries === 2 ? route.abort() : route.continue()));
  for (const i of [0, 1]) await tab.getByRole('checkbox').nth(i).check();
  await tab.getByRole('button', { name: 'Recevoir la sélection' }).click();
  const dialog = tab.getByRole('dialog');
  await dialog.getByLabel('Pièce').fill('RELEVE-3');
  await dialog.getByRole('button', { name: 'Écrire au livre' }).click();
  await dialog.getByText('1 somme reçue, 1 refusée.').waitFor();
  await dialog.getByRole('button', { name: 'Réessayer 1 somme' }).click();
  await dialog.getByText('2 sommes reçues.').waitFor();
  expect(tries).toBe(3);
});

it('shows what each professional got against the cap of the year', async () => {
  const tab = await open(people.coordinator, 'attendus?vue=indemnites');
  await tab.getByText(/Plafond par professionnel/).waitFor();
  expect(await tab.getByRole('row').count()).toBeGreaterThan(2);
});

it('imports a file after an essai that keeps nothing, and says what is wrong line by line', async () => {
  const tab = await open(people.treasurer, 'exercices?vue=importer');
  const before = (await newest(tab))[0]!.number;
  const day = (await newest(tab))[0]!.on;
  const text =
    'date;libellé;débit;crédit;compte de contrepartie\r\n' +
    `${day};Essai de frais;12,30;;626\r\n${day};Essai de compte;1,00;;999\r\n31/02/2026;Essai de date;1.2.3;;626\r\n`;
  await tab
    .getByLabel('Fichier CSV')
    .setInputFiles({ name: 'banque.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await tab.getByRole('button', { name: 'Faire un essai' }).click();
  await tab.getByText('1 écriture serait créée').waitFor();
  await tab.getByText('2 lignes refusées').waitFor();
  const told = await tab.getByRole('region', { name: 'Lignes refusées' }).innerText();
  expect(told).toMatch(/3\s+compte de contrepartie/);
  expect(told).toMatch(/4\s+date/);
  expect((await newest(tab))[0]!.number).toBe(before);
  const report = await file(tab, tab.getByRole('button', { name: 'Télécharger les lignes refusées' }));
  expect(report.text).toMatch(/^\ufeffLigne;Colonne;Ce qui ne va pas\r\n3;/);

  await tab.getByRole('button', { name: 'Importer 1 écriture' }).dblclick();
  await tab.getByText('1 écriture créée').waitFor();
  expect((await newest(tab))[0]).toMatchObject({ number: before + 1, label: 'Essai de frais' });
  await tab.getByRole('button', { name: 'Importer un autre fichier' }).click();
  await tab
    .getByLabel('Fichier CSV')
    .setInputFiles({ name: 'banque.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await tab.getByRole('button', { name: 'Faire un essai' }).click();
  await tab.getByText('1 ligne déjà importée').waitFor();
});

it('takes a bank’s own export, its movements in wait on the account proposed', async () => {
  const tab = await open(people.treasurer, 'exercices?vue=importer');
  const day = (await newest(tab))[0]!.on;
  const text = `date;libellé;montant\r\n${day};Essai sans compte;-4,20\r\n`;
  const counterpart = tab.getByLabel('Compte pour les lignes sans contrepartie');
  expect(await counterpart.inputValue()).toBe('471');
  await tab
    .getByLabel('Fichier CSV')
    .setInputFiles({ name: 'banque.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await counterpart.selectOption('');
  await tab.getByRole('button', { name: 'Faire un essai' }).click();
  await tab.getByText('1 ligne refusée').waitFor();
  await counterpart.selectOption('471');
  await tab.getByRole('button', { name: 'Faire un essai' }).click();
  await tab.getByRole('button', { name: 'Importer 1 écriture' }).click();
  await tab.getByText('1 écriture créée').waitFor();
  expect((await newest(tab))[0]!.label).toBe('Essai sans compte');
});

it('prints every entry that is shown with its lines', async () => {
  const tab = await open(people.treasurer, 'livre');
  await rows(tab).first().waitFor();
  await tab.getByRole('button', { name: 'Tout afficher' }).click();
  await tab.getByText(/^\d+ écritures\.$/).waitFor();
  const shown = await rows(tab).count();
  expect(shown).toBeGreaterThan(100);
  await tab.emulateMedia({ media: 'print' });
  await tab.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const printed = tab.getByRole('table').filter({ visible: true });
  await expect.poll(() => printed.count()).toBe(shown);
  expect(await printed.first().innerText()).toMatch(/\d{3,} .*€/s);
});

it('gives up a new entry by Escape, asking when something was typed', async () => {
  const tab = await open(people.treasurer, 'livre?vue=nouvelle');
  const label = tab.getByLabel('Libellé', { exact: true });
  await label.fill('Essai');
  tab.once('dialog', (asked) => void asked.dismiss());
  await label.press('Escape');
  expect(await label.inputValue()).toBe('Essai');
  tab.once('dialog', (asked) => void asked.accept());
  await label.press('Escape');
  await label.waitFor({ state: 'detached' });
});

it.each(['Relevé de banque', 'Factures', 'Paie', 'Présence aux réunions'])(
  'offers a model of %s whose columns the books know',
  async (kind) => {
    const tab = await open(people.treasurer, 'exercices?vue=importer');
    await tab.getByRole('radio', { name: kind }).check();
    await tab.getByText('Les colonnes').click();
    await tab.getByText('obligatoire').first().waitFor();
    const { name, text } = await file(tab, tab.getByRole('button', { name: 'Fichier modèle' }));
    await tab
      .getByLabel('Fichier CSV')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await tab.getByRole('button', { name: 'Faire un essai' }).click();
    await tab.getByRole('region', { name: 'Essai : rien n’est encore écrit' }).waitFor();
    expect(await tab.getByText('Colonnes laissées de côté').count()).toBe(0);
  },
);

it.each([
  ['FEC', /^\d{9}FEC\d{8}\.txt$/, /^JournalCode\tJournalLib\t/],
  ['Journal texte', /\.(journal|ledger|hledger|txt)$/, /EUR/],
  ['Beancount', /\.beancount$/, /EUR/],
  ['Excel', /\.xlsx$/, /^PK/],
])('exports a year as %s', async (format, name, content) => {
  const tab = await open(people.coordinator, 'exercices?vue=exporter');
  const exported = await file(tab, tab.getByRole('button', { name: new RegExp(`^Télécharger ${format} `) }));
  expect(exported.name).toMatch(name);
  expect(exported.text).toMatch(content);
});

it('opens a year, writes what the end of another asks for, and closes one for ever', async () => {
  const tab = await open(people.treasurer, 'exercices');
  await tab.getByRole('button', { name: 'Ouvrir un exercice' }).click();
  const dialog = tab.getByRole('dialog');
  const next = (await dialog.getByLabel('Premier jour').inputValue()).slice(0, 4);
  await dialog.getByRole('button', { name: 'Ouvrir', exact: true }).dblclick();
  await tab.getByText(`Exercice ${next} ouvert.`).waitFor();
  await tab.getByRole('heading', { name: `Exercice ${next}` }).waitFor();

  await tab.getByRole('button', { name: `Écritures de fin d’exercice ${Number(next) - 1}` }).click();
  await dialog.getByRole('button', { name: /^Écrire \d+ écritures$/ }).click();
  await dialog.getByText(/^\d+ écritures au livre\.$/).waitFor();
  await expect.poll(() => dialog.getByText('À écrire').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Fermer' }).last().click();

  await tab.goto(`/pilot#livre?vue=soldes&exercice=${next}`);
  await tab.getByText(`Les soldes de ${Number(next) - 1} n’y sont pas`).waitFor();
  await tab.getByRole('link', { name: `Fin de l’exercice ${Number(next) - 1}` }).click();
  await dialog.getByRole('heading', { name: `Fin de l’exercice ${Number(next) - 1}` }).waitFor();
  expect(await dialog.getByText('À écrire').count()).toBe(0);
  await dialog.getByRole('button', { name: 'Fermer' }).last().click();

  await tab.getByText(new RegExp(`^Se clôt à partir du 1(er)? janvier ${Number(next) + 1}.$`)).waitFor();
  expect(await tab.getByRole('button', { name: /^Clore l’exercice/ }).count()).toBe(0);
  const titles = await tab.getByRole('heading', { name: /^Exercice \d{4}$/ }).allInnerTexts();
  const past = Math.min(...titles.map((title) => Number(title.slice(-4)))) - 1;
  await tab.getByRole('button', { name: 'Ouvrir un exercice' }).click();
  await dialog.getByLabel('Premier jour').fill(`${past}-01-01`);
  await dialog.getByLabel('Dernier jour').fill(`${past}-12-31`);
  await dialog.getByRole('button', { name: 'Ouvrir', exact: true }).click();
  await tab.getByText(`Exercice ${past} ouvert.`).waitFor();
  await tab.getByRole('button', { name: `Clore l’exercice ${past}` }).click();
  const close = dialog.getByRole('button', { name: 'Clore définitivement' });
  await close.click();
  await dialog.getByText('Cochez pour confirmer.').waitFor();
  await dialog.getByRole('checkbox').check();
  await close.click();
  await tab.getByText(`Exercice ${past} clos.`).waitFor();
  await expect.poll(() => tab.getByRole('button', { name: /^Clore l’exercice/ }).count()).toBe(0);
});

it('lets a coordinator read all of it and write nothing', async () => {
  const tab = await open(people.coordinator, 'livre');
  await rows(tab).first().locator('summary').click();
  await tab.getByText('Empreinte').first().waitFor();
  const written = /^(Nouvelle écriture|Contre-passer|Recevoir|Ne viendra pas|Ouvrir un exercice|Clore)/;
  for (const place of ['livre', 'livre?vue=nouvelle', 'attendus', 'exercices', 'exercices?vue=importer']) {
    await tab.goto(`/pilot#${place}`);
    await tab.locator('main [aria-busy="false"]').first().waitFor();
    expect(await tab.getByRole('button', { name: written }).count()).toBe(0);
    expect(await tab.getByRole('link', { name: written }).count()).toBe(0);
    expect(await tab.getByRole('checkbox').count()).toBe(0);
  }
});

it.each([
  ...['livre', 'livre?vue=soldes', 'livre?vue=nouvelle'],
  ...['attendus', 'attendus?vue=indemnites', 'exercices', 'exercices?vue=exporter', 'exercices?vue=importer'],
])('has no fault on %s, light, dark and narrow', async (place) => {
  const tab = await open(people.treasurer, place);
  await tab.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
  if (place === 'livre') await rows(tab).first().locator('summary').click();
  expect([...(await violations(tab)), ...(await violations(tab, 'dark'))]).toEqual([]);
  await tab.setViewportSize({ width: 320, height: 700 });
  expect(await scrollsSideways(tab)).toBe(false);
  expect(await violations(tab)).toEqual([]);
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
