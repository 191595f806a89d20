import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phoneSize, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

type Slot = { id: string; start: string; end: string; location: string; withdrawn: boolean; booked: number };
type Opening = { id: string; start: string; repeat?: object; skips?: string[]; stoppedFrom?: string };
type Me = { practitioner: string; territories: [{ id: string }] };

const { page, faults } = stage();

const oneDay = 86_400_000;
const dayAt = (at: number) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(at);
const inWords = (day: string, style: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', ...style }).format(Date.parse(day));

async function week(who = people.gp): Promise<Page> {
  const tab = await page({ viewport: phoneSize, serviceWorkers: 'block' });
  await signIn(tab, who, '/phone');
  await tab.getByRole('link', { name: 'Ma semaine' }).click();
  await tab.getByRole('heading', { name: 'Semaine type' }).waitFor();
  return tab;
}

async function slotsOf(tab: Page, from: number, to: number): Promise<Slot[]> {
  const me = await call<Me>(tab, 'GET', '/me');
  const [since, until] = [from, to].map((at) => new Date(at).toISOString());
  const query = `territory=${me.territories[0].id}&practitioner=${me.practitioner}&from=${since}&to=${until}&limit=500`;
  return (await call<{ items: Slot[] }>(tab, 'GET', `/slots?${query}`)).items;
}

/** Where the doctor signed in practises. */
async function locationOf(tab: Page): Promise<string> {
  const me = await call<Me>(tab, 'GET', '/me');
  const { items } = await call<{ items: { id: string; locations: [{ id: string }] }[] }>(
    tab,
    'GET',
    `/practitioners?territory=${me.territories[0].id}&limit=500`,
  );
  return items.find(({ id }) => id === me.practitioner)!.locations[0].id;
}

const shifts = async (tab: Page) =>
  (await call<{ items: Opening[] }>(tab, 'GET', '/openings')).items.filter(({ repeat }) => repeat);

/** A shift at 22 h 15 on the weekday of five days ahead, as a doctor adds it. */
async function addShift(tab: Page): Promise<string> {
  const day = dayAt(Date.now() + 5 * oneDay);
  await tab.getByRole('button', { name: 'Ajouter une permanence' }).click();
  const sheet = tab.getByRole('dialog', { name: 'Ajouter une permanence' });
  await sheet.getByLabel('Heure', { exact: true }).fill('22:15');
  await sheet.getByLabel('Sauf les jours fériés').uncheck();
  await sheet.getByRole('button', { name: /^Publier \d/ }).click();
  const refused = sheet.getByRole('alert').filter({ hasText: 'Choisissez au moins un jour.' });
  await refused.waitFor();
  await sheet.getByRole('checkbox', { name: inWords(day, { weekday: 'long' }) }).check();
  await refused.waitFor({ state: 'detached' });
  await sheet.getByText(/^Première fois/).waitFor();
  await tab.getByRole('button', { name: /^Publier \d/ }).click();
  await tab.getByRole('button', { name: /22 h 15 – 22 h 45/ }).waitFor();
  return day;
}

it('adds a shift, leaves a day out, gives it back, changes and stops it', async () => {
  const tab = await week();
  const day = await addShift(tab);
  const at = Date.parse(`${day}T00:00:00Z`);
  const thatDay = () => slotsOf(tab, at + 20 * 3_600_000, at + 23 * 3_600_000);
  expect(await thatDay()).toHaveLength(2);

  await tab.getByRole('button', { name: /22 h 15 – 22 h 45/ }).click();
  const words = inWords(day, { weekday: 'long', day: 'numeric', month: 'long' }).replace(/(?<!\d)1 /, '1er ');
  await tab.getByRole('button', { name: `Sauter ce jour, ${words}` }).click();
  await tab.getByRole('button', { name: `Reprendre ce jour, ${words}` }).waitFor();
  expect((await shifts(tab)).flatMap(({ skips = [] }) => skips)).toContain(day);
  expect((await thatDay()).every(({ withdrawn }) => withdrawn)).toBe(true);
  expect(await violations(tab)).toEqual([]);

  await tab.getByRole('button', { name: `Reprendre ce jour, ${words}` }).press('Enter');
  await tab.getByRole('button', { name: `Sauter ce jour, ${words}` }).waitFor();
  expect((await thatDay()).filter(({ withdrawn }) => !withdrawn)).toHaveLength(2);

  await tab.getByRole('button', { name: 'Modifier' }).click();
  const other = inWords(dayAt(Date.now() + 6 * oneDay), { weekday: 'long' });
  await tab.getByRole('checkbox', { name: other }).check();
  await tab.getByRole('button', { name: 'Enregistrer' }).click();
  await tab.getByText('Permanence modifiée.').waitFor();
  expect(await tab.getByRole('button', { name: /22 h 15 – 22 h 45/ }).count()).toBe(2);

  await tab
    .getByRole('button', { name: /22 h 15 – 22 h 45/ })
    .first()
    .click();
  await tab.getByRole('button', { name: 'Arrêter' }).click();
  await tab.getByRole('button', { name: /^Arrêter à partir du/ }).click();
  await tab.getByText('Permanence arrêtée').waitFor();
  expect((await thatDay()).every(({ withdrawn }) => withdrawn)).toBe(true);
});

it('pauses for some days, says what is withdrawn and who still comes, and ends the pause', async () => {
  const tab = await week(people.gp2);
  const day = dayAt(Date.now() + 20 * oneDay);
  const location = await locationOf(tab);
  const opening = { location, start: `${day}T12:00:00Z`, end: `${day}T12:45:00Z`, slotMinutes: 15 };
  const body = { ...opening, modality: 'cabinet', audience: 'regulation' };
  const { slots } = await call<{ slots: Slot[] }>(tab, 'POST', '/openings', body);
  const regulator = await page();
  await signIn(regulator, people.regulator, '/console');
  await call(regulator, 'POST', '/bookings', { slot: slots[0]!.id, patient: { family: 'Fictif-Congé' } });

  await tab.getByRole('button', { name: 'Poser des congés' }).click();
  await tab.getByLabel('Premier jour').fill(day);
  await tab.getByLabel('Dernier jour').fill(dayAt(Date.parse(day) - oneDay));
  await tab.getByText('Le dernier jour suit le premier.').waitFor();
  await tab.getByLabel('Dernier jour').fill(day);
  await tab.getByRole('button', { name: 'Poser ces congés' }).click();
  await tab.getByText(/2 créneaux retirés/).waitFor();
  await tab.getByText(/1 créneau reste/).waitFor();
  expect(await violations(tab)).toEqual([]);

  const words = inWords(day, { weekday: 'long', day: 'numeric', month: 'long' }).replace(/(?<!\d)1 /, '1er ');
  await tab.getByRole('button', { name: `Mettre fin : Le ${words}` }).click();
  await tab.getByText('Congés terminés').waitFor();
  const at = Date.parse(`${day}T12:00:00Z`);
  expect((await slotsOf(tab, at, at + 3_600_000)).filter(({ withdrawn }) => !withdrawn)).toHaveLength(3);
});

it('publishes last week again, knows what is there already, and publishes nothing twice', async () => {
  // The past cannot be published: the phone lives two weeks ahead, where next week is last week.
  const today = dayAt(Date.now());
  const monday = Date.parse(today) + (8 - (new Date(today).getUTCDay() || 7)) * oneDay;
  const tab = await page({ viewport: phoneSize, serviceWorkers: 'block' });
  await tab.routeWebSocket('**/api/v1/live', (line) => void line.close());
  await tab.clock.install({ time: monday + 7 * oneDay + 9 * 3_600_000 });
  await signIn(tab, people.gp, '/phone');
  const location = await locationOf(tab);
  const publish = (days: number, minutes: number) => {
    const at = monday + days * oneDay + 20 * 3_600_000;
    const [start, end] = [at, at + minutes * 60_000].map((time) => new Date(time).toISOString());
    const body = { location, start, end, slotMinutes: 15, modality: 'cabinet', audience: 'regulation' };
    return call(tab, 'POST', '/openings', body);
  };
  await publish(2, 45);
  await publish(4, 15);

  await tab.getByRole('link', { name: 'Ma semaine' }).click();
  await tab.getByRole('button', { name: 'Voir la semaine dernière' }).click();
  const submit = tab.getByRole('button', { name: /^Publier \d+ créneaux?$/ });
  await submit.waitFor();
  const friday = tab.getByRole('group', { name: /vendredi/ }).getByRole('checkbox', { name: /21 h/ });
  const wanted = Number(/\d+/.exec(await submit.innerText())![0]);
  await friday.uncheck();
  await tab.getByRole('button', { name: `Publier ${wanted - 1} créneau` }).waitFor();
  await friday.check();

  await publish(9, 45); // Wednesday's, meanwhile, from another device.
  await submit.click();
  await tab.getByText('1 plage était déjà publiée').first().waitFor();
  await tab.getByRole('button', { name: 'Rien de plus à publier' }).waitFor();
  await tab
    .getByRole('group', { name: /mercredi/ })
    .getByText('déjà publié')
    .first()
    .waitFor();
  const again = await slotsOf(tab, monday + 9 * oneDay, monday + 12 * oneDay);
  const evening = again.filter(({ start }) => new Date(start).getUTCHours() === 20);
  expect(evening.map(({ start }) => new Date(start).getUTCMinutes())).toEqual([0, 15, 30, 0]);
  expect(await violations(tab)).toEqual([]);
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
