import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phoneSize, scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

const { page, faults } = stage();

const dialog = (tab: Page) => tab.getByRole('dialog');
const plain = (text: string | null) => (text ?? '').replace(/\s/g, ' ');

async function treasurer(place = 'contrat', who = people.treasurer): Promise<Page> {
  const tab = await page();
  await signIn(tab, who, '/pilot');
  await tab.goto(`/pilot#${place}`);
  return tab;
}

async function payments(tab: Page): Promise<Page> {
  await tab.getByRole('heading', { name: 'Paiements', exact: true, level: 3 }).waitFor();
  return tab;
}

interface Contract {
  territory: string;
  revision: number;
}
async function contractOf(tab: Page): Promise<Contract> {
  const me = await call<{ territories: { id: string }[] }>(tab, 'GET', '/me');
  const view = await call<{ contract: Contract }>(
    tab,
    'GET',
    `/funding/contract?territory=${me.territories[0]!.id}`,
  );
  return view.contract;
}

it('starts the treasurer at the contract, its payments over five years and its deadlines', async () => {
  const tab = await page();
  await signIn(tab, people.treasurer, '/pilot');
  await tab.getByRole('heading', { name: 'Contrat et paiements', level: 2 }).waitFor();
  const picture = tab.getByRole('img', { name: /^Cinq ans de paiements/ });
  await picture.waitFor();
  expect(await picture.getByText(/^Année [1-5]$/).count()).toBe(5);
  await tab.getByRole('heading', { name: 'Échéances des missions' }).waitFor();
  await tab.getByRole('button', { name: 'Tableau : Cinq ans de paiements' }).click();
  const table = tab.getByRole('table', { name: 'Tableau : Cinq ans de paiements' });
  expect(await table.getByRole('row').count()).toBeGreaterThan(40);
  expect(plain(await table.innerText())).toMatch(/● reçu/);
});

it('has the calendar as a file that says amounts with a comma, and each line that it is simulated', async () => {
  const tab = await payments(await treasurer());
  const saved = tab.waitForEvent('download');
  await tab.getByRole('button', { name: 'CSV : Cinq ans de paiements' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  const [head, first] = text.replace('\ufeff', '').split('\r\n');
  expect(head).toContain('Jour;Ligne du contrat;Paiement;Année du contrat');
  expect(first).toMatch(/;\d+,\d\d;/);
  expect(first).toMatch(/simulées$/);
});

it('writes what came into the books in place, once however often it is pressed', async () => {
  const tab = await payments(await treasurer());
  const receive = tab.getByRole('button', { name: /^Noter l’arrivée/ }).first();
  const name = await receive.getAttribute('aria-label');
  await receive.click();
  await dialog(tab).getByLabel('Montant reçu').fill('1.000');
  await dialog(tab).getByRole('button', { name: 'Écrire dans le livre' }).click();
  await dialog(tab).getByText('Écrivez les centimes après une virgule').waitFor();
  await dialog(tab).getByText('Indiquez la pièce qui le prouve.').waitFor();
  await dialog(tab).getByLabel('Montant reçu').fill('1 000,25');
  await dialog(tab).getByLabel('Pièce').fill('Relevé e2e');
  const sent: string[] = [];
  tab.on('request', (one) => {
    if (one.url().endsWith('/receive')) sent.push(one.headers()['idempotency-key'] ?? '');
  });
  await dialog(tab).getByRole('button', { name: 'Écrire dans le livre' }).dblclick();
  await tab.getByText('Paiement écrit dans le livre.').waitFor();
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatch(/^\w{32}$/);
  const row = tab.getByRole('listitem').filter({ has: tab.getByRole('button', { name: name! }) });
  await row.getByText('reçu en partie').waitFor();
});

it('keeps what was typed when the line fails, and asks before it is lost', async () => {
  const tab = await payments(await treasurer());
  await tab
    .getByRole('button', { name: /^Noter l’arrivée/ })
    .first()
    .click();
  await dialog(tab).getByLabel('Pièce').fill('Relevé perdu');
  await tab.route('**/receive', (route) => route.abort());
  await dialog(tab).getByRole('button', { name: 'Écrire dans le livre' }).click();
  await dialog(tab).getByText('Le serveur ne répond pas.').waitFor();
  const piece = dialog(tab).getByLabel('Pièce');
  expect(await piece.inputValue()).toBe('Relevé perdu');
  tab.once('dialog', (asked) => void asked.dismiss());
  await tab.keyboard.press('Escape');
  expect(await piece.inputValue()).toBe('Relevé perdu');
  tab.once('dialog', (asked) => void asked.accept());
  await tab.keyboard.press('Escape');
  await piece.waitFor({ state: 'hidden' });
});

it('gives up what will not come only after a second word', async () => {
  const tab = await payments(await treasurer());
  const keys = tab.getByRole('button', { name: /^Ne viendra pas/ });
  const before = await keys.count();
  await keys.last().click();
  await dialog(tab).getByText('Cela ne s’annule pas.').waitFor();
  await dialog(tab).getByRole('button', { name: 'Annuler' }).click();
  expect(await keys.count()).toBe(before);
  await keys.last().click();
  await dialog(tab).getByRole('button', { name: 'Ne plus attendre ce montant' }).click();
  await tab.getByText('Ce montant n’est plus attendu.').waitFor();
  await expect.poll(() => keys.count()).toBe(before - 1);
});

it('enters what the dialogue decided, with its document', async () => {
  const tab = await payments(await treasurer());
  const decide = tab.getByRole('button', { name: /^Décider : Compensation/ }).first();
  await decide.click();
  await dialog(tab).getByLabel('Montant décidé').fill('999 999');
  await dialog(tab).getByRole('button', { name: 'Enregistrer la décision' }).click();
  await dialog(tab)
    .getByText(/^Au plus/)
    .waitFor();
  await dialog(tab).getByLabel('Montant décidé').fill('1 234,56');
  await dialog(tab)
    .getByLabel('Compte rendu ou avenant')
    .setInputFiles({
      name: 'compte-rendu.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('mission;montant\nacces;1234,56\n'),
    });
  await dialog(tab).getByRole('button', { name: 'Enregistrer la décision' }).click();
  await tab.getByText('Décision enregistrée : le montant est attendu.').waitFor();
  const row = tab.getByRole('listitem').filter({ hasText: /1\s234,56\s€/ });
  await row.getByText('décidé').waitFor();
});

it('fills the empty crisis row, and says clearly that another changed the contract meanwhile', async () => {
  const tab = await payments(await treasurer());
  await tab.getByRole('button', { name: 'Modifier le contrat' }).click();
  const amounts = tab.getByRole('group', { name: 'Montants par an' });
  const crisis = amounts.getByLabel('Réponse aux crises sanitaires graves');
  await tab.getByText('recopiez le montant de votre contrat').waitFor();
  await crisis.fill('37.500');
  await tab.getByRole('button', { name: 'Enregistrer le contrat' }).click();
  await tab.getByText('Écrivez les centimes après une virgule').waitFor();
  await crisis.fill('37 500');

  const contract = await contractOf(tab);
  await call(tab, 'PUT', '/funding/contract', { ...contract, schemes: [] });
  await tab.getByRole('button', { name: 'Enregistrer le contrat' }).click();
  await tab.getByText('Votre saisie est restée ici.').waitFor();
  await tab.getByText(/Diffèrent de ce qui est enregistré.*Réponse aux crises/).waitFor();
  await tab.getByText(/les majorations/).waitFor();
  expect(await crisis.inputValue()).toBe('37 500');
  await tab.getByRole('button', { name: 'Enregistrer ma saisie' }).click();
  await tab.getByText('Contrat enregistré').waitFor();
  await payments(tab);
  await tab.getByText(/Réponse aux crises sanitaires graves\s: 37\s500\s€/).waitFor();
});

it('tells which mission is fully deployed, and lets the treasurer say it of another', async () => {
  const tab = await payments(await treasurer());
  const deadlines = tab.getByRole('region', { name: 'Échéances des missions' }).getByRole('listitem');
  const of = (mission: string) => deadlines.filter({ hasText: `${mission} : déploiement complet` });
  expect(plain(await of('Réponse aux crises sanitaires graves').innerText())).toMatch(/déployée, le \d/);
  const access = of('Accès aux soins');
  expect(plain(await access.innerText())).toMatch(/bientôt, dans \d+ jours?/);

  await tab.getByRole('button', { name: 'Modifier le contrat' }).click();
  const mission = tab.getByRole('group', { name: 'Accès aux soins' });
  const started = await mission.getByLabel('Commencée le').inputValue();
  const deployed = mission.getByLabel('Pleinement déployée le');
  await deployed.fill('2020-01-01');
  await tab.getByRole('button', { name: 'Enregistrer le contrat' }).click();
  await mission.getByText('Une mission n’est pas déployée avant son début.').waitFor();
  await deployed.fill(started);
  await tab.getByRole('button', { name: 'Enregistrer le contrat' }).click();
  await tab.getByText('Contrat enregistré').waitFor();
  await access.getByText('déployée').waitFor();
});

it('shows envelopes with the earmarked one marked, and leads to its entries', async () => {
  const tab = await treasurer('enveloppes');
  const earmarked = tab.getByRole('listitem').filter({ hasText: 'fléchée' });
  await earmarked.first().waitFor();
  expect(await tab.getByRole('img', { name: /€ reçus, .* dépensés, .* disponibles$/ }).count()).toBe(9);
  await tab.getByRole('link', { name: /^Écritures : Traitement et orientation/ }).click();
  await tab.getByRole('heading', { name: 'Livre', level: 2 }).waitFor();
  expect(new URL(tab.url()).hash).toBe('#livre?enveloppe=snp_orientation');
});

it('reads the example of Sénart: 75 000 € of fonctionnement, the coordinator 58 248 €', async () => {
  const tab = await treasurer('budget');
  const part = tab.getByRole('table', { name: 'Fonctionnement' });
  await part.waitFor();
  const coordinator = part.getByRole('row', { name: /^Coordination/ });
  expect(plain(await coordinator.innerText())).toContain('58 248 €');
  expect(plain(await part.getByRole('row', { name: /^Total/ }).innerText())).toContain('75 000 €');
  await tab.getByRole('table', { name: 'Opérationnel' }).waitFor();
});

it('adds a line to the budget, changes it and takes it away', async () => {
  const tab = await treasurer('budget');
  await tab.getByRole('button', { name: 'Ajouter une ligne : Opérationnel' }).click();
  await dialog(tab).getByRole('button', { name: 'Ajouter', exact: true }).click();
  await dialog(tab).getByText('Nommez ce poste.').waitFor();
  expect(await dialog(tab).locator('[aria-invalid=true]').count()).toBe(3);
  await dialog(tab).getByLabel('Poste').fill('Ateliers e2e');
  await dialog(tab).getByLabel('Compte de charges').fill('6288');
  await dialog(tab).getByLabel('Prévu pour l’année').fill('2 500,50');
  const posted: string[] = [];
  tab.on('request', (one) => {
    if (one.method() === 'POST' && one.url().endsWith('/funding/budget')) posted.push(one.url());
  });
  await dialog(tab).getByRole('button', { name: 'Ajouter', exact: true }).dblclick();
  await tab.getByText('Ligne ajoutée.').waitFor();
  expect(posted).toHaveLength(1);
  const row = tab.getByRole('table', { name: 'Opérationnel' }).getByRole('row', { name: /^Ateliers e2e/ });
  await row.waitFor();
  expect(plain(await row.innerText())).toContain('2 500,50 €');

  await tab.getByRole('button', { name: 'Modifier : Ateliers e2e' }).click();
  expect(await dialog(tab).getByLabel('Prévu pour l’année').inputValue()).toBe('2500,50');
  await dialog(tab).getByLabel('Engagé').fill('3 000');
  await dialog(tab).getByRole('button', { name: 'Enregistrer' }).click();
  await row.getByText('en dépassement').waitFor();
  expect(plain(await row.innerText())).toContain('−499,50 €');

  await tab.getByRole('button', { name: 'Supprimer : Ateliers e2e' }).click();
  await dialog(tab).getByRole('button', { name: 'Supprimer' }).click();
  await tab.getByText('Ligne supprimée.').waitFor();
  await expect.poll(() => row.count()).toBe(0);
});

it('has the budget as a spreadsheet', async () => {
  const tab = await treasurer('budget');
  const saved = tab.waitForEvent('download');
  await tab.getByRole('link', { name: /fichier XLSX$/ }).click();
  const bytes = await readFile(await (await saved).path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
});

it('lets a coordinator read all of it, and change nothing', async () => {
  const tab = await payments(await treasurer('contrat', people.coordinator));
  expect(await tab.getByRole('button', { name: /Modifier|Noter|Décider|Ne viendra/ }).count()).toBe(0);
  await tab.goto('/pilot#budget');
  await tab.getByRole('table', { name: 'Fonctionnement' }).waitFor();
  expect(await tab.getByRole('button', { name: /Ajouter|Modifier|Supprimer/ }).count()).toBe(0);
});

it('says what to do next while there is no contract and no year', async () => {
  const tab = await treasurer();
  await payments(tab);
  await tab.route('**/funding/contract?*', async (route) => {
    const answer = await route.fetch();
    const view = (await answer.json()) as Record<string, unknown>;
    await route.fulfill({ response: answer, json: { ...view, contract: undefined } });
  });
  await tab.route('**/funding/years?*', (route) => route.fulfill({ json: { items: [] } }));
  await tab.reload();
  await tab.getByText('Aucun contrat n’a été saisi').waitFor();
  await tab.getByRole('button', { name: 'Saisir le contrat' }).click();
  await tab.getByRole('button', { name: 'Enregistrer le contrat' }).click();
  await tab.getByText('Indiquez le jour de la signature.').waitFor();
  await tab.goto('/pilot#budget');
  await tab.getByText('Aucun exercice n’est ouvert').waitFor();
  await tab.getByRole('link', { name: 'Ouvrir un exercice' }).waitFor();
});

it('is driven by the keyboard alone', async () => {
  const tab = await payments(await treasurer());
  const receive = tab.getByRole('button', { name: /^Noter l’arrivée/ }).first();
  await receive.focus();
  await tab.keyboard.press('Enter');
  await dialog(tab).waitFor();
  expect(
    await dialog(tab)
      .getByLabel('Montant reçu')
      .evaluate((one) => one === document.activeElement),
  ).toBe(true);
  await tab.keyboard.press('Escape');
  await dialog(tab).waitFor({ state: 'hidden' });
  expect(await receive.evaluate((one) => one === document.activeElement)).toBe(true);

  await tab
    .getByRole('button', { name: /^Ne viendra pas/ })
    .first()
    .click();
  // What cannot be taken back is not under the key that opened it.
  const cancel = dialog(tab).getByRole('button', { name: 'Annuler' });
  expect(await cancel.evaluate((one) => one === document.activeElement)).toBe(true);
  await tab.keyboard.press('Enter');

  const change = tab.getByRole('button', { name: 'Modifier le contrat' });
  await change.press('Enter');
  await tab.getByRole('heading', { name: 'Modifier le contrat' }).waitFor();
  await tab.keyboard.press('Escape');
  await expect.poll(() => change.evaluate((one) => one === document.activeElement)).toBe(true);
});

it.each(['light', 'dark'] as const)(
  'has nothing that axe finds wrong, in %s',
  { timeout: 120_000 },
  async (scheme) => {
    const tab = await payments(await treasurer());
    expect(await violations(tab, scheme)).toEqual([]);
    await tab
      .getByRole('button', { name: /^Noter l’arrivée/ })
      .first()
      .click();
    await dialog(tab).getByLabel('Pièce').waitFor();
    expect(await violations(tab, scheme)).toEqual([]);
    await tab.keyboard.press('Escape');
    await tab.getByRole('button', { name: 'Modifier le contrat' }).click();
    await tab.getByLabel('SIREN de la CPTS').fill('12');
    await tab.getByRole('button', { name: 'Enregistrer le contrat' }).click();
    await tab.getByText('Le SIREN a 9 chiffres.').waitFor();
    expect(await violations(tab, scheme)).toEqual([]);
    const other = await treasurer('enveloppes');
    await other.getByText('fléchée').first().waitFor();
    expect(await violations(other, scheme)).toEqual([]);
    await other.goto('/pilot#budget');
    await other.getByRole('table', { name: 'Fonctionnement' }).waitFor();
    expect(await violations(other, scheme)).toEqual([]);
  },
);

it('fits a phone and the narrowest page', async () => {
  const tab = await page({ viewport: phoneSize });
  await signIn(tab, people.treasurer, '/pilot');
  for (const width of [390, 320]) {
    await tab.setViewportSize({ width, height: 640 });
    await tab.goto('/pilot#contrat');
    await payments(tab);
    expect(await scrollsSideways(tab)).toBe(false);
    await tab.getByRole('radio', { name: 'Tous' }).check();
    await tab.getByText(/^Année 5, du/).waitFor();
    expect(await scrollsSideways(tab)).toBe(false);
    for (const [place, shown] of [
      ['enveloppes', 'fléchée'],
      ['budget', 'Opérationnel'],
    ] as const) {
      await tab.goto(`/pilot#${place}`);
      await tab.getByText(shown).first().waitFor();
      expect(await scrollsSideways(tab)).toBe(false);
    }
    await tab
      .getByRole('button', { name: /^Modifier : / })
      .first()
      .click();
    await dialog(tab).getByLabel('Poste').waitFor();
    expect(await scrollsSideways(tab)).toBe(false);
    await tab.keyboard.press('Escape');
  }
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
