import { onMount } from 'svelte';
import { read, write, type Place, type Section } from './place';

const start: Place = { section: 'ensemble', preset: 'season' };

/**
 * The place the address bar names, followed as it changes. `set` writes a new period without a new
 * step of "Back"; a section is changed by its link.
 */
export function address() {
  let place = $state.raw<Place>(read(location.hash) ?? start);

  function follow() {
    const named = read(location.hash);
    if (named) place = named;
    // A jump inside the page, as to its content, stays where it is; any other name is a slip.
    else if (!document.getElementById(location.hash.slice(1))) place = start;
    mend();
  }

  // The bar says where one is, for a reload or for whoever it is sent to.
  function mend() {
    if (location.hash && location.hash !== write(place)) history.replaceState(null, '', write(place));
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
    of: (section: Section) => write({ ...place, section }),
    set(change: Partial<Place>) {
      place = { ...place, ...change };
      history.replaceState(null, '', write(place));
    },
  };
}
