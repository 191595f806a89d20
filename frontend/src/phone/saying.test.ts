import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Saying } from './saying.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const list = () => new Saying(() => Date.now());

it('takes one answer of a double tap, whoever the second falls on', () => {
  const saying = list();
  expect(saying.take('first')).toBe(true);
  vi.advanceTimersByTime(300);
  expect(saying.take('second')).toBe(false);
  expect([...saying.kept]).toEqual(['first']);
});

it('takes the next answer, and a correction, a moment later', () => {
  const saying = list();
  saying.take('first');
  vi.advanceTimersByTime(700);
  expect(saying.take('first')).toBe(true);
  vi.advanceTimersByTime(700);
  expect(saying.take('second')).toBe(true);
});

it('keeps everyone in place until some seconds after the last answer', () => {
  const saying = list();
  saying.take('first');
  vi.advanceTimersByTime(5000);
  saying.take('second');
  vi.advanceTimersByTime(5000);
  expect([...saying.kept]).toEqual(['first', 'second']);
  vi.advanceTimersByTime(3000);
  expect(saying.kept.size).toBe(0);
});

it('takes no answer while the list moves up', () => {
  const saying = list();
  saying.take('first');
  vi.advanceTimersByTime(8000);
  expect(saying.take('second')).toBe(false);
});
