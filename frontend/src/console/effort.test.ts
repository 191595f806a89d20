import { afterEach, expect, it, vi } from 'vitest';
import { Effort, tellEffort } from './effort';

afterEach(() => vi.unstubAllGlobals());

it('counts keys and lost seats from the beginning of a call to its end', () => {
  const effort = new Effort();
  effort.key();
  effort.begin();
  effort.key();
  effort.key();
  effort.conflict();
  expect(effort.end('a')).toEqual({ keys: 2, conflicts: 1 });
});

it('goes on counting when a case is taken up again, and not on another', () => {
  const effort = new Effort();
  effort.begin();
  effort.key();
  effort.leave('a');
  effort.begin('b');
  expect(effort.end('b')).toEqual({ keys: 0, conflicts: 0 });
  effort.begin('a');
  effort.key();
  expect(effort.end('a')).toEqual({ keys: 2, conflicts: 0 });
});

it('is told to the server, and nobody hears of it when that fails', async () => {
  const fetched = vi.fn<typeof fetch>(async () => Promise.reject(new TypeError('no network')));
  vi.stubGlobal('fetch', fetched);
  await tellEffort('a', { keys: 9, conflicts: 0 });
  const [url, request] = fetched.mock.calls[0]!;
  expect([url, request!.method]).toEqual(['/api/v1/cases/a/effort', 'PUT']);
  expect(JSON.parse(String(request!.body))).toEqual({ keys: 9, conflicts: 0 });
});
