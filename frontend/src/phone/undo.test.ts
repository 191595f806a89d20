import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Undo } from './undo.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('takes back once, and only while it is offered', async () => {
  const undo = new Undo();
  const back = vi.fn(() => Promise.resolve());
  undo.offer('Créneau retiré.', back);
  await undo.take();
  await undo.take();
  expect(back).toHaveBeenCalledOnce();

  undo.offer('Créneau retiré.', back);
  vi.advanceTimersByTime(10_000);
  await undo.take();
  expect(undo.text).toBe('');
  expect(back).toHaveBeenCalledOnce();
});

it('stays while a finger or the focus is on it', () => {
  const undo = new Undo();
  undo.offer('Créneau retiré.', () => Promise.resolve());
  undo.hold();
  vi.advanceTimersByTime(60_000);
  expect(undo.text).not.toBe('');
  undo.release();
  vi.advanceTimersByTime(10_000);
  expect(undo.text).toBe('');
});
