import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveLine, myHold, silence, type Change, type LineState, type Watch } from './live';
import { Problem } from './problem';
import type { Slot } from './types';

class FakeSocket {
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number }) => void;
  send(text: string) {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close() {
    this.readyState = 3;
  }
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
  says(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  breaks(code = 1006) {
    this.readyState = 3;
    this.onclose?.({ code });
  }
  last() {
    return this.sent.at(-1)!;
  }
}

const watch: Watch = {
  territory: 'senart',
  day: '2026-11-23',
  days: 1,
  from: new Date('2026-11-22T23:00:00Z'),
  to: new Date('2026-11-23T23:00:00Z'),
};

function slot(id: string, change: Partial<Slot> = {}): Slot {
  return {
    id,
    practitioner: 'p1',
    location: 'l1',
    start: '2026-11-23T14:00:00+01:00',
    end: '2026-11-23T14:15:00+01:00',
    modality: 'cabinet',
    audience: 'regulation',
    seats: 1,
    free: 1,
    held: [],
    booked: 0,
    withdrawn: false,
    ...change,
  };
}

const now = '2026-11-23T10:00:00Z';
const snapshot = (seq: number, slots: Slot[], epoch = 'e1') => ({
  type: 'snapshot',
  territory: 'senart',
  epoch,
  seq,
  now,
  slots,
});
const delta = (from: number, to: number, slots: Slot[], epoch = 'e1') => ({
  type: 'delta',
  territory: 'senart',
  epoch,
  from,
  to,
  slots,
});
const tick = (seq: number, epoch = 'e1') => ({ type: 'tick', territory: 'senart', epoch, seq, now });

function line(polled: () => Promise<Slot[]> = async () => []) {
  const sockets: FakeSocket[] = [];
  const changes: Change[] = [];
  const states: LineState[] = [];
  const dismissed = vi.fn();
  const live = new LiveLine({
    watch,
    onChange: (change) => changes.push(change),
    onState: (state) => states.push(state),
    onDismissed: dismissed,
    poll: polled,
    random: () => 1,
    connect: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
  });
  sockets[0]!.opens();
  return { live, sockets, changes, states, dismissed, socket: sockets[0]! };
}

beforeEach(() => vi.useFakeTimers({ now: new Date(now) }));
afterEach(() => vi.useRealTimers());

describe('watching', () => {
  it('asks for the days at once, without a position the first time', () => {
    const { socket } = line();
    expect(socket.sent).toEqual([{ id: 1, op: 'watch', territory: 'senart', day: '2026-11-23', days: 1 }]);
  });

  it('takes a snapshot, then the deltas that follow it', () => {
    const { live, socket, states } = line();
    socket.says(snapshot(5, [slot('a'), slot('b')]));
    socket.says(delta(5, 7, [slot('a', { free: 0, booked: 1 })]));
    expect(live.slots.get('a')?.booked).toBe(1);
    expect(live.slots.get('b')?.free).toBe(1);
    expect(states).toEqual(['live']);
  });

  it('watches again from its position when a delta starts elsewhere, once', () => {
    const { live, socket } = line();
    socket.says(snapshot(5, [slot('a')]));
    socket.says(delta(6, 7, [slot('a', { free: 0, booked: 1 })]));
    socket.says(delta(7, 8, [slot('a')]));
    expect(live.slots.get('a')?.booked).toBe(0);
    expect(socket.sent).toHaveLength(2);
    expect(socket.last()).toMatchObject({ op: 'watch', from: { epoch: 'e1', seq: 5 } });
  });

  it('goes on from replayed deltas after such a gap', () => {
    const { live, socket } = line();
    socket.says(snapshot(5, [slot('a')]));
    socket.says(delta(6, 7, []));
    socket.says(delta(5, 7, [slot('a', { free: 0, booked: 1 })]));
    socket.says(delta(7, 8, [slot('c')]));
    expect([...live.slots.keys()]).toEqual(['a', 'c']);
    expect(socket.sent).toHaveLength(2);
  });

  it('watches again when a tick tells of changes it did not get', () => {
    const { socket } = line();
    socket.says(snapshot(5, []));
    socket.says(tick(5));
    expect(socket.sent).toHaveLength(1);
    socket.says(tick(9));
    expect(socket.last()).toMatchObject({ op: 'watch', from: { epoch: 'e1', seq: 5 } });
  });

  it('asks for everything when its position leads nowhere', () => {
    const { socket } = line();
    socket.says(snapshot(5, []));
    socket.says(tick(9));
    socket.says(tick(9));
    expect(socket.last()).toMatchObject({ op: 'watch' });
    expect(socket.last()).not.toHaveProperty('from');
  });

  it('starts over in a new epoch, whatever its numbers', () => {
    const { live, socket } = line();
    socket.says(snapshot(5, [slot('a')]));
    socket.says(delta(5, 6, [slot('x')], 'e2'));
    expect(live.slots.has('x')).toBe(false);
    socket.says(snapshot(1, [slot('b')], 'e2'));
    expect([...live.slots.keys()]).toEqual(['b']);
  });

  it('ignores what it already has and slots of other days', () => {
    const { live, socket, changes } = line();
    socket.says(snapshot(5, []));
    socket.says(delta(3, 5, [slot('old')]));
    socket.says(delta(5, 6, [slot('later', { start: '2026-11-25T14:00:00+01:00' })]));
    expect(live.slots.size).toBe(0);
    expect(changes).toEqual([{ all: true }]);
    expect(socket.sent).toHaveLength(1);
  });
});

describe('a line that breaks', () => {
  it('comes back with its position when nothing else was read', async () => {
    const { sockets, socket } = line(() => Promise.reject(new Problem({ reason: 'network' })));
    socket.says(snapshot(5, [slot('a')]));
    socket.breaks();
    await vi.advanceTimersByTimeAsync(500);
    sockets[1]!.opens();
    expect(sockets[1]!.last()).toMatchObject({ op: 'watch', from: { epoch: 'e1', seq: 5 } });
  });

  it('says so, polls, and asks for everything on return', async () => {
    const { live, sockets, socket, states } = line(async () => [slot('polled')]);
    socket.says(snapshot(5, [slot('a')]));
    socket.breaks();
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toBe('down');
    expect([...live.slots.keys()]).toEqual(['polled']);

    await vi.advanceTimersByTimeAsync(500);
    sockets[1]!.opens();
    expect(sockets[1]!.last()).not.toHaveProperty('from');
    sockets[1]!.says(snapshot(8, [slot('b')]));
    expect(states).toEqual(['live', 'down', 'live']);
    expect([...live.slots.keys()]).toEqual(['b']);
  });

  it('waits longer each time, up to a bound', async () => {
    const { sockets, socket } = line();
    const pauses: number[] = [];
    let at = Date.now();
    socket.breaks();
    for (let n = 1; n <= 7; n++) {
      while (sockets.length === n) await vi.advanceTimersByTimeAsync(100);
      pauses.push(Date.now() - at);
      at = Date.now();
      sockets[n]!.breaks();
    }
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000]);
  });

  it('is cut after a silence', async () => {
    const { socket, states } = line();
    socket.says(snapshot(5, []));
    await vi.advanceTimersByTimeAsync(silence - 1);
    socket.says(tick(5));
    await vi.advanceTimersByTimeAsync(silence - 1);
    expect(states).toEqual(['live']);
    await vi.advanceTimersByTimeAsync(1);
    expect(states).toEqual(['live', 'down']);
    expect(socket.readyState).toBe(3);
  });

  it('polls while the engine is away, on the same line, until it is back', async () => {
    const { live, sockets, socket, states } = line(async () => [slot('polled')]);
    socket.says(snapshot(5, [slot('a')]));
    socket.says({ type: 'away', territory: 'senart' });
    await vi.advanceTimersByTimeAsync(30_000);
    expect([...live.slots.keys()]).toEqual(['polled']);

    socket.says(tick(5));
    expect(socket.last()).not.toHaveProperty('from');
    socket.says(snapshot(1, [slot('b')], 'e2'));
    expect([...live.slots.keys()]).toEqual(['b']);
    expect(states).toEqual(['live', 'away', 'live']);
    expect(sockets).toHaveLength(1);
  });

  it.each([4401, 4403])('does not come back when the server dismisses it (%i)', async (code) => {
    const { sockets, socket, dismissed } = line();
    socket.breaks(code);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(dismissed).toHaveBeenCalledOnce();
    expect(sockets).toHaveLength(1);
  });

  it('stops for good when closed', async () => {
    const { live, sockets } = line();
    live.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
  });
});

describe('commands', () => {
  it('gives each its own answer', async () => {
    const { live, socket } = line();
    const held = live.send({ op: 'hold', slot: 'a', case: 'k' });
    const { id } = socket.last();
    const hold = { token: 't.1', slot: 'a', expiresAt: now, extended: false };
    socket.says({ type: 'reply', id, ok: hold });
    await expect(held).resolves.toEqual(hold);
  });

  it('throws the problem with its alternatives', async () => {
    const { live, socket } = line();
    const held = live.send({ op: 'hold', slot: 'a' });
    const problem = { type: 'about:blank', title: '', status: 409, reason: 'regulation.slot_taken' };
    socket.says({ type: 'reply', id: socket.last().id, problem: { ...problem, alternatives: [slot('b')] } });
    const thrown = await held.catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({ reason: 'regulation.slot_taken', alternatives: [{ id: 'b' }] });
  });

  it.each([
    ['live.disconnected', (socket: FakeSocket) => socket.breaks()],
    ['live.timeout', () => vi.advanceTimersByTime(10_000)],
  ])('throws %s when no answer can come', async (reason, fate) => {
    const { live, socket } = line();
    const extended = live.send({ op: 'extend', hold: 't.1' });
    fate(socket);
    await expect(extended).rejects.toMatchObject({ reason });
  });
});

it('knows my hold by its holder', () => {
  const held = slot('a', { free: 0, held: [{ by: 'Léa', holder: 'me', until: now }] });
  expect(myHold(held, 'me')?.until).toBe(now);
  expect(myHold(held, 'someone')).toBeUndefined();
});
