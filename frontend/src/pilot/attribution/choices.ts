import type { Choice, Hurdle } from './kinds';

const forbidding: Hurdle[] = ['refused', 'paused', 'full'];

/** Whether a hurdle forbids an offer; the others only warn. */
export const forbids = (hurdle: Hurdle | undefined) => hurdle !== undefined && forbidding.includes(hurdle);

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Those whose name holds what was typed, whatever its accents; who may be asked comes first, in the order given. */
export function matching(choices: Choice[], typed: string, name: (id: string) => string): Choice[] {
  const wanted = plain(typed.trim());
  const found = choices.filter(({ practitioner }) => plain(name(practitioner)).includes(wanted));
  return [
    ...found.filter(({ hurdle }) => !forbids(hurdle)),
    ...found.filter(({ hurdle }) => forbids(hurdle)),
  ];
}
