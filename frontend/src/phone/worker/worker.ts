// The phone page's service worker: it keeps the built page for moments without network, shows what is
// pushed, and holds the push subscription. It is built apart, as /sw.js, by worker.build.ts.
import { notificationOf, type Opening } from './notification';
import { scope } from './scope';
import { forgetOthers, keepShell, keptAnswer } from './shell';
import { deviceName, keyBytes, told } from './subscription';

const api = '/api/v1';

scope.addEventListener('install', (event) => event.waitUntil(keepShell()));
scope.addEventListener('activate', (event) =>
  event.waitUntil(forgetOthers().then(() => scope.clients.claim())),
);

// A page that has just opened, or that nobody looks at, says when this build may take over.
scope.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(scope.skipWaiting());
});

scope.addEventListener('fetch', (event) => {
  const kept = keptAnswer(event.request, scope.location.origin);
  if (kept) event.respondWith(kept);
});

scope.addEventListener('push', (event) => {
  const { title, options } = notificationOf(event.data?.text());
  event.waitUntil(scope.registration.showNotification(title, options));
});

scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { page, id } = event.notification.data as Opening;
  event.waitUntil(Promise.all([open(page), id && say('/notices/seen', { ids: [id] })]));
});

scope.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAgain()));

// The page that is open already is brought to the front rather than opened twice.
async function open(page: string) {
  const path = (url: string) => new URL(url, scope.location.origin).pathname;
  const { hash } = new URL(page, scope.location.origin);
  const pages = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = pages.find(({ url }) => path(url) === path(page));
  if (!there) return scope.clients.openWindow(page);
  there.postMessage(hash ? { look: hash } : 'look');
  await there.focus();
}

async function subscribeAgain() {
  const answer = await fetch(`${api}/push/key`);
  if (!answer.ok) return;
  const { key } = (await answer.json()) as { key: string };
  const subscription = await scope.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: keyBytes(key),
  });
  await say('/push/subscriptions', told(subscription, deviceName(navigator.userAgent)));
}

async function say(path: string, body: unknown) {
  const headers = { 'Content-Type': 'application/json' };
  await fetch(api + path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => undefined);
}
