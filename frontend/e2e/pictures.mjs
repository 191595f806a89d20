// Takes the README's pictures again from the running demo: `make pictures`.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { deskSize, openPage, phoneSize, signIn, startBrowser } from './browser.mjs';
import { people, startRelais } from './relais.mjs';

const folder = fileURLToPath(new URL('../pictures/', import.meta.url));

const pictures = [
  { name: 'console', who: people.regulator, at: '/console', viewport: deskSize, seen: '[role=grid]' },
  {
    name: 'console-dark',
    who: people.regulator,
    at: '/console',
    viewport: deskSize,
    seen: '[role=grid]',
    scheme: 'dark',
  },
  { name: 'phone', who: people.gp, at: '/phone', viewport: phoneSize, seen: '#next' },
  { name: 'phone-publish', who: people.gp, at: '/phone', viewport: phoneSize, seen: '#next', tap: 'Publier' },
  { name: 'pilot', who: people.coordinator, at: '/pilot', viewport: deskSize, seen: 'svg.pic' },
  { name: 'plan', who: people.nurse, at: '/pilot', hash: '#plan-mt', viewport: deskSize, seen: 'main h3' },
  {
    name: 'contract',
    who: people.treasurer,
    at: '/pilot',
    hash: '#contrat',
    viewport: { width: 1280, height: 1250 },
    seen: 'main svg',
  },
];

async function take(browser, url, { name, who, at, hash, viewport, seen, tap, scheme = 'light' }) {
  const page = await openPage(browser, url, { viewport, colorScheme: scheme, deviceScaleFactor: 1.5 });
  await signIn(page, who, at);
  if (hash) await page.goto(`${url}${at}${hash}`);
  await page.locator(seen).first().waitFor();
  // The live line fills the page in one snapshot; fonts and that snapshot are what is waited for.
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState('networkidle').catch(() => {});
  await page.waitForTimeout(1500);
  if (tap) await page.getByRole('button', { name: tap, exact: true }).click();
  await page.screenshot({ path: `${folder}${name}.png` });
  await page.context().close();
  console.log(`frontend/pictures/${name}.png`);
}

await mkdir(folder, { recursive: true });
const relais = await startRelais({ flags: [] });
const browser = await startBrowser();
try {
  for (const picture of pictures) await take(browser, relais.url, picture);
} finally {
  await browser.close();
  await relais.stop();
}
