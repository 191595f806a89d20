// What this phone keeps of one doctor's day, so that the page opens with no network: who they are and
// their own slots. Never a patient: who comes is asked for again each time.
import type { Location, Me, Slot, Territory } from '../api/types';
import { recall, remember } from '../ui/memory';

export interface Shelf {
  me: Me;
  territory: Territory;
  locations: Location[];
  slots: Slot[];
  /** When the server last spoke (RFC 3339). */
  asOf: string;
}

/** The shelf as it was left, or undefined. Signing out clears it. */
export const keptDay = (): Shelf | undefined => recall<Shelf | undefined>('shelf', undefined);

export const keepDay = (shelf: Shelf) => remember('shelf', shelf);
