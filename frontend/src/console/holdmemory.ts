import type { Hold } from '../api/types';

// A hold outlives a reload of its tab: its token is known to nobody else, and without it the seat
// would stay out of reach for three minutes. Tab storage only; a hold says nothing about the patient.
const name = 'relais.hold';

/** A hold and the case it was taken for. */
export interface Kept {
  hold: Hold;
  kase?: string;
}

export function rememberHold(territory: string, hold: Hold, kase?: string) {
  try {
    sessionStorage.setItem(name, JSON.stringify({ territory, hold, kase }));
  } catch {
    // Storage refused: the hold is lost with a reload, nothing else.
  }
}

export function recallHold(territory: string): Kept | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as (Kept & { territory: string }) | null;
    return kept?.territory === territory ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function forgetHold() {
  try {
    sessionStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}
