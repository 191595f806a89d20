// What was typed and not sent yet is not lost without a question.
import { words } from './words.fr';

const typed = new Set<HTMLElement>();

/** Whether something was typed that leaving would lose. */
export const unsaved = () => typed.size > 0;

/** Asks before what was typed is lost; true when one may go. */
export function mayLeave(): boolean {
  if (unsaved() && !confirm(words.leave)) return false;
  typed.clear();
  return true;
}

/** What was typed in a form went through. */
export const settled = (form: HTMLElement | undefined) => form && typed.delete(form);

/** For a form (use:guarded): from its first letter on, leaving the page or the section asks first. */
export function guarded(form: HTMLElement) {
  const note = () => typed.add(form);
  form.addEventListener('input', note);
  if (guards++ === 0) {
    // Before those who follow the address: they shall not see where one did not go.
    addEventListener('hashchange', moving, true);
    addEventListener('beforeunload', unloading);
  }
  return {
    destroy() {
      form.removeEventListener('input', note);
      typed.delete(form);
      if (--guards > 0) return;
      removeEventListener('hashchange', moving, true);
      removeEventListener('beforeunload', unloading);
    },
  };
}

let guards = 0;

function moving(event: HashChangeEvent) {
  if (mayLeave()) return;
  event.stopImmediatePropagation();
  history.pushState(null, '', event.oldURL);
}

function unloading(event: BeforeUnloadEvent) {
  if (unsaved()) event.preventDefault();
}
