// Patients without médecin traitant on the GP's phone: how many they take, what they are offered.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phoneSize, scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

type Me = { practitioner: string; territories: [{ id: string }] };

const { page, faults } = stage();

async function gp(who = people.gp): Promise<{ tab: Page; me: Me; territory: string }> {
  const tab = await page({ viewport: phoneSize, serviceWorkers: 'block' });
  // What is printed is kept to be looked at.
  await tab.addInitScript(() =>
    Object.assign(window, {
      printed: '',
      print: () => {
        const sheet = document.querySelector('.mt-sheet');
        Object.assign(window, { printed: sheet?.textContent ?? '' });
        dispatchEvent(new Event('afterprint'));
      },
    }),
  );
  await signIn(tab, who, '/phone');
  await tab.getByRole('heading', { name: 'Prochain patient' }).waitFor();
  const me = await call<Me>(tab, 'GET', '/me');
  return { tab, me, territory: me.territories[0].id };
}

async function openPatients(tab: Page) {
  await tab
    .getByRole('navigation')
    .getByRole('link', { name: /^Patients/ })
    .click();
  await tab.getByRole('heading', { name: /Combien de nouveaux patients/ }).waitFor();
}

let nurse: Page | undefined;

async function theNurse(): Promise<Page> {
  if (!nurse) {
    nurse = await page();
    await signIn(nurse, people.nurse, '/pilot');
  }
  return nurse;
}

let seekers = 0;

/** Someone of Cesson who seeks, offered by the nurse to a GP. Their synthesis tells them apart. */
async function offered(
  me: Me,
): Promise<{ offer: string; request: string; synthesis: string; family: string }> {
  const tab = await theNurse();
  const territory = me.territories[0].id;
  const number = ++seekers;
  const [family, synthesis] = [`Fictif-Cherche-${number}`, `Vit seule, essai numéro ${number}.`];
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format();
  const { id } = await call<{ id: string }>(tab, 'POST', '/mt/requests', {
    territory,
    origin: 'dac',
    patient: {
      family,
      given: 'Jeanne',
      birthDate: '1948-09-04',
      phone: '06 39 98 12 31',
      address: '3 rue des Essais',
    },
    commune: '77067',
    criteria: ['ald'],
    homeVisits: true,
    chronicDisease: 'Diabète',
    medication: 'Insuline',
    synthesis,
    consent: { on: today, collector: 'Alix Démo' },
  });
  await call(tab, 'POST', `/mt/requests/${id}/events`, { kind: 'qualified' });
  const lines = [{ request: id, practitioner: me.practitioner }];
  const { items } = await call<{ items: { offer?: string; message?: string }[] }>(tab, 'POST', '/mt/offers', {
    territory,
    lines,
  });
  expect(items[0]?.message).toBeUndefined();
  return { offer: items[0]!.offer!, request: id, synthesis, family };
}

const cardOf = (tab: Page, synthesis: string) => tab.locator('article').filter({ hasText: synthesis });
const printedOf = (tab: Page) => tab.evaluate(() => (window as unknown as { printed: string }).printed);

it('lets a GP say how many they take, whom, and pause', async () => {
  const { tab } = await gp();
  await openPatients(tab);
  const field = tab.getByLabel('Nouveaux patients', { exact: true });
  await field.fill('0');
  const below = tab.getByRole('alert').filter({ hasText: 'ce trimestre : indiquez au moins' });
  await below.waitFor();
  expect(await violations(tab)).toEqual([]);

  const declare = tab.getByRole('button', { name: 'Enregistrer' });
  for (const typed of ['999', '2.5', '']) {
    await field.fill(typed);
    await tab.getByText('Indiquez un nombre entier, de 0 à 200.').waitFor();
    expect(await field.inputValue()).toBe(typed);
    expect(await declare.getAttribute('aria-disabled')).toBe('true');
  }
  await field.fill('19');
  await tab.getByRole('button', { name: 'Un patient de plus' }).click();
  await tab.locator('summary').filter({ hasText: 'Souhaits' }).click();
  const labels = tab.locator('label').filter({ has: tab.locator('[type=checkbox]') });
  for (const label of await labels.all())
    expect((await label.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await tab.getByRole('checkbox', { name: 'Handicap' }).check();
  await tab.getByRole('combobox', { name: 'Ajouter une commune' }).fill('paris');
  await tab.getByRole('option').filter({ hasText: 'hors du territoire' }).first().waitFor();
  await tab.getByRole('combobox', { name: 'Ajouter une commune' }).fill('cess');
  await tab.getByRole('option').filter({ hasText: 'Cesson' }).first().click();
  await tab.getByRole('button', { name: /^Retirer Cesson/ }).waitFor();
  for (const scheme of ['light', 'dark']) expect(await violations(tab, scheme)).toEqual([]);
  await tab.getByRole('button', { name: 'Enregistrer' }).click();
  await tab.getByText('C’est noté : jusqu’à 20 patients ce trimestre.').waitFor();

  await tab.getByRole('switch').check();
  await tab.getByText('En pause : aucun patient ne vous est proposé.').waitFor();
  await tab.reload();
  await tab.getByText('En pause : aucun patient ne vous est proposé.').waitFor();
  await tab.getByRole('switch').uncheck();
  await tab.getByText('Il reste').waitFor();

  await tab.locator('summary').filter({ hasText: 'Souhaits' }).click();
  await tab.getByRole('checkbox', { name: 'Handicap' }).uncheck();
  await tab.getByRole('button', { name: /^Retirer Cesson/ }).click();
  await tab.getByRole('button', { name: 'Enregistrer' }).click();
  await tab.getByText('tous les patients').or(tab.getByText('visites à domicile').first()).first().waitFor();
  expect(await field.inputValue()).toBe('20');
});

it('offers a patient without their name, and gives it once accepted', async () => {
  const { tab, me } = await gp();
  const { synthesis, family } = await offered(me);
  await tab.reload();
  await tab.getByRole('link', { name: /Voir (la|les) proposition/ }).click();
  const card = cardOf(tab, synthesis);
  await card.getByRole('heading', { name: '78 ans · Cesson' }).waitFor();
  for (const words of ['ALD', 'Visites à domicile nécessaires', 'Encore 14 jours pour répondre']) {
    await card.getByText(words, { exact: false }).first().waitFor();
  }
  expect(await tab.locator('body').innerText()).not.toMatch(/Fictif-Cherche/i);
  for (const scheme of ['light', 'dark']) expect(await violations(tab, scheme)).toEqual([]);
  await tab.setViewportSize({ width: 320, height: 640 });
  expect(await scrollsSideways(tab)).toBe(false);
  await tab.setViewportSize(phoneSize);

  await card.getByRole('button', { name: 'Imprimer' }).click();
  await expect.poll(() => printedOf(tab)).toContain(synthesis);
  expect(await printedOf(tab)).toContain('Sans identité');
  expect(await printedOf(tab)).not.toMatch(/Fictif-Cherche|06 39 98/i);
  expect(await tab.locator('.mt-sheet').count()).toBe(0);

  let answers = 0;
  tab.on('request', (one) => (answers += one.url().endsWith('/answer') ? 1 : 0));
  await card.getByRole('button', { name: 'Accepter' }).click();
  await card.getByText('Devenir son médecin traitant').waitFor();
  await tab.keyboard.press('Escape');
  await card.getByText('Devenir son médecin traitant').waitFor({ state: 'detached' });
  await card.getByRole('button', { name: 'Accepter' }).press('Enter');
  await card.getByText('Devenir son médecin traitant').waitFor();
  expect(await violations(tab)).toEqual([]);
  await card.getByRole('button', { name: 'Oui, j’accepte' }).dblclick();
  await tab.getByText('Accepté : voici le patient.').waitFor();
  expect(await tab.evaluate(() => document.activeElement?.textContent)).toContain('Accepté');
  expect(answers).toBe(1);

  const fresh = tab.locator('.fresh');
  await fresh.getByRole('heading', { name: `Jeanne ${family.toUpperCase()}` }).waitFor();
  const number = fresh.getByRole('link', { name: /06 39 98 12 31/ });
  expect(await number.getAttribute('href')).toBe('tel:0639981231');
  for (const words of ['Diabète', 'Insuline', '3 rue des Essais', 'fixez un premier rendez-vous']) {
    await fresh.getByText(words).waitFor();
  }
  expect(await violations(tab)).toEqual([]);
  await fresh.getByRole('button', { name: 'Imprimer' }).click();
  await expect.poll(() => printedOf(tab)).toContain(family.toUpperCase());
});

it('takes a no with its reason, and a wish to be called', async () => {
  const { tab, me } = await gp();
  const [first, second] = [await offered(me), await offered(me)];
  await tab.goto('/phone#patients');
  await tab.reload();
  const one = cardOf(tab, first.synthesis);
  await one.getByRole('button', { name: 'Décliner' }).click();
  await one.getByRole('button', { name: 'Décliner ce patient' }).click();
  await one.getByText('Choisissez une raison.').waitFor();
  await one.getByRole('radio', { name: 'Trop loin' }).check();
  await one.getByLabel('Un mot pour l’infirmière').fill('Au-delà de ma tournée.');
  expect(await violations(tab)).toEqual([]);
  await one.getByRole('button', { name: 'Décliner ce patient' }).click();
  await tab.getByText('L’infirmière cherche ailleurs.').waitFor();
  await tab
    .getByText(/^décliné le .* · trop loin$/)
    .first()
    .waitFor();

  const other = cardOf(tab, second.synthesis);
  await other.getByRole('button', { name: 'Être rappelé par l’infirmière' }).click();
  await other.getByLabel('Quand vous joindre, ou votre question').fill('Après 13 h.');
  await other.getByRole('button', { name: 'Demander à être rappelé' }).click();
  await other.getByText(/^Rappel demandé le/).waitFor();
  await other.getByRole('button', { name: 'Accepter' }).waitFor();
  const seen = await call<{ state: string; callAskedAt?: string }>(tab, 'GET', `/mt/offers/${second.offer}`);
  expect(seen).toMatchObject({ state: 'pending', callAskedAt: expect.any(String) });
});

it('offers to take one fewer after a no for want of place', async () => {
  const { tab, me } = await gp();
  const { synthesis } = await offered(me);
  await tab.goto('/phone#patients');
  await tab.reload();
  const card = cardOf(tab, synthesis);
  await card.getByRole('button', { name: 'Décliner' }).click();
  await card.getByRole('radio', { name: 'Plus de place' }).check();
  const field = tab.getByLabel('Nouveaux patients', { exact: true });
  const places = Number(await field.inputValue());
  await card.getByRole('button', { name: 'Décliner ce patient' }).click();
  await tab.getByRole('button', { name: `Passer à ${places - 1} patients ce trimestre` }).click();
  await tab.getByText(`C’est noté : jusqu’à ${places - 1} patients ce trimestre.`).waitFor();
  expect(await field.inputValue()).toBe(String(places - 1));
});

it('leaves a phone when it is shown again what the other phone answered', async () => {
  const { tab, me } = await gp();
  const { synthesis, offer } = await offered(me);
  await tab.goto('/phone#patients');
  await tab.reload();
  await cardOf(tab, synthesis).waitFor();
  await call(tab, 'POST', `/mt/offers/${offer}/answer`, { kind: 'decline', reason: 'distance' });
  await tab.evaluate(() => dispatchEvent(new Event('focus')));
  await cardOf(tab, synthesis).waitFor({ state: 'detached' });
});

it('resolves in place an answer that comes after the nurse took the offer back', async () => {
  const { tab, me } = await gp();
  const { synthesis, offer } = await offered(me);
  await tab.goto('/phone#patients');
  await tab.reload();
  const card = cardOf(tab, synthesis);
  await card.getByRole('button', { name: 'Accepter' }).click();
  await tab.route('**/api/v1/mt/offers?*', (route) => route.abort());
  await call(await theNurse(), 'POST', `/mt/offers/${offer}/withdraw`);
  await card.getByRole('button', { name: 'Oui, j’accepte' }).click();
  await tab
    .getByText(/CPTS avait retiré cette proposition|Cette proposition avait déjà sa réponse/)
    .waitFor();
  await card.waitFor({ state: 'detached' });
  await tab.getByText('proposition retirée').first().waitFor();
});

it('keeps no answer for later when the network is gone, and sends it when asked again', async () => {
  const { tab, me } = await gp();
  const { synthesis, offer } = await offered(me);
  await tab.goto('/phone#patients');
  await tab.reload();
  const card = cardOf(tab, synthesis);
  await card.getByRole('button', { name: 'Accepter' }).click();
  await tab.context().setOffline(true);
  await card.getByRole('button', { name: 'Oui, j’accepte' }).click();
  await card.getByText('Votre réponse n’est pas partie').waitFor();
  await tab.context().setOffline(false);
  const stands = await call<{ state: string }>(tab, 'GET', `/mt/offers/${offer}`);
  expect(stands.state).toBe('pending');
  expect(await tab.evaluate(() => JSON.stringify(localStorage))).not.toContain(synthesis);
  await card.getByRole('button', { name: 'Oui, j’accepte' }).click();
  await tab.getByText('Accepté : voici le patient.').waitFor();
});

it('leads a GP to the report of a patient, and back', async () => {
  const { tab } = await gp();
  await openPatients(tab);
  await tab.getByRole('link', { name: 'Signaler un patient' }).click();
  await tab.waitForURL('**/pilot#signaler');
  await tab.getByRole('heading', { level: 1, name: 'Signaler' }).waitFor();
  await tab.getByRole('link', { name: 'Mes créneaux' }).click();
  await tab.waitForURL('**/phone');
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
