import { describe, expect, it } from 'vitest';
import type { Hold } from '../api/types';
import { canExtend, heldNow, holdNext, noHold, type HoldEvent, type HoldState } from './hold';

const end = Date.parse('2026-11-23T12:03:00Z');
const hold = (slot: string, change: Partial<Hold> = {}): Hold => ({
  token: `t-${slot}`,
  slot,
  expiresAt: new Date(end).toISOString(),
  extended: false,
  ...change,
});
const after = (...events: HoldEvent[]): HoldState => events.reduce(holdNext, noHold);
const held = [
  { is: 'asked', slot: 'a' },
  { is: 'granted', hold: hold('a') },
] as const;

describe('a hold', () => {
  it('is asked for, granted and booked', () => {
    expect(after({ is: 'asked', slot: 'a' })).toEqual({ at: 'asking', slot: 'a' });
    expect(heldNow(after(...held))?.slot).toBe('a');
    expect(after(...held, { is: 'booking' }, { is: 'booked' })).toEqual(noHold);
  });

  it('is nothing when refused', () => {
    expect(after({ is: 'asked', slot: 'a' }, { is: 'refused' })).toEqual(noHold);
  });

  it('is kept while another slot is asked for and refused', () => {
    const state = after(...held, { is: 'asked', slot: 'b' }, { is: 'refused' });
    expect(heldNow(state)?.slot).toBe('a');
  });

  it('gives way to the new one once granted', () => {
    const state = after(...held, { is: 'asked', slot: 'b' }, { is: 'granted', hold: hold('b') });
    expect(heldNow(state)?.slot).toBe('b');
  });

  it('takes no notice of an answer for another slot', () => {
    const state = after({ is: 'asked', slot: 'b' }, { is: 'granted', hold: hold('a') });
    expect(state.at).toBe('asking');
  });

  it('is extended once', () => {
    const longer = hold('a', { extended: true, expiresAt: new Date(end + 180_000).toISOString() });
    expect(canExtend(after(...held))).toBe(true);
    expect(canExtend(after(...held, { is: 'extending' }))).toBe(false);
    const state = after(...held, { is: 'extending' }, { is: 'extended', hold: longer });
    expect(heldNow(state)).toEqual(longer);
    expect(canExtend(state)).toBe(false);
  });

  it('ends with its time, and says on which slot', () => {
    expect(after(...held, { is: 'tick', now: end - 1 }).at).toBe('held');
    expect(after(...held, { is: 'tick', now: end })).toEqual({ at: 'ended', slot: 'a' });
  });

  it('does not end under a booking on its way', () => {
    const state = after(...held, { is: 'booking' }, { is: 'tick', now: end + 5000 });
    expect(heldNow(state)?.slot).toBe('a');
    expect(holdNext(holdNext(state, { is: 'answered' }), { is: 'tick', now: end }).at).toBe('ended');
  });

  it('ends when the server says that it is lost', () => {
    expect(after(...held, { is: 'lost' })).toEqual({ at: 'ended', slot: 'a' });
  });

  it('is given back', () => {
    expect(after(...held, { is: 'releasing' }, { is: 'released' })).toEqual(noHold);
  });
});
