import { all, api } from '../../api/client';
import type { Practitioner } from '../../api/types';
import { reading } from '../ask.svelte';
import { words } from './words';

/** The practitioners of a territory, by name, for those who name or choose one. */
export function peopleOf(territory: () => string) {
  const asked = reading<Practitioner[]>(
    () => `practitioners ${territory()}`,
    (signal) =>
      all((cursor) =>
        api.get('/practitioners', { query: { territory: territory(), cursor, limit: 500 }, signal }),
      ),
  );
  // As a directory has them: by family name.
  const alphabet = new Intl.Collator('fr');
  const sorted = $derived(
    [...(asked.value ?? [])].sort((a, b) => alphabet.compare(a.family ?? a.name, b.family ?? b.name)),
  );
  const byId = $derived(new Map((asked.value ?? []).map((one) => [one.id, one])));
  return {
    get all() {
      return sorted;
    },
    /** The name of one; what is said of someone who is no longer there. */
    name: (id: string | undefined) => (id ? (byId.get(id)?.name ?? words.unknownGP) : ''),
    /** The first telephone of their cabinets. */
    phone: (id: string | undefined) =>
      id ? byId.get(id)?.locations.find(({ phone }) => phone)?.phone : undefined,
  };
}

export type People = ReturnType<typeof peopleOf>;
