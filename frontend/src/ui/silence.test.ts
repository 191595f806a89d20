import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recall, remember } from './memory';
import { silence, silenceOthers } from './silence';

const sent: string[] = [];
let unsubscribed = 0;
let offline = false;

beforeEach(() => {
  vi.useFakeTimers();
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  const subscription = {
    unsubscribe: () => (offline ? new Promise(() => {}) : Promise.resolve(unsubscribed++)),
  };
  const registration = { pushManager: { getSubscription: () => Promise.resolve(subscription) } };
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: () => Promise.resolve(registration) } });
  vi.stubGlobal('fetch', (address: string, { method }: RequestInit) => {
    sent.push(`${method} ${address}`);
    return offline
      ? Promise.reject(new TypeError('offline'))
      : Promise.resolve(new Response(null, { status: 204 }));
  });
  sent.length = unsubscribed = 0;
  offline = false;
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('who signs out is not rung for any more on this device', async () => {
  remember('push.device', 'device-1');
  await silence();
  expect(sent).toEqual(['DELETE /api/v1/push/subscriptions/device-1']);
  expect(unsubscribed).toBe(1);
  expect(recall('push.device', '')).toBe('');
});

test('a device that the server does not know is unsubscribed all the same', async () => {
  await silence();
  expect(sent).toEqual([]);
  expect(unsubscribed).toBe(1);
});

test('signing out does not wait for a network that is away', async () => {
  offline = true;
  remember('push.device', 'device-1');
  const over = silence();
  await vi.advanceTimersByTimeAsync(2000);
  await over;
  expect(recall('push.device', '')).toBe('');
});

test('somebody else who signs in on this device is not rung for who was here before', async () => {
  await silenceOthers('gp-1');
  await silenceOthers('gp-1');
  expect(unsubscribed).toBe(0);
  await silenceOthers('gp-2');
  await silenceOthers('gp-2');
  expect(unsubscribed).toBe(1);
});
