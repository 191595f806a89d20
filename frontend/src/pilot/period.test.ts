import { describe, expect, it } from 'vitest';
import { isSound, periodOf } from './period';

describe('periods', () => {
  it.each([
    ['season', '2026-11-22', { from: '2026-09-23', to: '2026-11-22' }],
    ['week', '2026-11-22', { from: '2026-11-16', to: '2026-11-22' }],
    ['week', '2026-11-23', { from: '2026-11-23', to: '2026-11-29' }],
    ['today', '2026-11-22', { from: '2026-11-22', to: '2026-11-22' }],
  ] as const)('%s on %s', (preset, today, want) => expect(periodOf(preset, today)).toEqual(want));

  it.each([
    [{ from: '2026-01-01', to: '2026-01-01' }, true],
    [{ from: '2026-01-02', to: '2026-01-01' }, false],
    [{ from: '2025-01-01', to: '2026-02-05' }, true],
    [{ from: '2025-01-01', to: '2026-02-06' }, false],
    [{ from: '', to: '2026-02-06' }, false],
    [{ from: '12026-01-01', to: '12026-02-06' }, false],
  ])('%j is sound: %s', (period, want) => expect(isSound(period)).toBe(want));
});
