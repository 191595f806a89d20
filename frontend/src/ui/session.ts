import { api, depart } from '../api/client';
import type { Me, Territory } from '../api/types';
import { announce } from './announce.svelte';
import { forget, recall, remember } from './memory';
import { m } from './messages';
import { isOpenTo, landing, pageAt, type Page } from './pages';
import { silence, silenceOthers } from './silence';

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
  sessionStorage.setItem(inside, 'yes');
  void silenceOthers(me.id);
  if (turnedAway(me)) return new Promise(() => {}); // The page is being left.
  sayWhyMoved();
  const last = recall<string>('territory', '');
  const chosen = me.territories.find((t) => t.id === last) ?? me.territories[0];
  if (!chosen) return { me };
  return { me, territory: await api.get('/territories/{id}', { path: { id: chosen.id } }) };
}

// A page brought back by "Back" may show patients to the next person at this machine: ask again.
function askAgain(event: PageTransitionEvent) {
  if (event.persisted) location.reload();
}

const inside = 'relais.inside';
const moved = 'relais.moved';

// A page that is not theirs would show them an empty list and let them think it is true.
function turnedAway({ roles }: Me): boolean {
  const page = pageAt(location.pathname);
  if (!page || isOpenTo(page, roles)) return false;
  sessionStorage.setItem(moved, page);
  location.replace(landing(roles, null) ?? '/');
  return true;
}

/** Says, once, which page someone was turned away from. */
export function sayWhyMoved() {
  const page = sessionStorage.getItem(moved);
  sessionStorage.removeItem(moved);
  // Of the kind that stays until it is closed: they look for a page that does not come.
  if (page && page in m.page) announce(m.notYours(m.page[page as Page]), 'bad');
}

/** Whether a session of this tab ended without its being asked; told once. */
export function endedElsewhere(): boolean {
  const was = sessionStorage.getItem(inside) !== null;
  sessionStorage.removeItem(inside);
  return was;
}

/** Remembers the territory and opens the page again in it. */
export function switchTerritory(id: string) {
  remember('territory', id);
  location.reload();
}

/** Ends the session and goes to the sign-in page, even when the server cannot be told. */
export async function leave() {
  depart();
  sessionStorage.removeItem(inside);
  forget('shelf'); // The phone page's day, kept for moments without network.
  try {
    await silence();
    await api.delete('/session');
  } finally {
    location.assign('/');
  }
}
