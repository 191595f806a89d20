import { onMount } from 'svelte';
import { read, write, type Place, type Section } from './place';

/**
 * The place the address bar names, followed as it changes. `set` writes a new period without a new
 * step of "Back"; a section is changed by its link.
 */
export function address() {
  let place = $state.raw<Place>(read(location.hash) ?? { section: 'ensemble', preset: 'season' });

  function follow() {
    const named = read(location.hash);
    if (named) place = named;
    // A jump inside the page, as to its content: the section stays in the bar for a reload.
    else history.replaceState(null, '', write(place));
  }

  onMount(() => {
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
