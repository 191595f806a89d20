import { afterEach, expect, it, vi } from 'vitest';
import { Problem } from '../api/problem';
import { book, hold } from './commands';
import { Intent } from './intent';

const patient = { family: 'Essai' };

function answering(body: unknown) {
  const fetched = vi.fn<typeof fetch>(async () => Response.json(body, { status: 201 }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

afterEach(() => vi.unstubAllGlobals());

it('books over the line while it is up', async () => {
  const fetched = answering({});
  const send = vi.fn(async () => ({ id: 'b1' }));
  const booking = await book({ state: 'live', send: send as never }, { hold: 't', patient }, 'key-1');
  expect(booking.id).toBe('b1');
  expect(send).toHaveBeenCalledWith({ op: 'book', key: 'key-1', hold: 't', patient });
  expect(fetched).not.toHaveBeenCalled();
});

it('tries the same booking over HTTP, with the same key, when the line breaks before it answers', async () => {
  const fetched = answering({ id: 'b1' });
  const send = async () => Promise.reject(new Problem({ reason: 'live.disconnected' }));
  const booking = await book({ state: 'live', send }, { hold: 't', patient }, 'key-1');
  expect(booking.id).toBe('b1');
  const [url, request] = fetched.mock.calls[0]!;
  expect(url).toBe('/api/v1/bookings');
  expect(new Headers(request!.headers).get('Idempotency-Key')).toBe('key-1');
  expect(JSON.parse(String(request!.body))).toEqual({ hold: 't', patient });
});

it('does not try again what the server refused', async () => {
  const fetched = answering({});
  const refusal = new Problem({ reason: 'regulation.slot_taken', status: 409 });
  const send = async () => Promise.reject(refusal);
  await expect(book({ state: 'live', send }, { slot: 's', patient }, 'key-1')).rejects.toBe(refusal);
  expect(fetched).not.toHaveBeenCalled();
});

it('holds over HTTP while the line is down', async () => {
  const fetched = answering({ token: 't' });
  const held = await hold({ state: 'down', send: vi.fn() as never }, 'slot 1', 'case-1');
  expect(held.token).toBe('t');
  expect(fetched.mock.calls[0]![0]).toBe('/api/v1/slots/slot%201/holds');
});

it('keeps one key for one intent, and another for a changed or a new one', () => {
  const intent = new Intent();
  const first = intent.keyFor({ slot: 'a' });
  expect(intent.keyFor({ slot: 'a' })).toBe(first);
  expect(intent.keyFor({ slot: 'b' })).not.toBe(first);
  const second = intent.keyFor({ slot: 'b' });
  intent.done();
  expect(intent.keyFor({ slot: 'b' })).not.toBe(second);
});
