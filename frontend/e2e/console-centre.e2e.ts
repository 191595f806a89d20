import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openPage, startBrowser, violations } from './browser.mjs';
import { Mock, serveFiles } from './console/server.mjs';

// What the demo has not: a regulation centre, GPs who answer when the test says so, a printer.

const dist = process.env.RELAIS_DIST ?? fileURLToPath(new URL('../dist/', import.meta.url));
let browser: Browser;
let files: Awaited<ReturnType<typeof serveFiles>>;
let mock: Mock;
let tab: Page;

beforeAll(async () => {
  files = await serveFiles(dist);
  browser = await startBrowser();
});
afterAll(async () => {
  await browser?.close();
  files?.stop();
});
afterEach(async () => {
  mock.stop();
  await tab.context().close();
});

/** The console at five past two, of one territory or of a centre's two. */
async function given({ centre = false } = {}) {
  const at = new Date();
  at.setUTCHours(13, 5, 20, 0);
  mock = new Mock({ now: at.getTime(), centre });
  tab = await openPage(browser, files.url, { viewport: { width: 1366, height: 768 } });
  await mock.attach(tab);
  await tab.addInitScript(() => Object.assign(window, { print: () => (document.title = 'imprimé') }));
  await tab.goto('/console');
  await tab.locator('.b-cell').first().waitFor();
}

async function callFrom(commune: string) {
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('/');
  await tab.keyboard.type(commune);
  await tab.locator('.typeahead [role=option]').first().waitFor();
  await tab.keyboard.press('Enter');
  await tab.locator('.best[aria-busy=false] li').first().waitFor();
}

async function book(name: string) {
  await tab.keyboard.press('Enter');
  await tab.getByRole('timer').waitFor();
  await tab.keyboard.type(name);
  await tab.keyboard.press('Enter');
  await tab.getByText('À dire à l’appelant').waitFor();
}

const territory = () => tab.getByLabel('Territoire', { exact: true });
const commune = () => tab.getByRole('combobox', { name: 'Commune de l’appelant' });

it('shows a centre the rows of all its territories, and books in any of them', async () => {
  await given({ centre: true });
  expect(await territory().locator('option:checked').innerText()).toBe('Tous les territoires');
  const theirs = tab.getByRole('rowheader', { name: /CPTS du Bocage/ });
  await theirs.first().waitFor();
  expect(await tab.getByRole('rowheader', { name: /CPTS d’essai/ }).count()).toBeGreaterThan(0);
  await callFrom('moissy');
  expect(mock.cases[0].territory).toBe('essai');
  const slot = mock
    .ranked('77296')
    .find(({ practitioner }: { practitioner: string }) => practitioner[0] === 'q');
  await tab.locator(`#slot-${slot.id}`).click();
  await tab.locator('#board-grid').focus();
  await book('Fictif-Centre');
  expect(mock.slots.get(slot.id).booked).toBe(1);
  expect(await violations(tab)).toEqual([]);
});

it('keeps the call when the territories shown change, and remembers them', async () => {
  await given({ centre: true });
  await callFrom('nandy');
  await tab.getByLabel('Motif').fill('Fièvre');
  await territory().selectOption('CPTS du Bocage');
  await tab.getByText('Cette commune est hors de votre territoire.').waitFor();
  expect(await commune().inputValue()).toContain('Nandy');
  expect(await tab.getByLabel('Motif').inputValue()).toBe('Fièvre');
  await expect.poll(() => mock.cases.map(({ reason }: { reason?: string }) => reason)).toEqual(['Fièvre']);
  await tab.reload();
  await tab.locator('.b-cell').first().waitFor();
  expect(await territory().locator('option:checked').innerText()).toBe('CPTS du Bocage');
});

it('orders all territories at once when they are chosen without a call', async () => {
  await given({ centre: true });
  await territory().selectOption('CPTS du Bocage');
  await expect.poll(() => tab.locator('#board-grid').getAttribute('aria-rowcount')).toBe('8');
  await territory().selectOption('Tous les territoires');
  await expect.poll(() => tab.locator('#board-grid').getAttribute('aria-rowcount')).toBe('33');
  expect(await tab.getByText(/plus proches?, actualiser/).count()).toBe(0);
  expect(await tab.getByRole('heading', { name: 'Par premier créneau libre' }).count()).toBe(1);
});

it('asks en sus by its key with the focus beside everything, a commune misspelt before', async () => {
  await given();
  await tab.keyboard.press('/');
  await tab.keyboard.type('cezon');
  await tab.waitForTimeout(400);
  await tab.getByLabel('Motif').fill('Fièvre');
  await tab.getByRole('heading', { name: 'Régulation', exact: true }).click();
  await tab.keyboard.press('e');
  const panel = tab.getByRole('heading', { name: 'Demander à un médecin, en sus' });
  await panel.waitFor();
  await tab.keyboard.press('Escape');
  await callFrom('cess');
  await tab.getByLabel('Nom', { exact: true }).fill('Fictif-Appelant');
  await tab.getByRole('heading', { name: 'Régulation', exact: true }).click();
  await tab.keyboard.press('e');
  await panel.waitFor();
  await tab.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await tab.getByRole('heading', { name: 'Régulation', exact: true }).click();
  await tab.keyboard.press('?');
  await tab.getByRole('dialog', { name: 'Raccourcis du clavier' }).waitFor();
  await tab.keyboard.press('s');
  await tab.getByText('Touche sans effet ici').first().waitFor();
});

it.each([
  ['a new call', () => tab.keyboard.press('c')],
  ['the commune under the fingers', () => tab.keyboard.press('/')],
  ['a reason typed', () => tab.getByLabel('Motif').pressSequentially('F')],
])('leaves nothing of the last appointment beside the next call, begun by %s', async (_, begin) => {
  await given();
  await callFrom('cess');
  await tab.keyboard.press('1');
  await book('Fictif-Avant');
  await tab.getByRole('heading', { name: /^Du plus proche de Cesson/ }).waitFor();
  await begin();
  await tab.getByRole('heading', { name: 'Rendez-vous pris' }).waitFor({ state: 'detached' });
  await tab.getByRole('heading', { name: 'Par premier créneau libre' }).waitFor();
  const right = tab.locator('.right');
  expect(await right.getByRole('button', { name: /Annuler le rendez-vous/ }).count()).toBe(0);
  expect(await right.innerText()).not.toContain('Fictif-Avant');
});

it('never says that nothing is free for want of an answer, and finds again by itself', async () => {
  await given();
  await tab.keyboard.press('Escape');
  await tab.locator('.best[aria-busy=false] li').first().waitFor();
  mock.dead = true;
  await tab.keyboard.press('c');
  await tab.keyboard.press('Escape');
  await tab.getByText('Liste indisponible').waitFor();
  expect(await tab.getByText('Aucun créneau libre aujourd’hui').count()).toBe(0);
  mock.dead = false;
  await tab.locator('.best[aria-busy=false] li').first().waitFor();
  await tab.locator('#board-grid').focus();
  await tab.keyboard.press('1');
  await tab.keyboard.press('Enter');
  await tab.getByRole('timer').waitFor();
});

it('gives the seat back by one Escape from a name not begun, and hides keys that are off', async () => {
  await given();
  await callFrom('cess');
  await tab.keyboard.press('1');
  await tab.keyboard.press('h');
  await tab.getByRole('timer').waitFor();
  await tab.keyboard.press('Escape');
  await tab.getByRole('timer').waitFor({ state: 'detached' });
  expect(await tab.locator('.best kbd').first().isVisible()).toBe(true);
  await tab.keyboard.press('?');
  await tab.getByLabel('Raccourcis à une touche').uncheck();
  expect(await tab.locator('kbd:not(.named):visible').count()).toBe(0);
});

it('does not change territories with a seat in hand', async () => {
  await given({ centre: true });
  await callFrom('nandy');
  await tab.keyboard.press('1');
  await tab.keyboard.press('h');
  await tab.getByRole('timer').waitFor();
  await territory().selectOption('CPTS du Bocage');
  await tab.getByText('Réservez ou libérez d’abord').first().waitFor();
  expect(await territory().inputValue()).toBe('');
  await tab.getByRole('timer').waitFor();
});

it('prints the day by doctor and hour, black on white, without the board', async () => {
  await given();
  await callFrom('cess');
  await tab.keyboard.press('1');
  await book('Fictif-Papier');
  await tab.keyboard.press('i');
  await expect.poll(() => tab.title()).toBe('imprimé');
  await tab.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await tab.locator('#board-grid').isVisible()).toBe(false);
  const list = tab.locator('.day-list');
  const text = await list.innerText();
  for (const words of ['CPTS d’essai', 'Fictif-Papier', 'Imprimé le', 'Données de santé'])
    expect(text).toContain(words);
  const colours = await list.evaluate((node) => {
    const { color, backgroundColor } = getComputedStyle(node);
    return [color, backgroundColor];
  });
  expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  const paper = (await tab.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(paper.match(/\/Type \/Page\b/g)).toHaveLength(1);
});

async function asked() {
  await given();
  await callFrom('cess');
  await tab.keyboard.press('e');
  await tab.getByText('Dr Ada Martin').first().waitFor();
  await tab.keyboard.type('Fictif-Ensus');
  await tab.getByRole('button', { name: 'Demander à 3 médecins' }).waitFor();
  await tab.keyboard.press('Enter');
  await tab.getByText('En attente d’un médecin').waitFor();
}

it('asks three GPs by one key, goes on with another caller, and tells who accepts', async () => {
  await asked();
  expect(mock.solicitations[0].practitioners).toHaveLength(3);
  await tab.keyboard.press('c');
  await callFrom('nandy');
  const [solicitation] = mock.solicitations;
  const [kase] = mock.cases.filter(({ id }: { id: string }) => id === solicitation.case);
  mock.bookings.push({
    ...mock.ranked('77067')[0],
    id: 'extra',
    case: kase.id,
    state: 'booked',
    patient: { family: 'Fictif-Ensus', phone: '+33199000012', mt: { status: 'unknown' } },
  });
  Object.assign(solicitation, { state: 'accepted', booking: 'extra' });
  mock.say({ type: 'notice', kind: 'solicitation_accepted', solicitation: solicitation.id });
  const told = tab.getByRole('alert').filter({ hasText: 'prend Fictif-Ensus, en sus' });
  await told.waitFor();
  expect(await commune().inputValue()).toContain('Nandy');
  await told.getByRole('button', { name: 'C’est dit' }).click();
  await told.waitFor({ state: 'detached' });
});

it('comes back to the case when nobody answers, with the others ready to be asked', async () => {
  await asked();
  const [solicitation] = mock.solicitations;
  solicitation.state = 'expired';
  mock.say({ type: 'notice', kind: 'solicitation_expired', solicitation: solicitation.id });
  await tab.getByRole('alert').getByRole('button', { name: 'Demander à d’autres' }).click();
  await tab.getByText('déjà sollicité').first().waitFor();
  expect(await tab.getByRole('checkbox', { checked: true }).count()).toBe(3);
  expect(await tab.getByRole('checkbox').nth(0).isChecked()).toBe(false);
  expect(await tab.getByLabel('Nom', { exact: true }).inputValue()).toBe('Fictif-Ensus');
});

it('has no accessibility fault while GPs are chosen and awaited, nor while a call is ended', async () => {
  await asked();
  const found = [...(await violations(tab)), ...(await violations(tab, 'dark'))];
  await tab.keyboard.press('c');
  await callFrom('nandy');
  await tab.keyboard.press('f');
  found.push(...(await violations(tab)));
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('e');
  await tab.getByText('Dr Ada Martin').first().waitFor();
  found.push(...(await violations(tab)), ...(await violations(tab, 'dark')));
  expect(found).toEqual([]);
}, 180_000);

/** What screen readers are told, from now on. */
async function listen() {
  await tab.evaluate(() => {
    const said: string[] = [];
    const region = document.querySelector('[aria-live=polite][aria-atomic=true]')!;
    const keep = () => region.textContent && said.push(region.textContent);
    new MutationObserver(keep).observe(region, { childList: true, characterData: true, subtree: true });
    Object.assign(window, { said });
  });
}
const said = () => tab.evaluate(() => (window as unknown as { said: string[] }).said);

it('tells a hold at its start, its warning and its end, and nothing between', async () => {
  await given();
  await callFrom('cess');
  await listen();
  mock.holdFor = 22_500;
  await tab.keyboard.press('1');
  await tab.keyboard.press('h');
  await tab.locator('.countdown.near').waitFor();
  await tab.keyboard.type('Fictif');
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('+');
  await tab.locator('.countdown:not(.near)').waitFor();
  const heard = (await said()).filter((text) => /retenu|Plus que|prolongée/i.test(text));
  expect(heard[0]).toMatch(/^Créneau retenu/);
  expect(heard.filter((text) => text.startsWith('Plus que'))).toHaveLength(1);
  expect(heard.some((text) => text.startsWith('Retenue prolongée'))).toBe(true);
  expect(heard.length).toBeLessThanOrEqual(4);
});

it('says that a hold has ended, keeps what was typed, and offers it again', async () => {
  await given();
  await callFrom('cess');
  mock.holdFor = 1_500;
  await tab.keyboard.press('1');
  await tab.keyboard.press('h');
  await tab.keyboard.type('Fictif-Lent');
  await tab.getByText('La retenue a pris fin').waitFor();
  expect(await tab.getByLabel('Nom', { exact: true }).inputValue()).toBe('Fictif-Lent');
  expect(await tab.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('family');
});

it('ends a call by two keys, and tells what it asked', async () => {
  await given();
  const put = tab.waitForRequest((request) => request.url().endsWith('/effort'), { timeout: 20_000 });
  await callFrom('nandy');
  await tab.keyboard.press('f');
  await tab.keyboard.press('2');
  await tab.getByText('Dossier clos').waitFor();
  const told = (await put).postDataJSON() as { keys: number; conflicts: number };
  expect(told).toEqual({ keys: 9, conflicts: 0 }); // "/", "nandy", Enter, "f", "2"
});

it('keeps the cursor and the rows’ places while much is scrolled past', async () => {
  await given();
  await tab.locator('#board-grid').focus();
  await tab.keyboard.press('ArrowDown');
  const active = () => tab.locator('#board-grid').getAttribute('aria-activedescendant');
  const at = await active();
  await tab.locator('#board-grid').evaluate((grid) => (grid.scrollTop = grid.scrollHeight));
  await tab.locator('.b-row[aria-rowindex="25"]').waitFor();
  expect(await tab.locator(`#${at}`).count()).toBe(1);
  expect(await tab.locator('#board-grid').getAttribute('aria-rowcount')).toBe('25');
  await tab.keyboard.press('ArrowDown');
  expect(await active()).not.toBe(at);
  expect(await tab.evaluate(() => document.activeElement?.id)).toBe('board-grid');
});

it('speaks French everywhere', async () => {
  await given();
  const english =
    /\b(?:the|loading|error|close|cancel|save|book|hold|release|search|undefined|null|NaN|Invalid)\b/i;
  const words = () =>
    tab.evaluate(() => {
      const labels = [...document.querySelectorAll('[aria-label],[title],[placeholder]')].flatMap((node) =>
        ['aria-label', 'title', 'placeholder'].map((name) => node.getAttribute(name) ?? ''),
      );
      return [document.body.innerText, ...labels].join('\n');
    });
  expect(await words()).not.toMatch(english);
  await callFrom('cess');
  await tab.keyboard.press('?');
  expect(await words()).not.toMatch(english);
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('e');
  await tab.getByText('Dr Ada Martin').first().waitFor();
  expect(await words()).not.toMatch(english);
});
