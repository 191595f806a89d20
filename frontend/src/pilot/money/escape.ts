/** For a form that stands in the page (use:escape): Escape gives it up, as it does a dialog's. */
export function escape(form: HTMLElement, cancel: () => void) {
  let now = cancel;
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !event.isComposing) now();
  };
  form.addEventListener('keydown', press);
  return {
    update: (next: () => void) => (now = next),
    destroy: () => form.removeEventListener('keydown', press),
  };
}
