import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Call } from './call.svelte';
import type { Desk } from './desk.svelte';
import { noon, slot } from './made';
import { Proposals, retryAfter } from './proposals.svelte';

const free = slot('s1', 30);
let answer: () => Promise<Response>;
let asked: number;

const network = () => Promise.reject(new TypeError('Failed to fetch'));
const unavailable = async () => new Response('', { status: 503 });
const silent = (init?: RequestInit) =>
  new Promise<Response>((_, fail) =>
    init?.signal?.addEventListener('abort', () => fail(new DOMException('', 'AbortError'))),
  );
const found = async () => Response.json({ items: [free] });

function given(): Proposals {
  const line = { now: () => noon, slots: new Map([[free.id, free]]) };
  const desk = {
    territories: [{ id: 't1' }],
    line,
    now: noon,
    me: { id: 'reg-1' },
    watch: { to: noon },
    slot: (id: string) => line.slots.get(id),
    people: {},
  } as unknown as Desk;
  return new Proposals(desk, { caller: {}, wished: 0 } as unknown as Call, () => false);
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  vi.stubGlobal('fetch', (_: unknown, init?: RequestInit) => {
    asked++;
    return answer === hung ? silent(init) : answer();
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const hung = () => silent();

it.each([
  ['does not arrive', network],
  ['is refused', unavailable],
])('says that a search %s, and finds by itself once it is answered', async (_, failing) => {
  const best = given();
  answer = failing;
  best.forget();
  await best.search(true);
  expect([best.failed, best.loading, best.shown]).toEqual([true, false, []]);
  answer = found;
  await vi.advanceTimersByTimeAsync(retryAfter(1));
  expect([best.failed, best.shown]).toEqual([false, ['s1']]);
});

it('takes a search that nobody answers for failed', async () => {
  const best = given();
  answer = hung;
  void best.search(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(best.failed).toBe(true);
});

it('keeps what was found before a cut', async () => {
  const best = given();
  answer = found;
  await best.search(true);
  answer = network;
  await best.search(false);
  expect([best.failed, best.shown]).toEqual([true, ['s1']]);
});

it('asks again at once when the line is back, and then no more', async () => {
  const best = given();
  answer = network;
  await best.search(true);
  answer = found;
  await best.again();
  expect(best.shown).toEqual(['s1']);
  await vi.advanceTimersByTimeAsync(60_000);
  await best.again();
  expect(asked).toBe(2);
});

it('asks less and less often, and not at all once closed', async () => {
  expect([1, 2, 3, 9].map(retryAfter)).toEqual([1_000, 2_000, 4_000, 30_000]);
  const best = given();
  answer = network;
  await best.search(true);
  best.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toBe(1);
});
