import type { Hold } from '../api/types';

// A hold outlives a reload of its tab: its token is known to nobody else, and without it the seat
// would stay out of reach for three minutes. Tab storage only; a hold says nothing about the patient.
const name = 'relais.hold';

/** A hold, the case it was taken for, and the territory of that case. */
export interface Kept {
  hold: Hold;
  territory: string;
  kase?: string;
}

export function rememberHold(kept: Kept) {
  try {
    sessionStorage.setItem(name, JSON.stringify(kept));
  } catch {
    // Storage refused: the hold is lost with a reload, nothing else.
  }
}

/** The hold of before a reload, when its case belongs to this board. */
export function recallHold(shown: (territory: string) => boolean): Kept | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as Kept | null;
    return kept && shown(kept.territory) ? kept : undefined;
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
