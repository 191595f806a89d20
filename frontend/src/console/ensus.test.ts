import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Booking, Candidate, Solicitation } from '../api/types';
import type { Call } from './call.svelte';
import type { Desk } from './desk.svelte';
import { allDeclined, EnSus } from './ensus.svelte';

const candidate = (practitioner: string): Candidate => ({ practitioner, approximate: false, ownMT: false });

/** A server that holds one question, and the calls it got. */
class Server {
  candidates = ['p1', 'p2', 'p3', 'p4'].map(candidate);
  solicitation?: Solicitation;
  problem?: { reason: string; status: number };
  calls: string[] = [];
  bodies: unknown[] = [];

  answer: typeof fetch = async (input, init) => {
    const [method, path] = [init?.method ?? 'GET', String(input).replace('/api/v1', '').split('?')[0]!];
    this.calls.push(`${method} ${path}`);
    if (init?.body) this.bodies.push(JSON.parse(String(init.body)));
    if (this.problem && method === 'POST')
      return Response.json(this.problem, { status: this.problem.status });
    if (path.endsWith('/candidates')) return Response.json({ items: this.candidates });
    if (path.endsWith('/withdraw')) return new Response(null, { status: 204 });
    if (path.startsWith('/bookings/')) return Response.json({ id: 'b1', case: 'c1' });
    if (method === 'POST') return Response.json((this.solicitation = this.#asked()), { status: 201 });
    return Response.json({ items: this.solicitation ? [this.solicitation] : [] });
  };

  becomes(change: Partial<Solicitation>) {
    this.solicitation = { ...this.solicitation!, ...change };
  }

  #asked(): Solicitation {
    const { practitioners } = this.bodies.at(-1) as { practitioners: string[] };
    return {
      id: 's1',
      territory: 't1',
      case: 'c1',
      state: 'waiting',
      askedAt: '2026-11-23T12:00:00Z',
      until: '2026-11-23T12:05:00Z',
      by: 'Léa Morel',
      practitioners: practitioners.map((practitioner) => ({ practitioner, answer: 'waiting' })),
    };
  }
}

let server: Server;
const booked = vi.fn<(booking: Booking) => void>();
const changed = vi.fn();

function given(): EnSus {
  const desk = { shows: () => true } as unknown as Desk;
  const call = { id: 'c1', ensure: async () => 'c1' } as unknown as Call;
  return new EnSus(desk, call, booked, changed);
}

beforeEach(() => {
  server = new Server();
  vi.useFakeTimers();
  vi.stubGlobal('fetch', server.answer);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  booked.mockClear();
  changed.mockClear();
});

it('asks the nearest three who accept, for five minutes, unless others are chosen', async () => {
  const ensus = given();
  await ensus.begin();
  expect(ensus.toAsk).toEqual(['p1', 'p2', 'p3']);
  ensus.pick('p2');
  ensus.pick('p4');
  await ensus.ask();
  expect(server.bodies).toEqual([{ case: 'c1', minutes: 5, practitioners: ['p1', 'p3', 'p4'] }]);
  expect([ensus.open, ensus.waiting.length]).toEqual([false, 1]);
});

it('hears of the GP who accepts, whatever the regulator does meanwhile', async () => {
  const ensus = given();
  await ensus.begin();
  await ensus.ask();
  server.becomes({ state: 'accepted', booking: 'b1' });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(booked).toHaveBeenCalledExactlyOnceWith({ id: 'b1', case: 'c1' });
  expect(ensus.waiting).toEqual([]);
  expect(ensus.asked[0]!.booking?.id).toBe('b1');
});

it('looks at once when a notice comes, and stops looking at the end', async () => {
  const ensus = given();
  await ensus.begin();
  await ensus.ask();
  server.becomes({ state: 'expired' });
  ensus.noticed({ type: 'notice', kind: 'solicitation_expired', solicitation: 's1' });
  await vi.advanceTimersByTimeAsync(1);
  expect(ensus.asked[0]!.solicitation.state).toBe('expired');
  expect(changed).toHaveBeenCalledOnce();
  const calls = server.calls.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(server.calls.length).toBe(calls);
});

it('leaves out those who were asked before when others are to be asked', async () => {
  const ensus = given();
  await ensus.begin();
  await ensus.ask();
  ensus.dismiss('s1');
  await ensus.begin();
  expect(ensus.toAsk).toEqual(['p4']);
});

it('warns that the patient is booked already, and asks all the same when told to', async () => {
  const ensus = given();
  await ensus.begin();
  server.problem = { reason: 'regulation.same_patient', status: 409 };
  expect(await ensus.ask()).toBe(false);
  expect([ensus.samePatient, ensus.open]).toEqual([true, true]);
  server.problem = undefined;
  expect(await ensus.ask(true)).toBe(true);
  expect(server.bodies.at(-1)).toMatchObject({ acknowledge: ['same_patient'] });
});

it('takes a question back', async () => {
  const ensus = given();
  await ensus.begin();
  await ensus.ask();
  await ensus.withdraw(ensus.waiting[0]!);
  expect(server.calls.at(-1)).toBe('POST /solicitations/s1/withdraw');
  expect(ensus.asked).toEqual([]);
});

it('sees that everyone has said no', async () => {
  const ensus = given();
  await ensus.begin();
  await ensus.ask();
  const { practitioners } = server.solicitation!;
  server.becomes({ practitioners: practitioners.map((one) => ({ ...one, answer: 'declined' })) });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(allDeclined(ensus.waiting[0]!.solicitation)).toBe(true);
});
