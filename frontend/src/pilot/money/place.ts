// Where in a form the service's refusals belong.
import type { Place } from '../forms/attempt.svelte';

/**
 * Puts refusals at the fields of a form: a field is named as the contract names it, its path or the last
 * part of it, or by `also`. What names no field is said above.
 */
export function placedAt<Slot extends string>(
  slots: readonly Slot[],
  also: Record<string, Slot> = {},
): Place<Slot> {
  return (fields) => {
    const wrongs: Partial<Record<Slot, string>> = {};
    const rest: string[] = [];
    for (const { name, message = '' } of fields) {
      const last = name.split(/[.[]/).at(-1) ?? '';
      const slot = also[name] ?? also[last] ?? slots.find((one) => one === name || one === last);
      if (slot) wrongs[slot] ??= message;
      else if (message) rest.push(message);
    }
    return { wrongs, rest };
  };
}
