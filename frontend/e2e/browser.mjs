import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { password } from './relais.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium, headless. */
export function startBrowser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
}

export const phoneSize = { width: 390, height: 844 };
export const deskSize = { width: 1280, height: 860 };

/** A page of its own session (cookies, storage). `options` are playwright's context options. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: deskSize,
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

/** Signs in through the form and waits for the page of the role. */
export async function signIn(page, email, landing) {
  await page.goto('/');
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.waitForURL(`**${landing}`);
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let axeSource;

/**
 * What axe finds on the page, one line a violation, in the scheme given. The engine is evaluated by
 * the debugger, so that the page's own Content-Security-Policy stays in force.
 */
export async function violations(page, scheme = 'light') {
  axeSource ??= await readFile(axePath, 'utf8');
  await page.emulateMedia({ colorScheme: scheme });
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return violations.map(
    ({ id, nodes }) => `${scheme} ${id}: ${nodes.map((n) => n.target.join(' ')).join(', ')}`,
  );
}

/** Whether the page can be scrolled sideways at its present width. */
export function scrollsSideways(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth;
  });
}
