import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

const { page, faults } = stage();
const { nurse } = people;

interface Plan {
  id: string;
  served: { patient: { request: string }; practitioner: string }[];
}
interface Capacity {
  practitioner: string;
  places: number;
  pending: number;
  taken: number;
  left: number;
  current: boolean;
  paused: boolean;
}

async function open(who: string, section: string): Promise<Page> {
  const tab = await page();
  await signIn(tab, who, '/pilot');
  await tab.goto(`/pilot#${section}`);
  await tab.getByRole('heading', { level: 2 }).waitFor();
  return tab;
}

/** The plan page with a plan of now. */
async function planned(): Promise<Page> {
  const tab = await open(nurse, 'plan-mt');
  await tab.getByRole('button', { name: /^(Calculer|Recalculer) le plan$/ }).click();
  await tab
    .getByRole('heading', { name: /^Priorité \d$/ })
    .first()
    .waitFor();
  await tab.getByRole('button', { name: 'Recalculer le plan' }).waitFor();
  return tab;
}

const territoryOf = async (tab: Page) =>
  (await call<{ territories: { id: string }[] }>(tab, 'GET', '/me')).territories[0]!.id;

const capacitiesOf = async (tab: Page, territory: string) =>
  (await call<{ items: Capacity[] }>(tab, 'GET', `/mt/capacities?territory=${territory}`)).items;

it('computes a plan, says why each GP, and sends only what was ticked', async () => {
  const tab = await planned();
  await tab.getByText(/^Calculé le .* par .* · règle en vigueur depuis le/).waitFor();
  await tab
    .getByText(/le plus proche qui convient|connaît déjà le patient|plus proches? (est|sont) complets?/)
    .first()
    .waitFor();
  const send = tab.getByRole('button', { name: /^Envoyer/ });
  expect(await send.isDisabled()).toBe(true);

  await tab.getByRole('checkbox').first().check();
  await send.click();
  await tab.getByText('1 proposition envoyée.').waitFor();
  await tab.getByText(/Envoyée, réponse attendue avant le/).waitFor();
  await tab.reload();
  await tab.getByText(/déjà proposée à Dr /).waitFor();
  await tab.getByText(/1 ligne a changé depuis ce calcul/).waitFor();
});

it('hides names until they are asked for, and keeps them out of address and storage', async () => {
  const tab = await planned();
  const asked: string[] = [];
  tab.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const plain = await tab.locator('main').innerText();
  await tab.getByText('Chaque lecture d’un nom est inscrite au journal d’audit.').waitFor();
  expect(asked.filter((path) => path === '/api/v1/mt/requests')).toEqual([]);

  const answer = tab.waitForResponse((response) => response.url().includes('/mt/requests?'));
  await tab.getByRole('button', { name: 'Afficher les noms' }).click();
  const { items } = (await (await answer).json()) as { items: { patient: { family: string } }[] };
  const names = items.map(({ patient }) => patient.family.toLocaleUpperCase('fr'));
  await tab.getByRole('button', { name: 'Masquer les noms' }).waitFor();
  const shown = await tab.locator('main').innerText();
  expect(names.some((name) => shown.includes(name))).toBe(true);
  expect(names.some((name) => plain.includes(name))).toBe(false);
  const kept = await tab.evaluate(() =>
    [location.href, document.title, JSON.stringify(localStorage), JSON.stringify(sessionStorage)].join(),
  );
  expect(names.some((name) => kept.includes(name))).toBe(false);
  await tab.getByRole('button', { name: 'Masquer les noms' }).click();
  expect(await tab.locator('main').innerText()).not.toContain(names[0]);
});

it('lets a nurse give a patient another GP, with the keyboard', async () => {
  const tab = await planned();
  await tab
    .getByRole('button', { name: /^Changer de médecin/ })
    .last()
    .press('Enter');
  const dialog = tab.getByRole('dialog', { name: 'Choisir un médecin' });
  await dialog.getByRole('radio').first().waitFor();
  const why = dialog.locator('label', { has: tab.locator('input:disabled') }).first();
  expect(await why.innerText()).toMatch(/Complet|En pause|déjà dit non/);
  const other = dialog.locator('label', { has: tab.locator('input:enabled:not(:checked)') }).last();
  const name = (await other.locator('.gp').innerText()).trim();
  await other.locator('input').press('Space');
  await dialog.getByRole('button', { name: 'Retenir ce médecin' }).press('Enter');
  await tab.getByText('choisi par vous').waitFor();
  await tab.getByText('1 proposition cochée').waitFor();
  expect(await tab.locator('.line', { hasText: 'choisi par vous' }).innerText()).toContain(name);
  await tab.getByRole('button', { name: /^Reprendre la proposition du plan/ }).press('Enter');
  expect(await tab.getByText('choisi par vous').count()).toBe(0);
});

it('says in its line why an offer was refused, and keeps it', async () => {
  const tab = await planned();
  const territory = await territoryOf(tab);
  const plan = await call<Plan>(tab, 'GET', `/mt/plan?territory=${territory}`);
  const gp = plan.served[0]!.practitioner;
  const { places } = (await capacitiesOf(tab, territory)).find((one) => one.practitioner === gp)!;
  await call(tab, 'PUT', '/mt/capacities', {
    territory,
    practitioner: gp,
    places,
    homeVisits: true,
    paused: true,
  });

  await tab.getByRole('checkbox').first().check();
  await tab.getByRole('button', { name: 'Envoyer 1 proposition' }).click();
  await tab.getByText('0 proposition envoyée, 1 refusée.').waitFor();
  await tab.getByText(/Non envoyée\s: /).waitFor();
  expect(await tab.getByRole('checkbox').first().isChecked()).toBe(true);
  await call(tab, 'PUT', '/mt/capacities', {
    territory,
    practitioner: gp,
    places,
    homeVisits: true,
    paused: false,
  });
});

it('keeps what was ticked when the network fails', async () => {
  const tab = await planned();
  await tab.route('**/api/v1/mt/offers', (route) => route.abort());
  await tab.getByRole('checkbox').first().check();
  await tab.getByRole('button', { name: 'Envoyer 1 proposition' }).click();
  await tab
    .getByRole('alert')
    .getByText(/1 ligne n’a pas été envoyée et reste cochée/)
    .waitFor();
  expect(await tab.getByRole('checkbox').first().isChecked()).toBe(true);
});

it('stays usable with two thousand lines', async () => {
  const tab = await planned();
  const territory = await territoryOf(tab);
  const plan = await call<Plan & { seekers: number }>(tab, 'GET', `/mt/plan?territory=${territory}`);
  const one = plan.served[0]!;
  const served = Array.from({ length: 2000 }, (_, i) => ({
    ...one,
    patient: { ...one.patient, request: `made-up-${i}`, state: 'qualified' },
  }));
  await tab.route('**/api/v1/mt/plan?*', (route) =>
    route.fulfill({ json: { ...plan, seekers: 2000, served, unserved: [] } }),
  );
  await tab.reload();
  await tab.waitForFunction(() => document.querySelectorAll('.line').length === 2000);
  // Within the bar: to look for a name among ten thousand others takes the test longer than the page.
  const bar = tab.locator('.bar');
  await bar.getByRole('button', { name: 'Tout cocher' }).click();
  await bar.getByRole('button', { name: /^Envoyer 2.000 propositions$/ }).waitFor();
});

it('shows what GPs can take, and enters what one told on the telephone', async () => {
  const tab = await open(nurse, 'places-mt');
  await tab.getByRole('row').nth(1).waitFor();
  const territory = await territoryOf(tab);
  const bound = (await capacitiesOf(tab, territory)).find(({ pending, taken }) => pending + taken > 0)!;
  const { items } = await call<{ items: { id: string; name: string }[] }>(
    tab,
    'GET',
    `/practitioners?territory=${territory}&limit=500`,
  );
  const { name } = items.find(({ id }) => id === bound.practitioner)!;

  await tab.getByRole('button', { name: `Saisir pour ${name}` }).click();
  const dialog = tab.getByRole('dialog');
  const places = dialog.getByLabel(/^Nouveaux patients pour le/);
  await places.fill('0');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.getByText(`Il faut au moins ${bound.pending + bound.taken} place`).waitFor();
  await places.fill('12');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await tab.getByText(`Places de ${name} enregistrées.`).waitFor();
  const now = (await capacitiesOf(tab, territory)).find((one) => one.practitioner === bound.practitioner)!;
  expect(now).toMatchObject({ places: 12, left: 12 - now.pending - now.taken });

  await tab.getByRole('radio', { name: 'À confirmer' }).check();
  expect(await tab.getByRole('row').allInnerTexts()).not.toContain(name);
  await tab.getByLabel('Médecin', { exact: true }).fill('personne de ce nom');
  await tab.getByText('Aucun médecin ne correspond').waitFor();
});

it('gives the places and the delays as files for a French spreadsheet', async () => {
  const tab = await open(people.coordinator, 'places-mt');
  await tab.getByRole('row').nth(1).waitFor();
  expect(await tab.getByRole('button', { name: /^Saisir/ }).count()).toBe(0);
  expect(await file(tab, 'CSV')).toMatch(/^\ufeffMédecin;Communes d’exercice;Places;/);
  await tab.goto('/pilot#suivi-mt');
  expect(await file(tab, 'CSV : Délai médian jusqu’au rattachement, par mois')).toMatch(
    /^\ufeffMois du;Ensemble \(jours\);Priorité 1 \(jours\);/,
  );
});

async function file(tab: Page, name: string): Promise<string> {
  const [download] = await Promise.all([
    tab.waitForEvent('download'),
    tab.getByRole('button', { name, exact: true }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

it('follows the delays, and keeps the figures of the caisse apart', async () => {
  const tab = await open(people.coordinator, 'suivi-mt');
  await tab.getByRole('heading', { name: 'Mesuré ici' }).waitFor();
  await tab.getByRole('heading', { name: 'Déclaré par la CPAM' }).waitFor();
  await tab.getByRole('img', { name: /^Priorité 1 :/ }).waitFor();

  await tab.getByRole('button', { name: 'Saisir un chiffre' }).click();
  const dialog = tab.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await dialog.getByText('Indiquez d’où vient ce chiffre.').waitFor();
  await dialog.getByLabel('Chiffre', { exact: true }).selectOption('c2s_without_mt');
  await dialog.getByLabel('Date du chiffre').fill('2026-06-30');
  await dialog.getByLabel('Nombre de patients').fill('1234');
  await dialog.getByLabel('Sur combien en tout (facultatif)').fill('4936');
  await dialog.getByLabel('Source').fill('Essai');
  await dialog.getByRole('button', { name: 'Enregistrer' }).click();
  await tab.getByText('Chiffre enregistré.').waitFor();

  const told = tab.locator('li', { hasText: 'Avec la C2S sans médecin traitant' }).first();
  await told.locator('summary').click();
  await told
    .getByText(/25.% de 4.936/)
    .first()
    .waitFor();
  await told.getByRole('button', { name: /^Supprimer : .*30 juin 2026$/ }).click();
  await tab.getByRole('dialog').getByRole('button', { name: 'Supprimer' }).click();
  await tab.getByText('Chiffre supprimé.').waitFor();
  expect(await tab.getByText(/25.% de 4.936/).count()).toBe(0);
});

it.each([
  [nurse, 'plan-mt', 'Recalculer le plan'],
  [nurse, 'places-mt', 'CSV'],
  [people.coordinator, 'suivi-mt', 'Saisir un chiffre'],
])('has no fault for %s on %s, light, dark and narrow', async (who, section, ready) => {
  const tab = await open(who, section);
  await tab.getByRole('button', { name: ready, exact: true }).waitFor();
  await tab.locator('main [aria-busy="false"]').last().waitFor();
  expect([...(await violations(tab)), ...(await violations(tab, 'dark'))]).toEqual([]);
  await tab.setViewportSize({ width: 320, height: 700 });
  expect(await scrollsSideways(tab)).toBe(false);
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
