import type { Practitioner, Slot } from '../api/types';
import { nearnessOf, type Caller } from './nearness';

/** The start of each practitioner's first slot with a free seat still ahead, in milliseconds. */
export function firstFree(slots: Iterable<Slot>, now: Date): Map<string, number> {
  const first = new Map<string, number>();
  for (const slot of slots) {
    const start = Date.parse(slot.start);
    if (slot.free === 0 || slot.withdrawn || start <= now.getTime()) continue;
    if (start < (first.get(slot.practitioner) ?? Infinity)) first.set(slot.practitioner, start);
  }
  return first;
}

/**
 * The practitioners of the board, nearest to the caller first: their own médecin traitant, then by
 * distance (unknown last), then by first free slot, then by name. Those without any slot are left out,
 * the own médecin traitant excepted: that they offer nothing is worth seeing.
 */
export function orderFor(people: Practitioner[], slots: Iterable<Slot>, caller: Caller, now: Date): string[] {
  const all = [...slots];
  const publishing = new Set(all.map((slot) => slot.practitioner));
  const free = firstFree(all, now);
  return people
    .map((p) => ({ id: p.id, name: p.family ?? p.name, free: free.get(p.id), ...nearnessOf(p, caller) }))
    .filter((p) => p.ownMT || publishing.has(p.id))
    .sort(
      (a, b) =>
        Number(b.ownMT) - Number(a.ownMT) ||
        compare(a.km, b.km) ||
        compare(a.free, b.free) ||
        byName.compare(a.name, b.name),
    )
    .map((p) => p.id);
}

const byName = new Intl.Collator('fr');

function compare(a = Infinity, b = Infinity): number {
  return a === b ? 0 : a - b;
}

/** The order shown during a call: rows never move nor leave, newcomers wait at the end. */
export function keepOrder(shown: string[], fresh: string[]): string[] {
  const here = new Set(shown);
  return [...shown, ...fresh.filter((id) => !here.has(id))];
}

/**
 * How many newcomers, waiting at the end after the `settled` rows, the fresh order would place among
 * them: what "actualiser" offers.
 */
export function nearerCount(shown: string[], settled: number, fresh: string[]): number {
  const at = new Map(fresh.map((id, i) => [id, i]));
  const last = Math.max(-1, ...shown.slice(0, settled).map((id) => at.get(id) ?? -1));
  return shown.slice(settled).filter((id) => (at.get(id) ?? Infinity) < last).length;
}
