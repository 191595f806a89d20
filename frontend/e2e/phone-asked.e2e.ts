import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phoneSize, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

type Slot = { id: string; start: string; end: string; withdrawn: boolean };
type Me = { practitioner: string; territories: [{ id: string }] };

const { page, faults } = stage();

/** A doctor's page, and whether they may be asked for patients en sus is chosen on it. */
async function doctor(who: string): Promise<{ tab: Page; id: string; territory: string }> {
  const tab = await page({ viewport: phoneSize, serviceWorkers: 'block' });
  await signIn(tab, who, '/phone');
  const me = await call<Me>(tab, 'GET', '/me');
  await tab.getByRole('link', { name: 'Réglages' }).click();
  await tab.getByRole('radio', { name: 'Non' }).check();
  await tab.getByText('on ne vous demandera pas de patient en sus').waitFor();
  await tab.getByRole('radio', { name: 'Jusqu’à nouvel ordre' }).check();
  await tab.getByText('on peut vous solliciter jusqu’à nouvel ordre').waitFor();
  await tab.getByRole('link', { name: 'Mon jour' }).click();
  return { tab, id: me.practitioner, territory: me.territories[0].id };
}

let callers = 0;

async function ask(territory: string, practitioners: string[]) {
  const regulator = await page();
  await signIn(regulator, people.regulator, '/console');
  const { id } = await call<{ id: string }>(regulator, 'POST', '/cases', {
    territory,
    reason: 'Otalgie',
    wishedDelayMinutes: 240,
    patient: {
      family: `Fictif-Sus-${++callers}`,
      given: 'Jeanne',
      phone: `06 39 98 12 3${callers}`,
      mt: { status: 'none' },
    },
  });
  await call(regulator, 'POST', '/solicitations', { case: id, practitioners, minutes: 10 });
  await regulator.close();
}

it('rings with what is asked, books who accepts first, and tells the other kindly', async () => {
  const first = await doctor(people.gp);
  const second = await doctor(people.gp2);
  await ask(first.territory, [first.id, second.id]);

  for (const { tab } of [first, second]) {
    await tab.getByRole('heading', { name: 'Un patient en sus ?' }).waitFor();
    await tab.getByText('Otalgie').waitFor();
    await tab.getByText('Souhaité sous 4 h').waitFor();
    expect(await tab.locator('main').innerText()).not.toMatch(/Fictif-Sus/i);
  }
  expect(await violations(first.tab)).toEqual([]);

  // The second does not hear that it is settled before they answer.
  await second.tab.route('**/api/v1/solicitations?*', (route) => route.abort());
  await second.tab.getByRole('button', { name: 'Je le prends' }).click();

  await first.tab.getByRole('button', { name: 'Je le prends' }).click();
  await first.tab.getByRole('radio', { name: 'Dans 1 h' }).check();
  expect(await violations(first.tab)).toEqual([]);
  await first.tab.getByRole('button', { name: /^Recevoir le patient/ }).click();
  await first.tab.getByText('C’est pour vous. Le rendez-vous est pris.').waitFor();
  await first.tab.getByText('Jeanne FICTIF-SUS-1').first().waitFor();
  expect(
    await first.tab
      .getByRole('link', { name: /06 39 98 12 31/ })
      .first()
      .getAttribute('href'),
  ).toBe('tel:0639981231');

  await second.tab.getByRole('button', { name: /^Recevoir le patient/ }).click();
  await second.tab.getByText('Déjà pris par un confrère').waitFor();
  expect(await second.tab.evaluate(() => document.activeElement?.textContent)).toContain('Déjà pris');
  await second.tab.getByRole('button', { name: 'Fermer' }).first().press('Enter');
});

/** Two own slots of a quarter of an hour where the doctor has nothing, within the next hours; the first booked. */
async function ownSlots(tab: Page, practitioner: string, territory: string): Promise<[Slot, Slot]> {
  const quarter = 15 * 60_000;
  const now = Date.now();
  const [from, to] = [now, now + 86_400_000].map((at) => new Date(at).toISOString());
  const query = `territory=${territory}&practitioner=${practitioner}&from=${from}&to=${to}&limit=500`;
  const { items } = await call<{ items: Slot[] }>(tab, 'GET', `/slots?${query}`);
  const isFree = (at: number) =>
    items.every(({ start, end }) => Date.parse(end) <= at || Date.parse(start) >= at + 2 * quarter);
  let at = Math.ceil((now + 7_200_000) / quarter) * quarter;
  while (!isFree(at)) at += quarter;
  const people = await call<{ items: { id: string; locations: [{ id: string }] }[] }>(
    tab,
    'GET',
    `/practitioners?territory=${territory}&limit=500`,
  );
  const { slots } = await call<{ slots: [Slot, Slot] }>(tab, 'POST', '/openings', {
    location: people.items.find(({ id }) => id === practitioner)!.locations[0].id,
    start: new Date(at).toISOString(),
    end: new Date(at + 2 * quarter).toISOString(),
    slotMinutes: 15,
    modality: 'cabinet',
    audience: 'regulation',
  });
  return slots;
}

it('says what an hour falls on, and withdraws the own free slot once the patient is taken', async () => {
  const { tab, id, territory } = await doctor(people.gp);
  const [first, second] = await ownSlots(tab, id, territory);
  const regulator = await page();
  await signIn(regulator, people.regulator, '/console');
  const patient = { family: 'Fictif-Attendu', mt: { status: 'unknown' } };
  await call(regulator, 'POST', '/bookings', { slot: first.id, patient });
  await regulator.close();
  await ask(territory, [id]);
  await tab.getByText('FICTIF-ATTENDU').first().waitFor();

  await tab.getByRole('button', { name: 'Je le prends' }).click();
  await tab.getByRole('radio', { name: 'Autre heure' }).check();
  const clock = (at: string, plus = 0) =>
    new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' }).format(
      Date.parse(at) + plus,
    );
  const words = (at: string) => clock(at).replace(/^0?(\d+):/, '$1 h ');
  await tab.getByLabel('Heure', { exact: true }).fill(clock(first.start, 5 * 60_000));
  await tab.getByText(`Vous recevez déjà FICTIF-ATTENDU à ${words(first.start)}.`).waitFor();
  const withdraw = tab.getByRole('checkbox', {
    name: `Retirer mon créneau libre de ${words(second.start)}`,
  });
  expect(await withdraw.isChecked()).toBe(true);
  await withdraw.uncheck();
  await tab.getByText(`créneau libre de ${words(second.start)} : il reste proposé.`).waitFor();
  await withdraw.check();
  expect(await violations(tab)).toEqual([]);

  const withdrawn = tab.waitForResponse((one) => one.url().endsWith(`/slots/${second.id}/withdraw`));
  await tab.getByRole('button', { name: /^Recevoir le patient/ }).click();
  expect(((await (await withdrawn).json()) as Slot).withdrawn).toBe(true);
  await tab.getByText('C’est pour vous. Le rendez-vous est pris.').waitFor();
  await tab.getByRole('link', { name: 'Réglages' }).click();
  await tab.getByRole('heading', { name: 'Patients en sus' }).waitFor();
  expect(await tab.getByText('C’est pour vous.').count()).toBe(0);
});

it('takes a no', async () => {
  const { tab, id, territory } = await doctor(people.gp);
  await ask(territory, [id]);
  await tab.getByRole('button', { name: 'Non merci' }).click();
  await tab.getByText('La régulation cherche ailleurs.').waitFor();
  expect(await tab.getByRole('heading', { name: 'Un patient en sus ?' }).count()).toBe(0);
  await tab.reload();
  await tab.getByRole('heading', { name: 'Prochain patient' }).waitFor();
  expect(await tab.getByRole('heading', { name: 'Un patient en sus ?' }).count()).toBe(0);
});

it('shows what is asked to a doctor who opens the page later', async () => {
  const { tab, id, territory } = await doctor(people.gp);
  await tab.goto('about:blank');
  await ask(territory, [id]);
  await tab.goto('/phone');
  await tab.getByRole('heading', { name: 'Un patient en sus ?' }).waitFor();
});

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
