import { dismiss, toasts } from '../ui/announce.svelte';
import { m } from '../ui/messages';
import { c } from './messages';

const forWantOfALine = [
  m.reasons.network,
  m.reasons['live.disconnected'],
  m.reasons['live.timeout'],
  c.line.noExtend,
];

/** Puts away what was said because the server could not be reached: it can be now. */
export function forgetFailures() {
  for (const { id, text } of toasts.slice())
    if (forWantOfALine.some((words) => words && text.includes(words))) dismiss(id);
}
