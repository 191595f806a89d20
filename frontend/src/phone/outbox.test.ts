import { describe, expect, it } from 'vitest';
import { Problem } from '../api/problem';
import type { NewOpening, Opening } from '../api/types';
import { Outbox, type Parcel } from './outbox';

const opening: NewOpening = {
  location: 'l1',
  start: '2026-11-23T14:00:00+01:00',
  end: '2026-11-23T14:30:00+01:00',
  slotMinutes: 15,
  modality: 'cabinet',
  audience: 'regulation',
};
const away = () => new Problem({ reason: 'network' });
const overlap = () => new Problem({ reason: 'agenda.overlap', status: 409 });

function phone(stored: Parcel[] = []) {
  const kept = { parcels: stored, keys: [] as string[], fate: undefined as (() => Problem) | undefined };
  let clock = Date.parse('2026-11-23T13:00:00+01:00');
  const outbox = new Outbox({
    send: async (_, key) => {
      kept.keys.push(key);
      if (kept.fate) throw kept.fate();
      return {} as Opening;
    },
    load: () => kept.parcels,
    save: (parcels) => (kept.parcels = parcels),
    onChange: () => {},
    now: () => clock,
  });
  return { outbox, kept, at: (time: string) => (clock = Date.parse(time)) };
}

describe('publishing', () => {
  it('sends at once and keeps nothing', async () => {
    const { outbox, kept } = phone();
    expect(await outbox.publish(opening)).toBe('sent');
    expect(kept.parcels).toEqual([]);
  });

  it('waits without network and goes with the same key on return', async () => {
    const { outbox, kept } = phone();
    kept.fate = away;
    expect(await outbox.publish(opening)).toBe('waiting');
    expect(kept.parcels).toMatchObject([{ state: 'waiting', opening }]);

    kept.fate = undefined;
    await outbox.flush();
    expect(kept.parcels).toEqual([]);
    expect(kept.keys[0]).toBe(kept.keys[1]);
  });

  it('tells a refusal at once and forgets it', async () => {
    const { outbox, kept } = phone();
    kept.fate = overlap;
    await expect(outbox.publish(opening)).rejects.toMatchObject({ reason: 'agenda.overlap' });
    expect(kept.parcels).toEqual([]);
  });

  it('waits for the next sign-in', async () => {
    const { outbox, kept } = phone();
    kept.fate = () => new Problem({ reason: 'account.sign_in_required', status: 401 });
    expect(await outbox.publish(opening)).toBe('waiting');
  });
});

describe('what waited', () => {
  const waiting: Parcel = { key: 'k1', opening, state: 'waiting' };

  it('expires rather than publish the past', async () => {
    const { outbox, kept, at } = phone([waiting]);
    at('2026-11-23T14:01:00+01:00');
    await outbox.flush();
    expect(kept.keys).toEqual([]);
    expect(kept.parcels).toMatchObject([{ state: 'expired' }]);
  });

  it('stays in sight when it is refused later', async () => {
    const { outbox, kept } = phone([waiting]);
    kept.fate = overlap;
    await outbox.flush();
    expect(kept.parcels).toMatchObject([{ state: 'refused', why: overlap().message }]);
    outbox.drop('k1');
    expect(kept.parcels).toEqual([]);
  });

  it('is sent again after a page closed while sending', async () => {
    const { outbox, kept } = phone([{ ...waiting, state: 'sending' }]);
    await outbox.flush();
    expect(kept.keys).toEqual(['k1']);
    expect(kept.parcels).toEqual([]);
  });
});
