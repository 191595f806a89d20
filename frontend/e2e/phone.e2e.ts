import ICAL from 'ical.js';
import jsQR from 'jsqr';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phoneSize, scrollsSideways, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

type Slot = { id: string; start: string; practitioner: string; free: number };
type Me = { practitioner: string; territories: [{ id: string }] };

const { page, faults } = stage();

const dayAt = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(at);
const tomorrow = () => dayAt(Date.now() + 86_400_000);

async function gp(): Promise<Page> {
  // The worker has tests of its own; without it nothing stands between the page and what is routed here.
  const permissions = ['clipboard-read', 'clipboard-write'];
  const tab = await page({ viewport: phoneSize, permissions, serviceWorkers: 'block' });
  await signIn(tab, people.gp, '/phone');
  await tab.getByRole('heading', { name: 'Prochain patient' }).waitFor();
  return tab;
}

async function slotsOf(tab: Page): Promise<Slot[]> {
  const me = await call<Me>(tab, 'GET', '/me');
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const query = `territory=${me.territories[0].id}&practitioner=${me.practitioner}&from=${from}&limit=500`;
  return (await call<{ items: Slot[] }>(tab, 'GET', `/slots?${query}`)).items;
}

it('publishes in three taps', async () => {
  const tab = await gp();
  const before = await slotsOf(tab);
  await tab.getByRole('button', { name: 'Publier', exact: true }).click();
  await tab.getByRole('radio', { name: 'Demain 8 h' }).check();
  await tab.getByRole('button', { name: /^Publier \d/ }).click();
  await tab.getByText(/créneaux?? publiés?\./).waitFor();
  expect((await slotsOf(tab)).length).toBeGreaterThan(before.length);
});

it('publishes by keyboard alone', async () => {
  const tab = await gp();
  const before = await slotsOf(tab);
  await tab.getByRole('button', { name: 'Publier', exact: true }).focus();
  await tab.keyboard.press('Enter');
  await tab.getByRole('dialog').waitFor();
  await tab.keyboard.press('ArrowLeft'); // the dialog begins at its first field
  await tab.getByLabel('Heure', { exact: true }).fill('06:00');
  await tab.getByLabel('Jour', { exact: true }).fill(tomorrow());
  await tab.keyboard.press('Enter');
  await tab.getByRole('dialog').waitFor({ state: 'detached' });
  expect((await slotsOf(tab)).length).toBeGreaterThan(before.length);
});

it('keeps a publication the network lost, and sends it once on return', async () => {
  const tab = await gp();
  const before = await slotsOf(tab);
  await tab.context().setOffline(true);
  await tab.getByRole('button', { name: 'Publier', exact: true }).click();
  await tab.getByRole('radio', { name: 'Autre heure' }).check();
  await tab.getByLabel('Jour', { exact: true }).fill(tomorrow());
  await tab.getByLabel('Heure', { exact: true }).fill('21:00');
  await tab.getByRole('button', { name: /^Publier \d/ }).click();
  await tab.getByRole('heading', { name: 'En attente d’envoi' }).waitFor();
  await tab.context().setOffline(false);
  await tab.getByRole('heading', { name: 'En attente d’envoi' }).waitFor({ state: 'detached' });
  expect(await slotsOf(tab)).toHaveLength(before.length + 2);
});

it('names the hours already taken beside the button, and offers the next free start in one tap', async () => {
  const tab = await gp();
  const [first] = (await slotsOf(tab)).filter((s) => Date.parse(s.start) > Date.now() + 3_600_000);
  const format = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' });
  await tab.setViewportSize({ width: 390, height: 600 });
  await tab.getByRole('button', { name: 'Publier', exact: true }).click();
  await tab.getByRole('radio', { name: 'Autre heure' }).check();
  await tab.getByLabel('Jour', { exact: true }).fill(dayAt(Date.parse(first!.start)));
  await tab.getByLabel('Heure', { exact: true }).fill(format.format(Date.parse(first!.start)));
  await tab.getByRole('button', { name: /^Publier \d/ }).click();
  const alert = tab.getByRole('alert').filter({ hasText: 'Vous avez déjà des créneaux de' });
  await alert.waitFor();
  const { y, height } = (await alert.boundingBox())!;
  expect(y >= 0 && y + height <= 600).toBe(true);
  expect(await tab.evaluate(() => document.activeElement?.className)).toContain('alarm');
  await tab.getByRole('button', { name: /^Commencer / }).click();
  await tab.getByRole('button', { name: /^Publier \d/ }).click();
  await tab.getByText(/créneaux?? publiés?\./).waitFor();

  const bar = tab.getByRole('button', { name: 'Publier', exact: true });
  const [said, button] = await Promise.all([tab.locator('.toast').boundingBox(), bar.boundingBox()]);
  expect(said!.y + said!.height).toBeLessThanOrEqual(button!.y);
});

it('shows at once who comes, and takes whether they came', async () => {
  const doctor = await gp();
  const slot = (await slotsOf(doctor)).find((s) => s.free > 0 && Date.parse(s.start) > Date.now())!;
  const regulator = await page();
  await signIn(regulator, people.regulator, '/console');
  await call(regulator, 'POST', '/bookings', {
    slot: slot.id,
    patient: { family: 'Fictif', given: 'Jeanne', birthDate: '1956-02-11', phone: '01 99 00 12 34' },
    reason: 'Otalgie',
  });
  await doctor.getByText('Jeanne FICTIF').first().waitFor();
  await doctor
    .getByRole('button', { name: /Jeanne FICTIF/ })
    .last()
    .click();
  const sheet = doctor.getByRole('dialog');
  expect(await sheet.getByRole('link', { name: /01 99 00 12 34/ }).getAttribute('href')).toBe(
    'tel:0199001234',
  );

  await sheet.getByRole('button', { name: 'Annuler ce rendez-vous' }).click();
  await sheet.getByRole('heading', { name: /^Annuler le rendez-vous de Jeanne FICTIF.* à \d+ h/ }).waitFor();
  await sheet.getByLabel('Motif').fill('Imprévu au cabinet');
  expect(await sheet.getByLabel('Retirer aussi ce créneau').isChecked()).toBe(true);
  await sheet.getByRole('button', { name: 'Annuler le rendez-vous' }).click();
  await doctor.getByText('Rendez-vous annulé et créneau retiré').waitFor();
  expect((await slotsOf(doctor)).find((s) => s.id === slot.id)).toMatchObject({ withdrawn: true, booked: 0 });
  await doctor.getByText('Jeanne FICTIF').first().waitFor({ state: 'detached' });
});

// Two patients of this morning nobody has told about yet, whatever the demo holds at this hour.
async function twoUntold(tab: Page): Promise<string[]> {
  const told: string[] = [];
  const hour = 3_600_000;
  const booking = (id: string, ago: number) => ({
    id,
    slot: `slot-${id}`,
    state: 'booked',
    start: new Date(Date.now() - ago * hour).toISOString(),
    end: new Date(Date.now() - ago * hour + hour / 4).toISOString(),
    patient: { family: `Fictif-${id}`, mt: { status: 'unknown' } },
  });
  const bookings = [booking('un', 3), booking('deux', 2)];
  await tab.route('**/api/v1/bookings?*', (route) => route.fulfill({ json: { items: bookings } }));
  await tab.route('**/api/v1/bookings/*/outcome', (route) => {
    const id = route.request().url().split('/').at(-2)!;
    told.push(id);
    const { outcome } = route.request().postDataJSON() as { outcome: string };
    const at = bookings.findIndex((one) => one.id === id);
    bookings[at] = { ...bookings[at]!, state: outcome };
    return route.fulfill({ json: bookings[at] });
  });
  await tab.reload();
  await tab.getByRole('button', { name: 'Venu, FICTIF-UN', exact: true }).waitFor();
  return told;
}

it('marks one patient on a double tap, leaves the row for a correction, and keeps the focus', async () => {
  const tab = await gp();
  const told = await twoUntold(tab);
  const came = tab.getByRole('button', { name: 'Venu, FICTIF-UN', exact: true });
  const box = (await came.boundingBox())!;
  await tab.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
  await tab.getByText('Pour corriger').waitFor();
  expect(told).toEqual(['un']);
  expect((await came.boundingBox())!.y).toBe(box.y);

  await came.focus();
  await came.waitFor({ state: 'detached' });
  expect(await tab.evaluate(() => document.activeElement?.tagName)).toBe('H2');
  expect(await tab.getByRole('button', { name: 'Venu, FICTIF-DEUX', exact: true }).count()).toBe(1);
});

it('remembers the size of a publication for its time of day', async () => {
  const tab = await gp();
  const publish = async (time: string, many: string) => {
    await tab.getByRole('button', { name: 'Publier', exact: true }).click();
    await tab.getByRole('radio', { name: 'Autre heure' }).check();
    await tab.getByLabel('Jour', { exact: true }).fill(dayAt(Date.now() + 3 * 86_400_000));
    await tab.getByLabel('Heure', { exact: true }).fill(time);
    if (many) await tab.getByRole('radio', { name: many, exact: true }).check();
  };
  await publish('06:00', '4');
  await tab.getByRole('button', { name: 'Publier 4 créneaux' }).click();
  await tab.getByText('4 créneaux publiés.').waitFor();
  await publish('20:00', '1');
  await tab.getByRole('button', { name: 'Publier 1 créneau' }).click();
  await tab.getByText('1 créneau publié.').waitFor();

  await publish('05:00', '');
  await tab.getByRole('button', { name: 'Publier 4 créneaux' }).waitFor();
  await tab
    .getByRole('group', { name: 'Vos heures habituelles' })
    .getByRole('button', { name: '20 h 00' })
    .click();
  await tab.getByRole('button', { name: 'Publier 1 créneau' }).waitFor();
});

it('lets a publication expire rather than publish the past', async () => {
  const tab = await gp();
  const before = await slotsOf(tab);
  await tab.clock.install();
  await tab.reload();
  await tab.getByRole('heading', { name: 'Prochain patient' }).waitFor();
  await tab.context().setOffline(true);
  await tab.getByRole('button', { name: 'Publier', exact: true }).click();
  await tab.getByRole('radio', { name: /^(Dans 1 h|Plus tard)/ }).check();
  await tab.getByRole('button', { name: /^Publier \d/ }).click();
  await tab.getByText('Sera envoyé au retour du réseau').waitFor();
  await tab.clock.fastForward('02:00:00');
  await tab.getByText('L’heure est passée : rien n’a été publié').waitFor();
  await tab.getByRole('heading', { name: 'Trop tard' }).waitFor();
  await tab.context().setOffline(false);
  await tab.getByRole('button', { name: 'Retirer de la liste' }).click();
  await tab.getByRole('heading', { name: 'Trop tard' }).waitFor({ state: 'detached' });
  expect(await slotsOf(tab)).toHaveLength(before.length);
});

/** The row of a free slot of its own, tomorrow at the hour given. */
async function freeRow(tab: Page, time: string) {
  await tab.getByRole('button', { name: 'Publier', exact: true }).click();
  await tab.getByRole('radio', { name: 'Autre heure' }).check();
  await tab.getByLabel('Jour', { exact: true }).fill(tomorrow());
  await tab.getByLabel('Heure', { exact: true }).fill(time);
  await tab.getByRole('radio', { name: '1', exact: true }).check();
  await tab.getByRole('button', { name: 'Publier 1 créneau' }).click();
  await tab.getByRole('dialog').waitFor({ state: 'detached' });
  const [hours, minutes] = time.split(':');
  return tab.locator('.row button').filter({ hasText: `${Number(hours)} h ${minutes}` });
}

it('shows a slot as the regulation reads it, withdraws it from its menu, and takes that back', async () => {
  const tab = await gp();
  const row = await freeRow(tab, '22:30');
  await row.click();
  const seen = tab.getByRole('figure', { name: 'Vu par la régulation' });
  expect((await seen.innerText()).replace(/\s+/g, ' ')).toMatch(
    /^Vu par la régulation Dr .+ · .+ · demain 22 h 30 · au cabinet/,
  );
  await tab.getByRole('button', { name: 'Retirer ce créneau' }).click();
  await row.filter({ hasText: 'retiré' }).waitFor();
  await tab.getByRole('button', { name: 'Remettre' }).click();
  await row.filter({ hasText: 'libre' }).waitFor();

  await row.click();
  await tab.getByRole('button', { name: 'Retirer ce créneau' }).click();
  await row.filter({ hasText: 'retiré' }).click();
  await tab.getByRole('button', { name: 'Remettre ce créneau' }).click();
  await row.filter({ hasText: 'libre' }).waitFor();
});

it('withdraws a slot by a sweep, and not by a short one', async () => {
  const tab = await gp();
  const row = await freeRow(tab, '23:15');
  const sweep = async (by: number) => {
    await row.scrollIntoViewIfNeeded();
    await tab.evaluate(() => scrollBy(0, 200));
    const { x, y, width, height } = (await row.boundingBox())!;
    await tab.mouse.move(x + width - 60, y + height / 2);
    await tab.mouse.down();
    await tab.mouse.move(x + width - 60 - by, y + height / 2, { steps: 6 });
    await tab.mouse.up();
  };
  await sweep(50);
  expect(await tab.getByRole('dialog').count()).toBe(0);
  await row.filter({ hasText: 'libre' }).waitFor();
  await sweep(140);
  await row.filter({ hasText: 'retiré' }).waitFor();
  await tab.getByRole('button', { name: 'Remettre' }).click();
  await row.filter({ hasText: 'libre' }).waitFor();
});

it('gives a calendar address, as a code that reads back to it, that holds the slots and no patient', async () => {
  const tab = await gp();
  await tab.getByRole('link', { name: 'Réglages' }).click();
  await tab.getByRole('button', { name: 'Créer une adresse' }).click();
  const address = await tab.getByLabel('Adresse à ajouter comme abonnement').inputValue();
  const drawing = tab.getByRole('img', { name: /Code à viser/ });
  expect(
    decode(
      await drawing.evaluate((svg) => [
        svg.getAttribute('viewBox')!,
        svg.querySelector('path')!.getAttribute('d')!,
      ]),
    ),
  ).toBe(address);
  const text = await (await fetch(address)).text();
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[] as never);
  expect(calendar.getAllSubcomponents('vevent').length).toBeGreaterThan(0);
  expect(text).not.toContain('Fictif');

  await tab.getByRole('button', { name: 'Révoquer' }).first().click();
  expect((await fetch(address)).status).toBe(200);
  await tab.getByRole('button', { name: 'Oui, révoquer' }).press('Enter');
  await tab.getByText('Adresse révoquée').waitFor();
  expect(await tab.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Adresses créées',
  );
  expect((await fetch(address)).status).toBe(404);
});

/** What a camera reads of a drawn code: eight pixels a module. */
function decode([viewBox, path]: string[]): string | undefined {
  const scale = 8;
  const size = Number(viewBox!.split(' ')[2]) * scale;
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [, x, y] of path!.matchAll(/M(\d+) (\d+)/g)) {
    for (let i = 0; i < scale * scale; i++) {
      const at = (Number(y) * scale + Math.floor(i / scale)) * size + Number(x) * scale + (i % scale);
      pixels.fill(0, at * 4, at * 4 + 3);
    }
  }
  return jsQR(pixels, size, size)?.data;
}

const parts = ['Mon jour', 'Ma semaine', 'Réglages'];

async function show(tab: Page, part: string) {
  await tab.getByRole('link', { name: part }).click();
  await tab.waitForLoadState('networkidle');
}

it.each(['light', 'dark'] as const)('has no violation in %s: its parts and publishing', async (scheme) => {
  const tab = await gp();
  for (const part of parts) {
    await show(tab, part);
    expect(await violations(tab, scheme)).toEqual([]);
  }
  await tab.getByRole('button', { name: 'Créer une adresse' }).click();
  await tab.getByRole('img', { name: /Code à viser/ }).waitFor();
  expect(await violations(tab, scheme)).toEqual([]);
  await tab.getByRole('button', { name: 'Publier', exact: true }).click();
  await tab.getByRole('button', { name: 'Plus d’options' }).click();
  await tab.getByLabel('Répéter chaque semaine').check();
  expect(await violations(tab, scheme)).toEqual([]);
});

it.each([
  ['320 px', { width: 320, height: 640 }, '100%'],
  ['text twice as large', phoneSize, '200%'],
])('fits %s', async (_, size, text) => {
  const tab = await gp();
  await tab.setViewportSize(size);
  await tab.evaluate((text) => (document.documentElement.style.fontSize = text), text);
  for (const part of parts) {
    await show(tab, part);
    expect(await scrollsSideways(tab), part).toBe(false);
  }
  await tab.getByRole('link', { name: 'Ma semaine' }).click();
  for (const opener of ['Ajouter une permanence', 'Publier']) {
    await tab.getByRole('button', { name: opener, exact: true }).click();
    await tab.getByRole('button', { name: 'Plus d’options' }).click();
    await tab.getByLabel('Note pour la régulation').waitFor();
    const sheet = tab.getByRole('dialog');
    expect(await sheet.evaluate((one) => one.scrollWidth - one.clientWidth), opener).toBe(0);
    expect(await scrollsSideways(tab), opener).toBe(false);
    await sheet.getByRole('button', { name: 'Fermer' }).click();
  }
});

it('has nothing to touch that is smaller than 44 px', async () => {
  const tab = await gp();
  for (const part of parts) {
    await show(tab, part);
    const small = await tab.evaluate(() =>
      [...document.querySelectorAll('button, a[href]:not(.skip), summary')]
        .map((one) => ({ name: one.textContent, box: one.getBoundingClientRect() }))
        .filter(({ box }) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
        .map(({ name, box }) => `${name?.trim()}: ${box.width} × ${box.height}`),
    );
    expect(small).toEqual([]);
  }
});

it('goes back to the part before, with the focus on what is shown', async () => {
  const tab = await gp();
  await tab.getByRole('link', { name: 'Ma semaine' }).focus();
  await tab.keyboard.press('Enter');
  await tab.getByRole('heading', { name: 'Semaine type' }).waitFor();
  expect(await tab.evaluate(() => document.activeElement?.id)).toBe('content');
  await tab.goBack();
  await tab.getByRole('heading', { name: 'Prochain patient' }).waitFor();
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
