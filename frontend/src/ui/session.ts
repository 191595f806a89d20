import { api, depart } from '../api/client';
import type { Me, Territory } from '../api/types';
import { recall, remember } from './memory';

export interface Session {
  me: Me;
  territory: Territory;
}

/**
 * Who is here and in which territory: the one used last on this machine, else their first. Goes to
 * the sign-in page when nobody is; `territory` is missing for someone who belongs to none.
 */
export async function enter(): Promise<{ me: Me; territory?: Territory }> {
  addEventListener('pageshow', askAgain);
  const me = await api.get('/me');
  const last = recall<string>('territory', '');
  const chosen = me.territories.find((t) => t.id === last) ?? me.territories[0];
  if (!chosen) return { me };
  return { me, territory: await api.get('/territories/{id}', { path: { id: chosen.id } }) };
}

// A page brought back by "Back" may show patients to the next person at this machine: ask again.
function askAgain(event: PageTransitionEvent) {
  if (event.persisted) location.reload();
}

/** Remembers the territory and opens the page again in it. */
export function switchTerritory(id: string) {
  remember('territory', id);
  location.reload();
}

/** Ends the session and goes to the sign-in page, even when the server cannot be told. */
export async function leave() {
  depart();
  try {
    await api.delete('/session');
  } finally {
    location.assign('/');
  }
}
