import { afterEach, describe, expect, it, vi } from 'vitest';
import { address, all, api, intentKey } from './client';
import { Problem } from './problem';

function server(answer: Response | Error) {
  const fetched = vi.fn(async (...call: [url: string, init: RequestInit]) => {
    void call;
    if (answer instanceof Error) throw answer;
    return answer;
  });
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
const json = (status: number, body: object, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers });

afterEach(() => vi.unstubAllGlobals());

describe('addresses', () => {
  it.each([
    ['/slots/{id}/withdraw', { id: 'a b' }, {}, '/api/v1/slots/a%20b/withdraw'],
    ['/communes', {}, { q: 'Évry', territory: undefined }, '/api/v1/communes?q=%C3%89vry'],
    [
      '/mt/requests',
      {},
      { state: ['received', 'waiting'] },
      '/api/v1/mt/requests?state=received&state=waiting',
    ],
  ])('%s', (path, params, query, want) => expect(address(path, params, query)).toBe(want));
});

describe('calls', () => {
  it('sends the body and the key of the intent', async () => {
    const fetched = server(json(200, {}));
    await api.post('/bookings/{id}/outcome', { path: { id: 'b1' }, body: { outcome: 'honoured' }, key: 'k' });
    const [url, init] = fetched.mock.calls[0]!;
    expect(url).toBe('/api/v1/bookings/b1/outcome');
    expect(init).toMatchObject({ method: 'POST', body: '{"outcome":"honoured"}' });
    expect(init.headers).toMatchObject({ 'Idempotency-Key': 'k', 'Content-Type': 'application/json' });
  });

  it('throws the problem the server tells', async () => {
    server(json(429, { reason: 'account.locked', title: '', status: 429 }, { 'Retry-After': '30' }));
    const call = api.post('/session', { body: { email: 'a@b.fr', password: 'x' }, anonymous: true });
    await expect(call).rejects.toMatchObject({ reason: 'account.locked', retryAfter: 30 });
  });

  it('tells a line that is cut from a refusal', async () => {
    server(new TypeError('failed'));
    const thrown = await api.get('/me').catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({ reason: 'network', passing: true });
  });

  it('survives an answer that is no problem at all', async () => {
    server(new Response('<html>', { status: 502 }));
    await expect(api.get('/me')).rejects.toMatchObject({ reason: 'request.unavailable', passing: true });
  });

  it('goes to the sign-in page when signed out', async () => {
    const assign = vi.fn();
    vi.stubGlobal('location', { pathname: '/phone', assign });
    server(json(401, { reason: 'account.sign_in_required' }));
    await expect(api.get('/me')).rejects.toBeInstanceOf(Problem);
    expect(assign).toHaveBeenCalledWith('/?next=%2Fphone');
  });
});

it('walks every page of a list', async () => {
  const pages: Record<string, { items: number[]; next?: string }> = {
    first: { items: [1, 2], next: 'second' },
    second: { items: [3] },
  };
  expect(await all(async (cursor = 'first') => pages[cursor]!)).toEqual([1, 2, 3]);
});

it('makes keys the contract accepts', () => {
  expect(intentKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(intentKey()).not.toBe(intentKey());
});
