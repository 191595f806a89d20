import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Case } from '../api/types';
import { Closing, undoFor } from './closing.svelte';

const kase = (id: string) => ({ id }) as Case;
const fetched = vi.fn<typeof fetch>(async () => Response.json({}));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  fetched.mockClear();
});

it('sends an outcome once it can no longer be taken back', async () => {
  const sent = vi.fn();
  const closing = new Closing(sent);
  closing.begin({ kase: kase('a'), outcome: 'no_solution', why: { kind: 'too_far' } });
  await vi.advanceTimersByTimeAsync(undoFor - 1);
  expect(fetched).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  const [url, request] = fetched.mock.calls[0]!;
  expect(url).toBe('/api/v1/cases/a/close');
  expect(JSON.parse(String(request!.body))).toEqual({ outcome: 'no_solution', whyKind: 'too_far' });
  expect(sent).toHaveBeenCalledOnce();
  expect(closing.pending).toBeUndefined();
});

it('tells what the call asked, after its outcome', async () => {
  const closing = new Closing(() => {});
  const effort = { keys: 12, conflicts: 1 };
  closing.begin({ kase: kase('a'), outcome: 'advice', effort });
  await vi.advanceTimersByTimeAsync(undoFor);
  expect(fetched.mock.calls.map(([url]) => url)).toEqual(['/api/v1/cases/a/close', '/api/v1/cases/a/effort']);
});

it('sends nothing that was taken back', async () => {
  const closing = new Closing(() => {});
  closing.begin({ kase: kase('a'), outcome: 'advice' });
  expect(closing.undo()?.kase.id).toBe('a');
  await vi.advanceTimersByTimeAsync(undoFor);
  expect(fetched).not.toHaveBeenCalled();
});

it('sends the one before when another case ends', async () => {
  const closing = new Closing(() => {});
  closing.begin({ kase: kase('a'), outcome: 'advice' });
  closing.begin({ kase: kase('b'), outcome: 'to_15' });
  expect(fetched.mock.calls.map(([url]) => url)).toEqual(['/api/v1/cases/a/close']);
  expect(closing.pending?.kase.id).toBe('b');
});
