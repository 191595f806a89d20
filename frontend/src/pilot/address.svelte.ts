import { onMount } from 'svelte';
import { leaving } from './leaving';
import { read, write, type Filter, type Place, type Section } from './place';

/**
 * The place the address bar names, followed as it changes. `set` writes a new period without a new
 * step of "Back"; a section is changed by its link.
 * Only the sections given are places; the first is where one starts.
 */
export function address(shown: readonly Section[]) {
  const start: Place = { section: shown[0] ?? 'ensemble', preset: 'season' };
  let place = $state.raw<Place>(read(location.hash, shown) ?? start);

  // The place of the tab's history one is at: it tells "Back" from a link.
  let step: number = history.state?.step ?? 0;

  function follow() {
    const to: number | undefined = history.state?.step;
    if (to === step) return; // Back from where one did not go.
    const named = read(location.hash, shown);
    // A jump inside the page, as to its content, stays where it is; any other name is a slip.
    const next = named ?? (document.getElementById(location.hash.slice(1)) ? place : start);
    if (write(next) !== write(place) && !leaving.may()) {
      history.go(to === undefined ? -1 : step - to);
      return;
    }
    step = to ?? step + 1;
    place = next;
    mend();
  }

  // The bar says where one is, for a reload or for whoever it is sent to.
  function mend() {
    history.replaceState({ step }, '', location.hash && write(place));
  }

  onMount(() => {
    mend();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  });

  return {
    get place() {
      return place;
    },
    of: (section: Section, filter?: Filter) =>
      write({ ...place, section, dossier: undefined, view: undefined, filter }),
    set(change: Partial<Place>) {
      place = { ...place, ...change };
      history.replaceState({ step }, '', write(place));
    },
    /** Goes somewhere as a link does: "Back" comes back. */
    go(change: Partial<Place>) {
      // At once: the event of the new address comes later than whoever cares for the focus.
      place = { ...place, dossier: undefined, view: undefined, filter: undefined, ...change };
      location.hash = write(place);
    },
  };
}
