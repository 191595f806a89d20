import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { stage } from './stage';

const { page, faults } = stage();

/** A trainee, come in from the sign-in page by the keyboard. */
async function trainee(viewport = { width: 1366, height: 768 }): Promise<Page> {
  const tab = await page({ viewport });
  await tab.goto('/');
  const link = tab.getByRole('link', { name: 'S’entraîner sans compte' });
  await link.waitFor();
  while (!(await link.evaluate((it) => it === document.activeElement))) await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.locator('.b-cell').first().waitFor();
  return tab;
}

/** Notes the commune of the caller, and waits for the step to be marked. */
async function callFrom(tab: Page, commune: string) {
  await tab.keyboard.press('/');
  await tab.keyboard.type(commune);
  await tab.getByRole('option').first().waitFor();
  await tab.keyboard.press('Enter');
  await tab.locator('.best[aria-busy=false] li').first().waitFor();
  await done(tab, 1);
}

const keyNamed: Record<string, string> = { '→': 'ArrowRight', '↓': 'ArrowDown' };

/** Presses the keys as the step in bold prints them. */
async function pressPrinted(tab: Page) {
  const printed = await tab.locator('.todo .upcoming kbd').allInnerTexts();
  expect(printed.length).toBeGreaterThan(0);
  for (const key of printed) await tab.keyboard.press(keyNamed[key] ?? key);
}

const amiss = (tab: Page, text: string) =>
  tab.locator('.said.amiss').getByText(text).waitFor({ timeout: 5000 });

/** Waits until so many steps of the caller on the line are done. */
const done = (tab: Page, steps: number) =>
  expect.poll(() => tab.locator('.todo li.done').count(), { timeout: 5000 }).toBe(steps);

async function firstSlot(tab: Page) {
  await tab.keyboard.press('1');
  await tab.keyboard.press('Enter');
}

async function nameAndBook(tab: Page, name: string) {
  await tab.getByRole('timer').waitFor();
  await tab.keyboard.type(name);
  await tab.keyboard.press('Enter');
  await tab.getByText('Tâche réussie.').waitFor();
}

const task = (tab: Page, title: string) => tab.getByRole('heading', { name: title }).waitFor();

async function next(tab: Page, title: string) {
  await tab.keyboard.press('F2');
  await task(tab, title);
}

it('teaches the five tasks by the keyboard alone, and shows a result', async () => {
  const tab = await trainee();
  await tab.getByText('Entraînement : rien n’est réel').waitFor();
  await tab.getByText('Mme Alouette, j’habite à Cesson').waitFor();
  await callFrom(tab, 'cess');
  await firstSlot(tab);
  await done(tab, 2);
  await nameAndBook(tab, 'alouette');

  await next(tab, 'Le médecin traitant d’abord');
  await callFrom(tab, 'lieu');
  await pressPrinted(tab);
  await done(tab, 2);
  await tab.keyboard.press('Escape');
  await tab.locator('.best[aria-busy=false] li').filter({ hasText: 'Cornouiller' }).first().waitFor();
  await firstSlot(tab);
  await done(tab, 3);
  await nameAndBook(tab, 'Pinson');

  await next(tab, 'Quand aucun créneau ne convient');
  await callFrom(tab, 'nandy');
  await tab.keyboard.press('f');
  await tab.keyboard.press('1');
  await amiss(tab, 'peut être un infarctus');
  await done(tab, 0);
  await tab.keyboard.press('c');
  await callFrom(tab, 'nandy');
  expect(await tab.locator('.said.amiss').count()).toBe(0);
  await tab.keyboard.press('f');
  await tab.keyboard.press('3');
  await tab.getByText('M. Gobemouche, 84 ans').waitFor();
  await callFrom(tab, 'savi');
  await tab.keyboard.press('s');
  await tab.getByText('Pourquoi sans solution').waitFor();
  await tab.keyboard.press('4');
  await tab.getByText('Tâche réussie.').waitFor();

  await next(tab, 'Une course perdue');
  await callFrom(tab, 'moissy');
  await firstSlot(tab);
  await tab.getByRole('alert').filter({ hasText: 'À la place' }).getByText('Inès (simulée)').waitFor();
  await done(tab, 2);
  await tab.keyboard.press('1');
  await nameAndBook(tab, 'Fauvette');

  await next(tab, 'Un médecin annule');
  const announced = tab.getByText('Dr Platane vient d’annuler');
  await tab.getByText('Un médecin va annuler…').waitFor();
  expect(await announced.count()).toBe(0);
  const resume = tab.getByRole('button', { name: 'Reprendre le dossier' }).first();
  await resume.waitFor();
  await announced.waitFor({ timeout: 1000 });
  while (!(await resume.evaluate((it) => it === document.activeElement))) await tab.keyboard.press('Tab');
  await tab.keyboard.press('Enter');
  await tab.getByText('du plus proche de Savigny', { exact: false }).waitFor();
  await tab.locator('.best[aria-busy=false] li').first().waitFor();
  await firstSlot(tab);
  await tab.getByRole('timer').waitFor();
  await done(tab, 2);
  await tab.reload(); // What was pressed is not lost by it
  await tab.getByRole('timer').waitFor();
  await tab.getByLabel('Nom', { exact: true }).focus();
  await tab.keyboard.press('Enter');
  await tab.getByText('Tâche réussie.').waitFor();

  await tab.keyboard.press('F2');
  const result = tab.getByRole('dialog', { name: 'Votre résultat' });
  await result.getByText('5 tâches réussies sur 5').waitFor();
  expect(await result.getByRole('listitem').allInnerTexts()).toEqual([
    'Les issues sans rendez-vous : vers le 15, sans solution',
  ]);
  for (const row of (await result.getByRole('row').all()).slice(1))
    expect(Number(await row.getByRole('cell').nth(1).innerText())).toBeGreaterThan(1);
  for (const scheme of ['light', 'dark'] as const) expect(await violations(tab, scheme)).toEqual([]);
  expect(await tab.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Quitter');
  await tab.keyboard.press('Enter');
  await tab.waitForURL((url) => url.pathname === '/');
  await tab.getByRole('link', { name: 'S’entraîner sans compte' }).waitFor();
  expect(await tab.getByText('Votre session est terminée').count()).toBe(0);
}, 120_000);

it('says what went amiss at once, and lets a task be done anew', async () => {
  const tab = await trainee({ width: 1440, height: 900 });
  await callFrom(tab, 'cess');
  await firstSlot(tab);
  await tab.getByRole('timer').waitFor();
  await tab.keyboard.type('Corneille');
  await tab.keyboard.press('Enter');
  await tab.getByRole('status').getByText('n’est pas celui de l’appelant').waitFor({ timeout: 5000 });
  expect(await tab.getByText('Tâche réussie.').count()).toBe(0);
  await tab.getByRole('button', { name: 'Recommencer' }).click();
  await done(tab, 0);
  expect(await tab.evaluate(() => document.activeElement?.id)).toBe('board-grid');
});

it('does not let a task succeed with another commune', async () => {
  const tab = await trainee();
  await tab.keyboard.press('/');
  await tab.keyboard.type('cess');
  await tab.getByRole('option').nth(1).waitFor();
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('Enter');
  await amiss(tab, 'Ce n’est pas la commune de l’appelant');
  await done(tab, 0);
  await tab.locator('.best[aria-busy=false] li').first().waitFor();
  await firstSlot(tab);
  await amiss(tab, 'pour une autre commune');
  await tab.getByRole('timer').waitFor();
  await tab.keyboard.type('alouette');
  await tab.keyboard.press('Enter');
  await tab.getByText('Tâche finie, à refaire.').waitFor();
  expect(await tab.locator('.todo li').first().getAttribute('class')).not.toContain('done');
  await tab.keyboard.press('F2'); // does it anew
  await done(tab, 0);
  await task(tab, 'Un premier rendez-vous');
  await callFrom(tab, 'cess');
  await tab.locator('.said.well').waitFor();
});

it('leaves the board room and passes axe on a small screen', async () => {
  const tab = await trainee();
  const board = (await tab.getByRole('grid').boundingBox())!;
  expect(board.height).toBeGreaterThan(400);
  expect(board.y + board.height).toBeLessThanOrEqual(768);
  for (const scheme of ['light', 'dark'] as const) expect(await violations(tab, scheme)).toEqual([]);
});

it('leaves the session of a regulator alone', async () => {
  const tab = await page();
  await signIn(tab, people.regulator, '/console');
  await tab.locator('.b-cell').first().waitFor();
  const [training] = await Promise.all([
    tab.context().waitForEvent('page'),
    tab.getByRole('link', { name: 'S’entraîner' }).click(),
  ]);
  await training.getByText('Stagiaire', { exact: true }).waitFor();
  await tab.reload();
  await tab.getByText('Camille Démo', { exact: true }).waitFor();
  await training.getByRole('button', { name: 'Quitter' }).click();
  await training.waitForURL('**/console');
  await training.getByText('Camille Démo', { exact: true }).waitFor();
});

it('meets no script error and no breach of the content policy', () => expect(faults).toEqual([]));
