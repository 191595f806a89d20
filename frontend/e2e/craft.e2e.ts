// What holds on every page: axe in both schemes, 320 px, the keyboard alone, a ring of focus, forced colours,
// text twice as large, rest for those who want less motion, and paper.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { stage } from './stage';

const { page, faults } = stage();

const sections = [
  ['ensemble', 'Vue d’ensemble'],
  ['remplissage', 'Remplissage'],
  ['heures', 'Heures'],
  ['demandes', 'Demandes'],
  ['appels', 'Appels'],
  ['participation', 'Participation'],
  ['couverture', 'Couverture'],
  ['membres', 'Membres'],
] as const;

/** A page as someone finds it, ready to be looked at. */
interface View {
  name: string;
  who?: string;
  path: string;
  ready: string;
  /** The board may be wider than a phone. */
  board?: boolean;
}

const views: View[] = [
  { name: 'sign-in', path: '/', ready: 'form' },
  { name: 'console', who: people.regulator, path: '/console', ready: '[role=grid]', board: true },
  { name: 'training', path: '/entrainement', ready: '.b-cell', board: true },
  { name: 'phone', who: people.gp, path: '/phone', ready: '#next' },
  ...sections.map(([section]) => ({
    name: `pilot ${section}`,
    who: people.coordinator,
    path: `/pilot#${section}`,
    ready: 'main section h3',
  })),
];
const pilot = views.filter(({ path }) => path.startsWith('/pilot'));

const tabs = new Map<string, Page>();

// One session for each person: signing in is tried elsewhere.
async function open({ who, path, ready }: View): Promise<Page> {
  let tab = tabs.get(who ?? path);
  if (!tab) {
    tab = await page();
    tabs.set(who ?? path, tab);
    if (who) await signIn(tab, who, path.split('#')[0]!);
  }
  await tab.setViewportSize({ width: 1280, height: 860 });
  await tab.emulateMedia({ colorScheme: 'light', media: null, reducedMotion: null, forcedColors: null });
  await tab.goto(path);
  await tab.locator(ready).first().waitFor();
  await settled(tab);
  return tab;
}

// Nothing on the page is still being read.
const settled = (tab: Page) =>
  expect.poll(() => tab.locator('main [aria-busy="true"]').count(), { timeout: 10_000 }).toBe(0);

// The board's states are gone through with axe in the tests of the console and of the entraînement.
it.each(views.filter(({ board }) => !board))('$name has no violation, in light or in dark', async (view) => {
  const tab = await open(view);
  for (const scheme of ['light', 'dark'] as const) expect(await violations(tab, scheme)).toEqual([]);
});

it('has no violation with every table of the pilot open', async () => {
  const tab = await open(pilot[1]!);
  for (const button of await tab.getByRole('button', { name: /^Tableau/ }).all()) await button.click();
  expect(await tab.getByRole('table').count()).toBe(4);
  expect(await violations(tab)).toEqual([]);
});

it.each(views.filter(({ board }) => !board))('$name fits 320 px', async (view) => {
  const tab = await open(view);
  await tab.setViewportSize({ width: 320, height: 640 });
  await settled(tab);
  expect(await scrollsSideways(tab)).toBe(false);
});

it.each(views.filter(({ board }) => !board))(
  '$name keeps its width with text twice as large',
  async (view) => {
    const tab = await open(view);
    await tab.setViewportSize({ width: 640, height: 860 });
    await tab.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    await settled(tab);
    expect(await scrollsSideways(tab)).toBe(false);
    const sizes = await tab.evaluate(() =>
      [...document.querySelectorAll('h1, h2, h3, p, label, svg.pic text')].map((text) =>
        Number.parseFloat(getComputedStyle(text).fontSize),
      ),
    );
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(24);
    await tab.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  },
);

it.each(views)('$name shows where the focus is', async (view) => {
  const tab = await open(view);
  const without: string[] = [];
  for (let i = 0; i < 14; i++) {
    await tab.keyboard.press('Tab');
    const ringless = await tab.evaluate(() => {
      const at = document.activeElement;
      if (!at || at === document.body) return '';
      // A chip draws the ring around its words, a grid around the cell it is in.
      const seen = [
        at,
        at.nextElementSibling,
        document.getElementById(at.getAttribute('aria-activedescendant') ?? ''),
      ];
      const ringed = seen.some((one) => {
        if (!one) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
        return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      });
      return ringed
        ? ''
        : `${at.tagName} ${at.getAttribute('aria-label') ?? at.textContent?.trim().slice(0, 30)}`;
    });
    if (ringless) without.push(ringless);
  }
  expect(without).toEqual([]);
});

it.each(views)('$name keeps still for those who want less motion', async (view) => {
  const tab = await open(view);
  await tab.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await tab.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, animationDuration } = getComputedStyle(one);
        return `${transitionDuration},${animationDuration}`
          .split(',')
          .some((time) => Number.parseFloat(time) > 0.001);
      }).length,
  );
  expect(moving).toBe(0);
});

it('tells what is chosen where the system chooses the colours', async () => {
  const tab = await open(pilot[1]!);
  await tab.evaluate(() => (document.activeElement as HTMLElement).blur()); // the ring of focus is tried above
  await tab.emulateMedia({ forcedColors: 'active' });
  const outline = (selector: string) =>
    tab
      .locator(selector)
      .first()
      .evaluate((one) => getComputedStyle(one).outlineStyle);
  expect(await outline('nav a[aria-current]')).toBe('solid');
  expect(await outline('input:checked + span')).toBe('solid');
  expect(await outline('nav a:not([aria-current])')).toBe('none');
  const [taken, free] = await Promise.all(
    ['.look-solid', '.look-light'].map((look) =>
      tab
        .locator(`svg.pic ${look}`)
        .first()
        .evaluate((bar) => getComputedStyle(bar).fill),
    ),
  );
  expect(taken).not.toBe(free);
});

/** Presses Tab until the focus is on what is sought. */
async function tabTo(tab: Page, name: RegExp, most = 80) {
  for (let i = 0; i < most; i++) {
    await tab.keyboard.press('Tab');
    const at = await tab.evaluate(() => {
      const one = document.activeElement;
      return one?.getAttribute('aria-label') ?? one?.textContent?.trim() ?? '';
    });
    if (name.test(at)) return;
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

it('goes through the pilot by the keyboard alone: sections, a table, a file', async () => {
  const tab = await open(pilot[0]!);
  for (const [section, name] of sections) {
    await tab.evaluate(() => (document.activeElement as HTMLElement)?.blur());
    await tabTo(tab, new RegExp(`^${name}$`));
    await tab.keyboard.press('Enter');
    await tab.getByRole('heading', { name, level: 2 }).waitFor();
    expect(new URL(tab.url()).hash).toBe(`#${section}`);
    await settled(tab);
    if (section !== 'membres') {
      await tabTo(tab, /^Tableau/);
      await tab.keyboard.press('Space');
      await tab.getByRole('table').first().waitFor();
    }
    const download = tab.waitForEvent('download');
    await tabTo(tab, /^CSV/);
    await tab.keyboard.press('Enter');
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text.startsWith('\ufeff')).toBe(true);
    expect(text.split('\r\n')[0]).toMatch(/^\ufeff[^;]+;.*;Données$/);
    expect(text.trimEnd().split('\r\n').length).toBeGreaterThan(1);
  }
});

it('keeps the focus when a link leads out of its own section', async () => {
  const tab = await open(pilot[0]!);
  await tab.getByRole('link', { name: 'Voir toutes les semaines' }).press('Enter');
  await tab.getByRole('heading', { name: 'Couverture', level: 2 }).waitFor();
  expect(await tab.evaluate(() => document.activeElement?.textContent)).toBe('Couverture');
});

it.each(pilot)('$name is whole on sheets of A4', async (view) => {
  const tab = await open(view);
  const paper = await tab.pdf({ preferCSSPageSize: true });
  const text = paper.toString('latin1');
  const sheets = text.match(/\/Type\s*\/Page\b/g)!.length;
  expect(sheets).toBeLessThanOrEqual(5);
  for (const [, width, height] of text.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g))
    expect([Math.round(Number(width)), Math.round(Number(height))]).toEqual([595, 842]);

  // As wide as a sheet without its margins, and as drawn for paper.
  await tab.setViewportSize({ width: 688, height: 970 });
  await tab.emulateMedia({ media: 'print' });
  await tab.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(await tab.getByText(/^CPTS Sénart · imprimé le .* à \d+/).isVisible()).toBe(true);
  expect(await tab.getByText('Données simulées').isVisible()).toBe(true);
  expect(await tab.getByText(/^Du .* au .* \d{4}$/).isVisible()).toBe(true);
  for (const control of await tab.getByRole('button').all()) expect(await control.isVisible()).toBe(false);
  expect(await scrollsSideways(tab)).toBe(false);
  const tall = await tab
    .locator('.frame')
    .evaluateAll((all) =>
      all.filter((one) => one.querySelector('svg')).map((one) => one.getBoundingClientRect()),
    );
  for (const { right, height } of tall) {
    expect(right).toBeLessThanOrEqual(688);
    expect(height).toBeLessThanOrEqual(970);
  }
  await tab.evaluate(() => dispatchEvent(new Event('afterprint')));
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
