import { expect, it, vi } from 'vitest';
import type { LineOptions, LineState, LiveLine, Watch } from '../api/live';
import type { Slot } from '../api/types';
import { Lines } from './lines';
import { noon, slot } from './made';

const watch = (territory: string): Watch => ({ territory, day: '2026-11-23', days: 2, from: noon, to: noon });

/** A line that says what it is told to say. */
function line(options: LineOptions) {
  const slots = new Map<string, Slot>();
  const send = vi.fn(async () => ({}));
  return {
    slots,
    send,
    state: 'connecting' as LineState,
    becomes(state: LineState) {
      this.state = state;
      options.onState?.(state);
    },
    snapshot(...all: Slot[]) {
      slots.clear();
      for (const each of all) slots.set(each.id, each);
      options.onChange({ all: true });
    },
    present: (slot: string) => options.onPresence?.([{ holder: slot, by: slot, slot }]),
  };
}

function two() {
  const lines: ReturnType<typeof line>[] = [];
  const heard = { onChange: vi.fn(), onState: vi.fn(), onPresence: vi.fn(), onNotice: vi.fn() };
  const open = (options: LineOptions) => {
    lines.push(line(options));
    return lines.at(-1)! as unknown as LiveLine;
  };
  const all = new Lines({ watches: [watch('a'), watch('b')], poll: async () => [], open, ...heard });
  return { all, heard, a: lines[0]!, b: lines[1]! };
}

it('shows the slots of every territory, and forgets those one of them no longer has', () => {
  const { all, a, b } = two();
  a.snapshot(slot('a1', 15), slot('a2', 30));
  b.snapshot(slot('b1', 15));
  expect([...all.slots.keys()]).toEqual(['a1', 'a2', 'b1']);
  a.snapshot(slot('a2', 30));
  expect([...all.slots.keys()]).toEqual(['a2', 'b1']);
});

it('is complete once every territory has told its slots', () => {
  const { all, a, b } = two();
  a.snapshot(slot('a1', 15));
  expect(all.complete).toBe(false);
  b.snapshot();
  expect(all.complete).toBe(true);
});

it('is live only when all of it is', () => {
  const { all, heard, a, b } = two();
  a.becomes('live');
  expect(all.state).toBe('connecting');
  b.becomes('live');
  expect(all.state).toBe('live');
  b.becomes('down');
  expect(heard.onState).toHaveBeenLastCalledWith('down');
  expect(all.silent).toEqual([1]);
});

it('commands a slot over the line of its territory', () => {
  const { all, a, b } = two();
  a.snapshot(slot('a1', 15));
  b.snapshot(slot('b1', 15));
  expect(all.for('b1')).toBe(b);
  expect(all.for('a1')).toBe(a);
  expect(all.for(undefined)).toBe(a);
});

it('takes the look away from one territory when it goes to another', () => {
  const { all, a, b } = two();
  a.snapshot(slot('a1', 15));
  b.snapshot(slot('b1', 15));
  all.focus('b1');
  all.focus('a1');
  expect(b.send.mock.calls).toEqual([[{ op: 'focus', slot: 'b1' }], [{ op: 'focus' }]]);
  expect(a.send.mock.calls).toEqual([[{ op: 'focus', slot: 'a1' }]]);
});

it('tells who is present everywhere', () => {
  const { heard, a, b } = two();
  a.present('a1');
  b.present('b1');
  expect(heard.onPresence.mock.lastCall![0].map(({ slot }: { slot: string }) => slot)).toEqual(['a1', 'b1']);
});
