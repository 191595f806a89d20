// The phone page away from its server: the service worker, what it keeps, and what is pushed to it.
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { phoneSize, signIn } from './browser.mjs';
import { people } from './relais.mjs';
import { call, stage } from './stage';

const { page, faults } = stage();

async function gp(): Promise<Page> {
  const tab = await page({ viewport: phoneSize, permissions: ['notifications'] });
  await signIn(tab, people.gp, '/phone');
  await tab.getByRole('heading', { name: 'Prochain patient' }).waitFor();
  await tab.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
    }
  });
  return tab;
}

it('keeps the built page alone, never what the API answers', async () => {
  const tab = await gp();
  await tab.reload();
  await tab.getByRole('heading', { name: 'Prochain patient' }).waitFor();
  const kept = await tab.evaluate(async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return { names, paths: lists.flat().map(({ url }) => new URL(url).pathname) };
  });
  expect(kept.names).toHaveLength(1);
  expect(kept.paths).toContain('/phone');
  expect(kept.paths.filter((path) => !/^\/(assets\/.+|phone|phone\.webmanifest|icon.*)$/.test(path))).toEqual(
    [],
  );
  expect(await tab.evaluate(() => JSON.stringify(localStorage))).not.toMatch(/Fictif/i);
});

// Among them the week, the settings, patients without médecin traitant, and what a slot opens.
it('fetches its rarer parts in less than 50 kB more', async () => {
  const tab = await page();
  await tab.goto('/');
  const read = async (path: string) => (await fetch(new URL(path, tab.url()))).text();
  const [worker, html] = [await read('/sw.js'), await read('/phone')];
  const scripts = [...new Set([...worker.matchAll(/\/assets\/[\w.-]+\.js/g)].map(([path]) => path))];
  const later = scripts.filter((path) => !html.includes(path));
  const sizes = await Promise.all(later.map(async (path) => gzipSync(await read(path)).length));
  expect(later.length).toBeGreaterThan(2);
  expect(sizes.reduce((sum, size) => sum + size) / 1000).toBeLessThanOrEqual(50);
});

it('opens with no network, says since when, publishes on return, and shows no patient meanwhile', async () => {
  const tab = await gp();
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris' }).format(Date.now() + 86_400_000);
  await tab.context().setOffline(true);
  await tab.reload();
  await tab
    .getByRole('alert')
    .filter({ hasText: /ce que vous voyez date/ })
    .waitFor();
  await tab.getByText('Qui vient n’est pas gardé sur ce téléphone').waitFor();
  expect(await tab.locator('.row').count()).toBeGreaterThan(0);
  expect(await tab.locator('main').innerText()).not.toMatch(/FICTIF/);

  await tab.getByRole('link', { name: 'Réglages' }).click();
  await tab.getByRole('heading', { name: 'Mon agenda dans mon téléphone' }).waitFor();
  await tab.getByRole('link', { name: 'Mon jour' }).click();

  await tab.getByRole('button', { name: 'Publier', exact: true }).click();
  await tab.getByRole('radio', { name: 'Autre heure' }).check();
  await tab.getByLabel('Jour', { exact: true }).fill(day);
  await tab.getByLabel('Heure', { exact: true }).fill('21:30');
  await tab.getByRole('button', { name: /^Publier \d/ }).click();
  await tab.getByRole('heading', { name: 'En attente d’envoi' }).waitFor();
  await tab.reload();
  await tab.getByRole('heading', { name: 'En attente d’envoi' }).waitFor();

  await tab.context().setOffline(false);
  await tab.getByRole('heading', { name: 'En attente d’envoi' }).waitFor({ state: 'detached' });
  await tab.locator('.row').filter({ hasText: '21 h 30' }).waitFor();
});

it('forgets the day it kept when its doctor signs out', async () => {
  const tab = await gp();
  expect(await tab.evaluate(() => localStorage.getItem('relais.shelf'))).not.toBeNull();
  await tab.getByRole('button', { name: 'Se déconnecter' }).click();
  await tab.getByLabel('Adresse électronique').waitFor();
  expect(await tab.evaluate(() => localStorage.getItem('relais.shelf'))).toBeNull();
});

// A browser without a push service of its own: what it would subscribe with is made here.
async function withPushService(tab: Page) {
  await tab.addInitScript(() => {
    const text = (bytes: ArrayBuffer | Uint8Array) =>
      btoa(String.fromCharCode(...new Uint8Array(bytes as ArrayBuffer)))
        .replaceAll('+', '-')
        .replaceAll('/', '_')
        .replaceAll('=', '');
    let current: object | null = null;
    PushManager.prototype.getSubscription = () => Promise.resolve(current as PushSubscription | null);
    PushManager.prototype.subscribe = async (options) => {
      const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
      const pair = await crypto.subtle.generateKey(algorithm, true, ['deriveBits']);
      const keys = {
        p256dh: text(await crypto.subtle.exportKey('raw', pair.publicKey)),
        auth: text(crypto.getRandomValues(new Uint8Array(16))),
      };
      const endpoint = `https://fcm.googleapis.com/fcm/send/${text(crypto.getRandomValues(new Uint8Array(16)))}`;
      current = {
        endpoint,
        options: { applicationServerKey: options!.applicationServerKey },
        toJSON: () => ({ endpoint, keys }),
        unsubscribe: () => Promise.resolve(((current = null), true)),
      };
      return current as PushSubscription;
    };
  });
  await tab.reload();
}

it('subscribes after a tap, names the device, and forgets it', async () => {
  const tab = await gp();
  await withPushService(tab);
  await tab.getByRole('link', { name: 'Réglages' }).click();
  await tab.getByRole('button', { name: 'Me prévenir' }).click();
  await tab.getByText('Les notifications arrivent sur cet appareil.').waitFor();
  const devices = await call<{ items: { device: string }[] }>(tab, 'GET', '/push/subscriptions');
  expect(devices.items).toHaveLength(1);
  expect(devices.items[0]!.device).toMatch(/Linux/);
  await tab.getByRole('button', { name: 'Ne plus me prévenir ici' }).click();
  await tab.getByRole('button', { name: 'Me prévenir' }).waitFor();
  expect((await call<{ items: object[] }>(tab, 'GET', '/push/subscriptions')).items).toEqual([]);
});

it('says how to undo a refusal', async () => {
  const tab = await page({ viewport: phoneSize, serviceWorkers: 'block' });
  await tab.addInitScript(() => Object.defineProperty(Notification, 'permission', { value: 'denied' }));
  await signIn(tab, people.gp, '/phone');
  await tab.getByRole('link', { name: 'Réglages' }).click();
  await tab.getByText(/sont refusées sur cet appareil/).waitFor();
});

/** Delivers a push to the worker of a page, as a push service would. */
async function push(tab: Page, data: string) {
  const line = await tab.context().newCDPSession(tab);
  const registration = new Promise<string>((found) => {
    line.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      if (registrations[0]) found(registrations[0].registrationId);
    });
  });
  await line.send('ServiceWorker.enable');
  const origin = new URL(tab.url()).origin;
  await line.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registration, data });
}

const shown = (tab: Page, count: number) =>
  tab.evaluate(async (count) => {
    const { getNotifications } = ServiceWorkerRegistration.prototype;
    const registration = await navigator.serviceWorker.ready;
    for (;;) {
      const list = await getNotifications.call(registration);
      if (list.length >= count) return list.map(({ title, body, tag }) => ({ title, body, tag }));
      await new Promise((next) => requestAnimationFrame(next));
    }
  }, count);

it('shows every push, without a patient, and looks again when one is touched', async () => {
  const tab = await gp();
  const message = {
    id: 'n1',
    kind: 'booked',
    title: 'Relais',
    body: 'Nouveau rendez-vous.',
    url: '/phone',
    tag: 'a',
  };
  await push(tab, JSON.stringify(message));
  expect(await shown(tab, 1)).toEqual([{ title: 'Relais', body: 'Nouveau rendez-vous.', tag: 'a' }]);
  await push(tab, 'not what was agreed');
  expect(await shown(tab, 2)).toContainEqual({
    title: 'Relais',
    body: 'Du nouveau dans vos créneaux.',
    tag: 'relais',
  });

  await tab.getByRole('link', { name: 'Réglages' }).click();
  await tab.getByRole('heading', { name: 'Patients en sus' }).waitFor();
  const seen = tab.context().waitForEvent('request', (request) => request.url().endsWith('/notices/seen'));
  await touch(tab, 'a');
  expect((await seen).postDataJSON()).toEqual({ ids: ['n1'] });
  await tab.getByRole('heading', { name: 'Prochain patient' }).waitFor();
});

it('leads from the push of an offered patient to the offers', async () => {
  const tab = await gp();
  const message = {
    id: 'n2',
    kind: 'mt_offered',
    title: 'Relais',
    body: 'Un patient.',
    url: '/phone',
    tag: 'b',
  };
  await push(tab, JSON.stringify(message));
  await shown(tab, 1);
  await touch(tab, 'b');
  await tab.getByRole('heading', { name: 'Patients proposés' }).waitFor();
  expect(new URL(tab.url()).hash).toBe('#patients');
});

it('says that offered patients are not kept on the phone while there is no network', async () => {
  const tab = await gp();
  await tab.context().setOffline(true);
  await tab.goto('/phone#patients');
  await tab.reload();
  await tab.getByText('Les patients proposés ne sont pas gardés sur ce téléphone').waitFor();
  await tab.context().setOffline(false);
  await tab.getByRole('heading', { name: /Combien de nouveaux patients/ }).waitFor();
});

/** Touches a notification. */
async function touch(tab: Page, tag: string) {
  const [worker] = tab.context().serviceWorkers();
  await worker!.evaluate(async (tag) => {
    const scope = globalThis as unknown as ServiceWorkerGlobal;
    const [notification] = await scope.registration.getNotifications({ tag });
    scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification: notification! }));
  }, tag);
}

interface ServiceWorkerGlobal extends EventTarget {
  registration: ServiceWorkerRegistration;
  NotificationEvent: new (type: string, init: { notification: Notification }) => Event;
}

it('ran without script errors or refusals of the policy', () => expect(faults).toEqual([]));
