import { afterEach, expect, test, vi } from 'vitest';
import { tellSeen } from './seen';

afterEach(() => vi.unstubAllGlobals());

test('what a notice told of a booking is seen, and nothing else', async () => {
  const items = [
    { id: 'n-1', kind: 'booking_cancelled', booking: 'b-1' },
    { id: 'n-2', kind: 'case_reopened', booking: 'b-1' },
    { id: 'n-3', kind: 'booking_cancelled', booking: 'b-2' },
  ];
  const fetched = vi.fn((_: string, { method }: RequestInit) =>
    Promise.resolve(method === 'POST' ? new Response(null, { status: 204 }) : Response.json({ items })),
  );
  vi.stubGlobal('fetch', fetched);
  await tellSeen({ type: 'notice', kind: 'booking_cancelled', territory: 't', booking: 'b-1', slot: 's-1' });
  const [address, { body }] = fetched.mock.calls[1]!;
  expect(address).toBe('/api/v1/notices/seen');
  expect(JSON.parse(body as string)).toEqual({ ids: ['n-1', 'n-2'] });
});

test('a server that is away is no trouble', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  await expect(
    tellSeen({ type: 'notice', kind: 'booking_cancelled', territory: 't' }),
  ).resolves.toBeUndefined();
});
