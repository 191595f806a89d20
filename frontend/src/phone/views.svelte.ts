import { tick } from 'svelte';

export type View = 'day' | 'week' | 'patients' | 'settings';

const hashes: Record<View, string> = {
  day: '',
  week: '#semaine',
  patients: '#patients',
  settings: '#reglages',
};

const shown = (): View =>
  (Object.keys(hashes) as View[]).find((view) => hashes[view] === location.hash) ?? 'day';

/** Which part of the page is shown: the address says it, so that "Back" goes back. */
export class Views {
  current = $state<View>(shown());

  start() {
    addEventListener('hashchange', this.#changed);
  }

  stop() {
    removeEventListener('hashchange', this.#changed);
  }

  href(view: View): string {
    return hashes[view] || '#jour';
  }

  show(view: View) {
    if (view !== this.current) location.hash = hashes[view] || 'jour';
  }

  #changed = async () => {
    // The link "Aller au contenu" is an address too, and no other part.
    if (location.hash === '#content') return;
    this.current = shown();
    scrollTo(0, 0);
    await tick();
    document.getElementById('content')?.focus({ preventScroll: true });
  };
}
