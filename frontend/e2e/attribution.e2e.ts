import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phoneSize, scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { stage } from './stage';

const { page, faults } = stage();

// Families of the e2e alone: the demo's are stones and flowers.
const patient = { family: 'Zinzolin', given: 'Ondine', name: 'Ondine ZINZOLIN' };

async function nurse(place = ''): Promise<Page> {
  const tab = await page();
  await signIn(tab, people.nurse, '/pilot');
  await rows(tab).first().waitFor();
  if (place) await tab.goto(`/pilot#demandes-mt${place}`);
  return tab;
}

const rows = (tab: Page) => tab.locator('a[data-request]');
const dialog = (tab: Page) => tab.getByRole('dialog');
const dossier = (tab: Page) => tab.getByRole('region', { name: 'Dossier', exact: true });

async function reporter(): Promise<Page> {
  const tab = await page();
  await signIn(tab, people.professional, '/pilot');
  await tab.getByRole('heading', { name: 'Vos signalements' }).waitFor();
  return tab;
}

async function fill(tab: Page, who: { family: string; given: string } = patient) {
  await tab.getByLabel('Le patient est d’accord').check();
  await tab.getByLabel('Nom de famille').fill(who.family);
  await tab.getByLabel('Prénom').fill(who.given);
  await tab.getByLabel('Né(e) le, ou année').fill('17/05/1949');
  const commune = tab.getByRole('combobox', { name: 'Commune' });
  await commune.fill('Cesson');
  await tab
    .getByRole('option', { name: /^Cesson/ })
    .first()
    .waitFor();
  await commune.press('Enter');
}

async function find(tab: Page, family: string) {
  await tab.getByLabel('Nom de famille ou nom complet').fill(family);
  await tab.getByRole('button', { name: 'Chercher' }).click();
  await tab
    .getByRole('status')
    .getByText(/à ce nom/)
    .waitFor();
}

async function step(tab: Page, key: string) {
  const more = tab.getByRole('button', { name: 'Autres actions' });
  const button = dossier(tab).getByRole('button', { name: key, exact: true });
  await more.waitFor();
  if (!(await button.isVisible())) await more.click();
  await button.click();
}

it('goes from a pharmacist’s report to an attachment, told to both', async () => {
  const pharmacist = await reporter();
  await pharmacist.getByRole('button', { name: 'Signaler ce patient' }).click();
  await pharmacist.getByText('Demandez d’abord l’accord du patient.').waitFor();
  expect(await pharmacist.locator('[aria-invalid=true]').count()).toBe(4);
  await fill(pharmacist);
  await pharmacist.getByLabel('Affection de longue durée').check();
  await pharmacist.getByRole('button', { name: 'Signaler ce patient' }).click();
  const mine = pharmacist.getByRole('region', { name: 'Vos signalements' });
  await mine.getByText('Reçu, l’infirmière va l’étudier').first().waitFor();
  await mine.getByText(patient.name).waitFor();

  const tab = await nurse();
  await find(tab, 'zinzolin');
  await rows(tab).filter({ hasText: patient.name }).click();
  await tab.getByRole('heading', { name: new RegExp(patient.name) }).waitFor();
  expect(await dossier(tab).getByText('Priorité 1').count()).toBeGreaterThan(0);

  // Only what is missing is asked for, and the text for GPs writes itself until it is hers.
  await step(tab, 'Qualifier');
  await dialog(tab).getByLabel('Téléphone').fill('01 99 00 12 34');
  await dialog(tab).getByLabel('Maladie chronique').fill('asthme sévère');
  const synthesis = dialog(tab).getByLabel('Synthèse pour les médecins');
  expect(await synthesis.inputValue()).toContain('Asthme sévère.');
  await synthesis.fill(`${patient.given} a besoin d’un suivi.`);
  await dialog(tab).getByRole('button', { name: 'Qualifier' }).click();
  await dialog(tab)
    .getByText(/ne contient ni le nom/)
    .waitFor();
  expect(await synthesis.getAttribute('aria-invalid')).toBe('true');
  await synthesis.fill('Asthme sévère, suivi à reprendre.');
  await dialog(tab).getByRole('button', { name: 'Qualifier' }).click();
  await tab.getByText('Demande qualifiée : le plan la compte.').waitFor();

  await step(tab, 'Proposer à un médecin');
  await dialog(tab).locator('input[type=radio]:enabled').first().check();
  await dialog(tab).getByRole('button', { name: 'Envoyer la proposition' }).click();
  await dossier(tab).getByText('réponse attendue avant le').waitFor();

  await step(tab, 'Noter la réponse du médecin');
  await dialog(tab).getByRole('button', { name: 'Enregistrer la réponse' }).click();
  await dossier(tab)
    .getByText(/^Accepté par Dr/)
    .waitFor();
  await step(tab, 'Rattaché');
  await dialog(tab).getByRole('button', { name: 'Enregistrer le rattachement' }).click();
  await dossier(tab)
    .getByText(/^Rattaché le/)
    .first()
    .waitFor();
  const history = tab.getByRole('region', { name: 'Historique' });
  for (const what of ['Demande reçue', 'Qualifiée', /^Proposée à Dr/, /^Acceptée par Dr/, /^Rattaché à Dr/])
    expect(await history.getByText(what).count()).toBe(1);

  await pharmacist.reload();
  await pharmacist.getByText(/recherches? terminées?/).click();
  await mine.locator('li', { hasText: patient.name }).getByText('A un médecin traitant').waitFor();
});

it('keeps names out of the address, the title and the storage', async () => {
  const tab = await nurse();
  await rows(tab).first().click();
  const name = (await tab.getByRole('heading', { level: 3 }).first().innerText()).split(' ')[1]!;
  const said = await tab.evaluate(() => location.href + document.title + JSON.stringify(localStorage));
  expect(said.toLowerCase()).not.toContain(name.toLowerCase());
});

it('opens and leaves a dossier by the keyboard, and comes back to its row', async () => {
  const tab = await nurse();
  await rows(tab).first().focus();
  await tab.keyboard.press('ArrowDown');
  const chosen = rows(tab).nth(1);
  const id = await chosen.getAttribute('data-request');
  await tab.keyboard.press('Enter');
  await dossier(tab).getByRole('heading', { level: 3 }).first().waitFor();
  await tab.waitForFunction(() => document.activeElement?.tagName === 'H3');
  expect(new URL(tab.url()).hash).toBe(`#demandes-mt?dossier=${id}`);
  await tab.keyboard.press('Escape');
  await dossier(tab).waitFor({ state: 'detached' });
  expect(await chosen.evaluate((row) => row === document.activeElement)).toBe(true);
});

it('changes a priority with its reason, notes, closes and reopens', async () => {
  const tab = await nurse();
  await rows(tab).last().click();
  await step(tab, 'Changer la priorité');
  await dialog(tab).getByRole('radio', { name: 'Priorité 1' }).check();
  await dialog(tab).getByRole('button', { name: 'Fixer la priorité' }).click();
  await dialog(tab).getByText('Dites pourquoi').waitFor();
  await dialog(tab).getByLabel('Pourquoi').fill('seule depuis peu');
  await dialog(tab).getByRole('button', { name: 'Fixer la priorité' }).click();
  await dossier(tab).getByText('« seule depuis peu »').waitFor();
  await dossier(tab).getByText('fixée par l’infirmière').first().waitFor();

  await step(tab, 'Noter');
  await dialog(tab).getByLabel('Note').fill('rappeler jeudi');
  await tab.keyboard.press('Control+Enter');
  await dossier(tab).getByText('rappeler jeudi').waitFor();

  await step(tab, 'Clore');
  await dialog(tab).getByRole('button', { name: 'Clore la demande' }).click();
  await dialog(tab).getByText('Choisissez une raison.').waitFor();
  await dialog(tab).getByRole('radio', { name: 'A déménagé' }).check();
  await dialog(tab).getByRole('button', { name: 'Clore la demande' }).click();
  await dossier(tab).getByText('a déménagé').first().waitFor();
  await step(tab, 'Rouvrir');
  await dialog(tab).getByRole('button', { name: 'Rouvrir' }).click();
  await dossier(tab).getByText('Rouverte').waitFor();
});

it('tells of a second report of one patient, merges both, and erases for good', async () => {
  const twin = { family: 'Amarante', given: 'Côme' };
  const tab = await nurse('?vue=nouvelle');
  await fill(tab, twin);
  await tab.getByRole('button', { name: 'Enregistrer la demande' }).click();
  await tab.getByText('Demande enregistrée.', { exact: true }).waitFor();
  await tab.goto('/pilot#demandes-mt?vue=nouvelle');
  await fill(tab, twin);
  await tab.getByLabel('Handicap').check();
  await tab.getByRole('button', { name: 'Enregistrer la demande' }).click();
  await tab.getByText('Attention : une autre peut être du même patient.').waitFor();

  await tab.getByRole('button', { name: 'Comparer' }).click();
  await dialog(tab)
    .getByRole('row', { name: /^Critères ?, différent/ })
    .waitFor();
  await dialog(tab).getByRole('button', { name: 'Fusionner' }).click();
  await dossier(tab).getByText('Une autre demande du même patient a été réunie à celle-ci').waitFor();
  expect(await tab.getByRole('button', { name: 'Comparer' }).count()).toBe(0);

  await step(tab, 'Retrait du consentement');
  await dialog(tab).getByText('Côme AMARANTE, 77 ans').waitFor();
  await dialog(tab).getByRole('button', { name: 'Effacer pour toujours' }).click();
  await dialog(tab).getByText('Cochez pour confirmer.').waitFor();
  await dialog(tab).getByLabel('Je confirme').check();
  await dialog(tab).getByRole('button', { name: 'Effacer pour toujours' }).click();
  await tab.getByRole('heading', { name: /^Identité effacée/ }).waitFor();
  await dossier(tab).getByRole('button', { name: 'Fermer le dossier' }).click();
  await find(tab, twin.family);
  await tab.getByText('Aucune demande à ce nom').waitFor();
});

it('keeps what was typed, and asks about a commune outside', async () => {
  const tab = await nurse('?vue=nouvelle');
  const asked: string[] = [];
  let agree = false;
  tab.on('dialog', (one) => {
    asked.push(one.message());
    void (agree ? one.accept() : one.dismiss());
  });
  const away = { family: 'Céladon', given: 'Prune' };
  await fill(tab, away);
  await tab.getByRole('button', { name: 'Revenir à la liste' }).click();
  expect(asked.at(-1)).toContain('sera perdu');
  expect(await tab.getByLabel('Nom de famille').inputValue()).toBe(away.family);
  const places = tab.getByRole('link', { name: 'Places des médecins' });
  for (const leave of [() => tab.goBack(), () => places.click()]) {
    asked.length = 0;
    await leave();
    await tab.waitForURL(/vue=nouvelle$/);
    expect(asked).toEqual([expect.stringContaining('sera perdu')]);
    expect(await tab.getByLabel('Nom de famille').inputValue()).toBe(away.family);
  }
  await tab.getByRole('combobox', { name: 'Commune' }).fill('13001');
  await tab
    .getByRole('option', { name: /^Marseille/ })
    .first()
    .waitFor();
  await tab.getByRole('combobox', { name: 'Commune' }).press('Enter');
  await tab.getByRole('button', { name: 'Enregistrer la demande' }).click();
  expect(asked.at(-1)).toContain('hors du territoire');
  agree = true;
  await tab.getByRole('button', { name: 'Enregistrer la demande' }).click();
  await dossier(tab)
    .getByRole('heading', { name: /Marseille.*hors du territoire/ })
    .waitFor();
});

it('catches up with what another nurse did, and keeps what was written for it', async () => {
  const tab = await nurse();
  tab.on('dialog', (one) => void one.accept());
  await rows(tab).first().click();
  await tab.waitForURL(/dossier=/);
  const other = await page();
  await signIn(other, people.nurse, '/pilot');
  await other.goto(tab.url());
  await step(tab, 'Clore');
  await step(other, 'Clore');
  await dialog(tab).getByLabel('Note').fill('partie chez sa fille');
  for (const one of [other, tab]) {
    await dialog(one).getByRole('radio', { name: 'A déménagé' }).check();
    await dialog(one).getByRole('button', { name: 'Clore la demande' }).click();
  }
  await dialog(other).waitFor({ state: 'hidden' });
  await dialog(tab).getByRole('alert').getByText(/Close/).waitFor();
  expect(await dialog(tab).getByLabel('Note').inputValue()).toBe('partie chez sa fille');
  await tab.keyboard.press('Escape');
  await dossier(tab)
    .getByText(/^Entre-temps\s: close\s: a déménagé, par /)
    .waitFor();

  await step(tab, 'Rouvrir');
  await step(other, 'Rouvrir');
  for (const one of [other, tab]) {
    await dialog(one).getByRole('button', { name: 'Rouvrir' }).click();
    await dialog(one).waitFor({ state: 'hidden' });
  }
  await dossier(tab)
    .getByText(/^Entre-temps\s: rouverte, par /)
    .waitFor();
});

it('checks a file first, then keeps its good lines', async () => {
  const tab = await nurse('?vue=import');
  const [model] = await Promise.all([
    tab.waitForEvent('download'),
    tab.getByRole('button', { name: 'Télécharger le modèle' }).click(),
  ]);
  expect(model.suggestedFilename()).toBe('modele-demandes-mt.csv');
  await tab.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await tab.getByText('Choisissez un fichier.').waitFor();
  const lines = [
    'Nom;Année de naissance;Commune;Code postal;Consentement le;Consentement recueilli par;ALD',
    'Garance;1950;Cesson;77240;01/11/2026;Dr Démo;oui',
    'Pervenche;1950;Nulleville;;01/11/2026;Dr Démo;oui',
  ];
  const buffer = Buffer.from(lines.join('\r\n'));
  await tab.getByLabel('Fichier CSV').setInputFiles({ name: 'dac.csv', mimeType: 'text/csv', buffer });
  await tab.getByRole('button', { name: 'Vérifier le fichier' }).click();
  await tab.getByText('1 ligne bonne à importer').waitFor();
  await tab.getByRole('row', { name: /^3 commune/ }).waitFor();
  expect(await violations(tab)).toEqual([]);
  await tab.getByRole('button', { name: 'Importer 1 demande' }).click();
  await tab.getByText('1 demande créée').waitFor();
  await tab.getByRole('button', { name: 'Voir les demandes à qualifier' }).click();
  await rows(tab).filter({ hasText: 'GARANCE' }).waitFor();
});

it('shows each role its own sections', async () => {
  const tab = await nurse();
  await tab.goto('/pilot#remplissage');
  await tab.getByRole('heading', { name: 'Demandes de MT', level: 2 }).waitFor();
  expect(new URL(tab.url()).hash).toBe('#demandes-mt');
  const coordinator = await page();
  await signIn(coordinator, people.coordinator, '/pilot');
  const sections = coordinator.getByRole('navigation', { name: 'Rubriques' });
  await sections.getByRole('link', { name: 'Médecin traitant', exact: true }).click();
  await sections.getByRole('link', { name: 'Médecins traitants' }).waitFor();
  expect(await sections.getByRole('link', { name: 'Demandes de MT' }).count()).toBe(0);
});

it.each(['light', 'dark'] as const)(
  'has nothing that axe finds wrong, in %s',
  { timeout: 120_000 },
  async (scheme) => {
    const tab = await nurse();
    expect(await violations(tab, scheme)).toEqual([]);
    await rows(tab).first().click();
    await tab.getByRole('region', { name: 'Historique' }).getByRole('listitem').first().waitFor();
    expect(await violations(tab, scheme)).toEqual([]);
    await dossier(tab).getByRole('button', { name: 'Modifier' }).last().click();
    await dialog(tab).getByLabel('Nom de famille').waitFor();
    expect(await violations(tab, scheme)).toEqual([]);
    await tab.keyboard.press('Escape');
    await tab.goto('/pilot#demandes-mt?vue=nouvelle');
    await tab.getByRole('button', { name: 'Enregistrer la demande' }).click();
    await tab.getByText('Demandez d’abord l’accord du patient.').waitFor();
    expect(await violations(tab, scheme)).toEqual([]);
    const pharmacist = await reporter();
    expect(await violations(pharmacist, scheme)).toEqual([]);
  },
);

it('fits a phone and the narrowest page, the dossier in place of the list', async () => {
  const tab = await page({ viewport: phoneSize });
  await signIn(tab, people.nurse, '/pilot');
  await rows(tab).first().click();
  await dossier(tab).getByRole('heading', { level: 3 }).first().waitFor();
  expect(await rows(tab).first().isVisible()).toBe(false);
  await tab.setViewportSize({ width: 320, height: 640 });
  expect(await scrollsSideways(tab)).toBe(false);
  await dossier(tab).getByRole('button', { name: 'Retour' }).click();
  await rows(tab).first().waitFor();
  for (const place of ['', '?vue=nouvelle', '?vue=import']) {
    await tab.goto(`/pilot#demandes-mt${place}`);
    expect(await scrollsSideways(tab)).toBe(false);
  }
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
