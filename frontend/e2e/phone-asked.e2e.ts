import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phoneSize, signIn, violations } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

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
