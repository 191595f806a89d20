// A regulator asks for a médecin traitant for a caller who has none.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

const { page, faults } = stage();

/** A call from Cesson of someone without médecin traitant, their name noted. */
async function caller(name: string): Promise<Page> {
  const tab = await page({ viewport: { width: 1440, height: 900 } });
  await signIn(tab, people.regulator, '/console');
  await tab.locator('.b-cell').first().waitFor();
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('/');
  await tab.keyboard.type('cess');
  await tab.getByRole('option').first().waitFor();
  await tab.keyboard.press('Enter');
  await tab.locator('.best[aria-busy=false] li').first().waitFor();
  await tab.getByRole('radio', { name: 'Non' }).check();
  await tab.getByLabel('Nom', { exact: true }).fill(name);
  return tab;
}

type Request = {
  id: string;
  origin: string;
  case?: string;
  criteria: string[];
  patient?: { family: string; birthDate?: string };
};

async function requestsOf(family: string): Promise<Request[]> {
  const nurse = await page();
  await signIn(nurse, people.nurse, '/pilot');
  const { territories } = await call<{ territories: [{ id: string }] }>(nurse, 'GET', '/me');
  const body = { territory: territories[0].id, family };
  const { items } = await call<{ items: Request[] }>(nurse, 'POST', '/mt/requests/search', body);
  await nurse.close();
  return items;
}

const form = (tab: Page) => tab.getByRole('form', { name: /^Demande de médecin traitant/ });

it('asks with the keyboard alone, never without the patient’s agreement, and once', async () => {
  const tab = await caller('Fictif-Dossier');
  await tab.getByRole('button', { name: 'Créer une demande de médecin traitant' }).waitFor();
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('m');
  await form(tab).waitFor();
  for (const scheme of ['light', 'dark']) expect(await violations(tab, scheme)).toEqual([]);

  await tab.keyboard.type('1948');
  await tab.keyboard.press('Enter');
  await tab.getByText('Sans son accord, rien n’est transmis.').waitFor();
  await expect.poll(() => tab.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('agreed');
  await tab.keyboard.press('Space');
  await form(tab).getByRole('checkbox', { name: 'ALD' }).focus();
  await tab.keyboard.press('Space');
  await form(tab).getByRole('button', { name: 'Transmettre' }).press('Enter');
  await tab.getByText('Demande de médecin traitant transmise.').waitFor();
  await expect.poll(() => tab.evaluate(() => document.activeElement?.id)).toBe('board-grid');
  expect(await tab.getByRole('button', { name: 'Créer une demande' }).count()).toBe(0);

  // The call goes on.
  await tab.keyboard.press('1');
  await tab.keyboard.press('Enter');
  await tab.getByRole('timer').waitFor();
  await tab.keyboard.press('Enter');
  await tab.getByText('À dire à l’appelant').waitFor();

  const [request, ...others] = await requestsOf('Fictif-Dossier');
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    origin: 'regulation',
    criteria: ['ald', 'aged_70'],
    patient: { family: 'Fictif-Dossier' },
  });
  expect(request?.case).toBeTruthy();
});

it('still asks once the call has ended, while the next one may begin', async () => {
  const tab = await caller('Fictif-Après');
  await tab.keyboard.press('Escape');
  await tab.getByRole('button', { name: 'Conseil donné' }).click();
  await tab.getByText('Dossier clos').waitFor();
  const open = tab.getByRole('button', { name: /Créer une demande de médecin traitant.*Fictif-Après/ });
  await open.click();
  await form(tab).waitFor();
  // Another call begins; what is being asked stays.
  await tab.keyboard.press('Escape');
  await form(tab).waitFor({ state: 'detached' });
  await open.click();
  await form(tab).getByLabel('Né(e) le ou en').fill('04/09/1948');
  await tab.getByRole('combobox', { name: 'Commune de l’appelant' }).fill('lieu');
  await tab.getByRole('option').first().click();
  await form(tab).getByRole('checkbox', { name: 'Le patient est d’accord' }).check();
  await form(tab).getByRole('button', { name: 'Transmettre' }).click();
  await tab.getByText('Demande de médecin traitant transmise.').waitFor();
  expect(await requestsOf('Fictif-Après')).toHaveLength(1);
});

it('follows the name of the case, for whom the agreement is, and sends nothing after « Oui »', async () => {
  const tab = await caller('Fictif-Premier');
  await tab.getByRole('button', { name: 'Créer une demande de médecin traitant' }).click();
  const agreed = form(tab).getByRole('checkbox', { name: 'Le patient est d’accord' });
  await form(tab).getByLabel('Né(e) le ou en').fill('1948');
  await form(tab).getByRole('checkbox', { name: 'ALD' }).check();
  await agreed.check();
  await tab.getByLabel('Nom', { exact: true }).fill('Fictif-Second');
  await form(tab)
    .getByRole('heading', { name: /Fictif-Second/ })
    .waitFor();
  expect(await agreed.isChecked()).toBe(false);

  await tab.getByLabel(/^Né\(e\) le(?! ou)/).fill('04/09/1951');
  await form(tab).getByText('04/09/1951').waitFor();
  expect(await form(tab).getByLabel('Né(e) le ou en').count()).toBe(0);

  await tab.getByRole('radio', { name: 'Oui' }).check();
  await form(tab).waitFor({ state: 'detached' });
  await tab.getByText('Rien n’est transmis').first().waitFor();
  await tab.getByRole('radio', { name: 'Non' }).check();
  const open = tab.getByRole('button', { name: 'Créer une demande de médecin traitant' });
  await open.click();
  expect(await form(tab).getByRole('checkbox', { name: 'ALD' }).isChecked()).toBe(true);
  await form(tab).getByLabel('Traitements').fill('Insuline');
  await tab.keyboard.press('Escape');
  await open.click();
  expect(await form(tab).getByLabel('Traitements').inputValue()).toBe('Insuline');
  expect(await agreed.isChecked()).toBe(false);
  await agreed.check();
  await form(tab).getByRole('button', { name: 'Transmettre' }).click();
  await tab.getByText('Demande de médecin traitant transmise.').waitFor();
  expect(await requestsOf('Fictif-Premier')).toEqual([]);
  expect(await requestsOf('Fictif-Second')).toMatchObject([
    { criteria: ['ald', 'aged_70'], patient: { family: 'Fictif-Second', birthDate: '1951-09-04' } },
  ]);
});

it('says that a colleague has asked already', async () => {
  const tab = await caller('Fictif-Déjà');
  await tab.getByLabel('Motif', { exact: true }).fill('Renouvellement');
  const saved = await tab.waitForResponse(
    (one) => one.url().includes('/cases/') && one.request().method() === 'PATCH',
  );
  const kase = (await saved.json()) as { id: string; territory: string };
  await call(tab, 'POST', '/mt/requests', {
    territory: kase.territory,
    origin: 'regulation',
    case: kase.id,
    patient: { family: 'Fictif-Déjà' },
    birthYear: 1950,
    commune: '77067',
    consent: {
      on: new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(),
      collector: 'Maxime',
    },
  });
  await tab.getByRole('button', { name: 'Créer une demande de médecin traitant' }).click();
  await form(tab).getByLabel('Né(e) le ou en').fill('1950');
  await form(tab).getByRole('checkbox', { name: 'Le patient est d’accord' }).check();
  await form(tab).getByRole('button', { name: 'Transmettre' }).click();
  await tab.getByText('Demande de médecin traitant déjà transmise.').waitFor();
});

it('offers nothing for who has a médecin traitant', async () => {
  const tab = await caller('Fictif-Suivi');
  const open = tab.getByRole('button', { name: 'Créer une demande de médecin traitant' });
  await open.waitFor();
  await tab.getByRole('radio', { name: 'Oui' }).check();
  await open.waitFor({ state: 'detached' });
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
