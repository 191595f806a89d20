// What was typed and not sent yet is not lost without a question. A form takes part with use:guarded.
import { leaving } from '../leaving';
import { words } from './words.fr';

const typed = new Set<HTMLElement>();

/** Whether something was typed, in the part given or anywhere, that leaving would lose. */
export const unsaved = (within: Node = document) => [...typed].some((form) => within.contains(form));

/** Asks before what was typed, in the part given or anywhere, is lost; true when it may be. */
export function mayLeave(within: Node = document): boolean {
  if (unsaved(within) && !confirm(words.leave)) return false;
  for (const form of typed) if (within.contains(form)) typed.delete(form);
  return true;
}

/** What was typed in a form went through, or was given up by its own key. */
export const settled = (form: HTMLElement | undefined) => form && typed.delete(form);

/**
 * For a form (use:guarded): from its first letter on, what would lose it asks first — another address, "Back"
 * and "Forward" too (see leaving), and the end of the page. A dialog asks with mayClose={mayLeave}.
 */
export function guarded(form: HTMLElement) {
  const note = () => typed.add(form);
  form.addEventListener('input', note);
  if (guards++ === 0) {
    leaving.may = mayLeave;
    addEventListener('beforeunload', unloading);
  }
  return {
    destroy() {
      form.removeEventListener('input', note);
      typed.delete(form);
      if (--guards > 0) return;
      leaving.may = () => true;
      removeEventListener('beforeunload', unloading);
    },
  };
}

let guards = 0;

function unloading(event: BeforeUnloadEvent) {
  if (unsaved()) event.preventDefault();
}
