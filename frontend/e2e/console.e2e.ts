import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

const { page, faults } = stage();

async function regulation(email = people.regulator, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const tab = await page({ viewport });
  await signIn(tab, email, '/console');
  await tab.locator('.b-cell').first().waitFor();
  return tab;
}

/** Types the caller's commune and waits for the proposals. */
async function callFrom(tab: Page, commune: string) {
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('/');
  await tab.keyboard.type(commune);
  await tab.getByRole('option').first().waitFor();
  await tab.keyboard.press('Enter');
  await tab.locator('.best[aria-busy=false] li').first().waitFor();
}

/** Counts the keys pressed on a page. */
async function countKeys(tab: Page) {
  await tab.evaluate(() => {
    Object.assign(window, { keys: 0 });
    addEventListener('keydown', () => (window as unknown as { keys: number }).keys++, true);
  });
  return () => tab.evaluate(() => (window as unknown as { keys: number }).keys);
}

const heldSlot = (tab: Page) => tab.locator('.b-cell.mine').getAttribute('id');

it('takes a call from commune to booking with the keyboard alone, colleagues seeing it live', async () => {
  const [mine, theirs] = [await regulation(), await regulation(people.regulator2)];
  const keys = await countKeys(mine);
  await callFrom(mine, 'cess');
  await mine.keyboard.press('1');
  await mine.keyboard.press('Enter');
  await mine.getByRole('timer').waitFor();

  const id = await heldSlot(mine);
  await theirs.locator(`#${id}[aria-label*="retenu par"]`).waitFor();

  await mine.keyboard.type('Fictif-Clavier');
  await mine.keyboard.press('Enter');
  await mine.getByText('À dire à l’appelant').waitFor();
  // Escape to leave the field, "/", "cess", Enter, "1", Enter, the name, Enter.
  expect(await keys()).toBe(10 + 'Fictif-Clavier'.length);
  await theirs.locator(`#${id}[aria-label*="réservé"]`).waitFor();
  await mine.getByText('Fictif-Clavier').first().waitFor();
  expect(await mine.getByRole('heading', { name: /^Du plus proche de Cesson/ }).count()).toBe(1);

  await theirs.locator(`#${id}`).click();
  await theirs.getByText('Rendez-vous sur ce créneau').waitFor();
  const chosen = theirs.locator('.chosen');
  await chosen.getByRole('button', { name: /Annuler le rendez-vous de .*Fictif-Clavier/ }).waitFor();
  expect(await theirs.getByRole('button', { name: /^Réserver/ }).isDisabled()).toBe(true);
});

const focused = (tab: Page) =>
  tab.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    return at.getAttribute('name') ?? at.closest('.conflict, .same')?.className.split(' ')[0] ?? at.id;
  });

it.each([
  ['the key', (tab: Page) => tab.keyboard.press('h')],
  ['the button', (tab: Page) => tab.getByRole('button', { name: 'Retenir' }).click()],
])('puts the patient’s name under the fingers after a hold by %s', async (_, take) => {
  const tab = await regulation();
  await callFrom(tab, 'lieu');
  await tab.keyboard.press('1');
  await take(tab);
  await tab.getByRole('timer').waitFor();
  await tab.keyboard.type('Caron');
  expect(await tab.getByLabel('Nom', { exact: true }).inputValue()).toBe('Caron');
  await tab.getByRole('button', { name: 'Libérer' }).click();
  await tab.getByRole('timer').waitFor({ state: 'detached' });
  await expect.poll(() => focused(tab)).toBe('board-grid');
});

it('keeps the focus on the page when a question is put away', async () => {
  const tab = await regulation();
  await callFrom(tab, 'lieu');
  await tab.keyboard.press('s');
  await tab.getByText('Pourquoi sans solution').waitFor();
  await tab.keyboard.press('Escape');
  await tab.getByText('Pourquoi sans solution').waitFor({ state: 'detached' });
  expect(await tab.evaluate(() => document.activeElement?.textContent)).toContain('Sans solution');
});

it('resolves a lost race in place, with three others one key away', async () => {
  const [mine, theirs] = [await regulation(), await regulation(people.regulator2)];
  await callFrom(mine, 'sav');
  await mine.keyboard.press('2');
  const wanted = await mine.locator('.b-cell[aria-selected=true]').getAttribute('id');
  await call(theirs, 'POST', `/slots/${wanted!.slice('slot-'.length)}/holds`, {});
  await mine.locator(`#${wanted}[aria-label*="retenu par"]`).waitFor();
  await mine.keyboard.press('h');
  const refusal = mine.getByRole('alert').filter({ hasText: 'À la place' });
  await refusal.getByText('le retient jusqu’à').waitFor();
  expect(await refusal.getByRole('listitem').count()).toBe(3);
  await expect.poll(() => focused(mine)).toBe('conflict');
  expect(await mine.locator('.b-key[data-text="4"]').count()).toBe(0);
  expect(await mine.getByRole('button', { name: /^Réserver/ }).isDisabled()).toBe(true);
  await mine.keyboard.press('1');
  await mine.getByRole('timer').waitFor();
  expect(await heldSlot(mine)).not.toBe(wanted);
  expect(await focused(mine)).toBe('family');
  await mine.keyboard.press('Escape');
  await mine.getByRole('timer').waitFor({ state: 'detached' });
});

/** The open cases of the regulator's territory. */
async function openCases(tab: Page): Promise<{ id: string }[]> {
  const me = await call<{ territories: [{ id: string }] }>(tab, 'GET', '/me');
  const path = `/cases?territory=${me.territories[0].id}&open=true&limit=500`;
  return (await call<{ items: { id: string }[] }>(tab, 'GET', path)).items;
}

const commune = (tab: Page) => tab.getByRole('combobox', { name: 'Commune de l’appelant' });

it('keeps the case with its hold over a reload, and closes it by booking', async () => {
  const tab = await regulation();
  const before = (await openCases(tab)).length;
  await callFrom(tab, 'tigery');
  await tab.keyboard.press('1');
  await tab.keyboard.press('h');
  await tab.getByRole('timer').waitFor();
  const from = await commune(tab).inputValue();
  await tab.reload();
  await tab.getByRole('timer').waitFor();
  await expect.poll(() => commune(tab).inputValue()).toBe(from);
  await tab.getByLabel('Nom', { exact: true }).fill('Fictif-Retour');
  await tab.keyboard.press('Enter');
  await tab.getByText('À dire à l’appelant').waitFor();
  expect((await openCases(tab)).length).toBe(before);
});

it('warns of a second appointment, says which, and keeps the hold when the answer is no', async () => {
  const tab = await regulation();
  for (const again of [false, true]) {
    await callFrom(tab, 'combs');
    await tab.keyboard.press('1');
    await tab.keyboard.press('h');
    await tab.getByRole('timer').waitFor();
    await tab.getByLabel('Nom', { exact: true }).fill('Fictif-Double');
    await tab.keyboard.press('Enter');
    if (!again) await tab.getByText('À dire à l’appelant').waitFor();
  }
  await tab.getByText(/L’autre est .*, avec Dr /).waitFor();
  await expect.poll(() => focused(tab)).toBe('same');
  await tab.keyboard.press('Escape');
  await expect.poll(() => focused(tab)).toBe('family');
  await tab.getByRole('timer').waitFor();
  await tab.getByRole('button', { name: 'Libérer' }).click();
  await tab.getByRole('timer').waitFor({ state: 'detached' });
});

it('leaves no case open that holds nothing but a commune', async () => {
  const tab = await regulation();
  const before = (await openCases(tab)).length;
  await callFrom(tab, 'vert');
  await expect.poll(async () => (await openCases(tab)).length).toBe(before + 1);
  await tab.keyboard.press('c');
  await expect.poll(async () => (await openCases(tab)).length).toBe(before);
});

it('lets an outcome be taken back', async () => {
  const tab = await regulation();
  expect(await tab.getByRole('button', { name: 'Conseil donné' }).isDisabled()).toBe(true);
  await callFrom(tab, 'nandy');
  await tab.getByRole('button', { name: 'Conseil donné' }).click();
  await expect.poll(() => commune(tab).inputValue()).toBe('');
  await tab.getByRole('button', { name: 'reprendre ce dossier' }).click();
  await expect.poll(() => commune(tab).inputValue()).toContain('Nandy');
});

it('says at once that the network is gone, and that it is back', async () => {
  const tab = await regulation();
  await tab.context().setOffline(true);
  await tab.getByText('Le serveur ne répond plus').waitFor({ timeout: 2000 });
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('c');
  await tab.getByText('Liste indisponible').waitFor();
  await tab.context().setOffline(false);
  await tab.getByText('En direct').waitFor();
  await tab.locator('.best[aria-busy=false] li').first().waitFor();
  expect(await tab.getByText('Liste indisponible').count()).toBe(0);
});

it('ends a call without solution in two keys, with why', async () => {
  const tab = await regulation();
  await callFrom(tab, 'nandy');
  await tab.keyboard.press('s');
  await tab.keyboard.press('2');
  await tab.getByText('Dossier clos : sans solution.').waitFor();
  expect(await tab.getByRole('combobox', { name: 'Commune de l’appelant' }).inputValue()).toBe('');
});

it('tells the regulator at once when the GP cancels, and the case is open again', async () => {
  const [tab, gp] = [await regulation(), await page()];
  await signIn(gp, people.gp, '/phone');
  const me = await call<{ practitioner: string; territories: [{ id: string }] }>(gp, 'GET', '/me');
  const territory = me.territories[0].id;
  const from = new Date(Date.now() + 60_000).toISOString();
  const to = new Date(Date.now() + 7 * 86_400_000).toISOString();
  const query = `territory=${territory}&practitioner=${me.practitioner}&from=${from}&to=${to}&free=true&limit=1`;
  const { items } = await call<{ items: [{ id: string }] }>(tab, 'GET', `/slots?${query}`);
  const kase = await call<{ id: string }>(tab, 'POST', '/cases', { territory, reason: 'Essai' });
  const patient = { family: 'Fictif-Annulé', mt: { status: 'unknown' } };
  const request = { slot: items[0].id, case: kase.id, patient };
  const booking = await call<{ id: string }>(tab, 'POST', '/bookings', request);

  await call(gp, 'POST', `/bookings/${booking.id}/cancel`, { by: 'practitioner', reason: 'Urgence' });
  await tab.getByRole('alert').filter({ hasText: 'a annulé' }).waitFor();
  await tab.getByRole('alert').getByRole('button', { name: 'Reprendre le dossier' }).click();
  await expect.poll(() => tab.getByLabel('Nom', { exact: true }).inputValue()).toBe('Fictif-Annulé');
  expect(await tab.getByRole('alert').filter({ hasText: 'a annulé' }).count()).toBe(0);
});

it('says that the line is down, and books over HTTP meanwhile', async () => {
  const tab = await page({ viewport: { width: 1440, height: 900 } });
  await tab.routeWebSocket('**/api/v1/live', (socket) => void socket.close());
  await signIn(tab, people.regulator, '/console');
  await tab.getByText('La liaison en direct est coupée').waitFor();
  await callFrom(tab, 'moissy');
  await tab.keyboard.press('1');
  await tab.getByLabel('Nom', { exact: true }).fill('Fictif-Secours');
  await tab.keyboard.press('Enter');
  await tab.getByText('À dire à l’appelant').waitFor();
});

it('leaves single letters alone inside fields, and lets them be switched off', async () => {
  const tab = await regulation();
  await callFrom(tab, 'cess');
  await tab.getByLabel('Motif').fill('');
  await tab.keyboard.type('hs?n1');
  expect(await tab.getByLabel('Motif').inputValue()).toBe('hs?n1');
  expect(await tab.getByText('Pourquoi sans solution').count()).toBe(0);
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('?');
  await tab.getByLabel('Raccourcis à une touche').uncheck();
  await tab.locator('#board-grid').focus();
  await tab.keyboard.press('s');
  expect(await tab.getByText('Pourquoi sans solution').count()).toBe(0);
});

it('has no accessibility fault, in light and dark, idle and with a seat held', async () => {
  const tab = await regulation();
  const found = [...(await violations(tab)), ...(await violations(tab, 'dark'))];
  await callFrom(tab, 'vert');
  await tab.keyboard.press('1');
  await tab.keyboard.press('Enter');
  await tab.getByRole('timer').waitFor();
  found.push(...(await violations(tab)), ...(await violations(tab, 'dark')));
  await tab.keyboard.type('Fictif');
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('s');
  await tab.keyboard.press('?');
  found.push(...(await violations(tab)), ...(await violations(tab, 'dark')));
  expect(found).toEqual([]);
});

it('fits a narrow screen, the board alone scrolling sideways', async () => {
  const tab = await regulation(people.regulator, { width: 320, height: 700 });
  expect(await scrollsSideways(tab)).toBe(false);
  expect(await violations(tab)).toEqual([]);
});

it('breaks no rule of the page’s policy and throws nothing', () => {
  expect(faults).toEqual([]);
});
