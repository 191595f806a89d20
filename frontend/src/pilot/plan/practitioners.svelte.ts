import { all, api } from '../../api/client';
import { reading } from '../ask.svelte';

/** The practitioners of a territory, as the section of members reads them. */
export const practitionersOf = (territory: () => string) =>
  reading(
    () => `practitioners ${territory()}`,
    (signal) =>
      all((cursor) =>
        api.get('/practitioners', { query: { territory: territory(), cursor, limit: 500 }, signal }),
      ),
  );
