import type { Hold } from '../api/types';

// A hold outlives a reload of its tab: its token is known to nobody else, and without it the seat
// would stay out of reach for three minutes. Tab storage only; a hold says nothing about the patient.
const name = 'relais.hold';

export function rememberHold(territory: string, hold: Hold) {
  try {
    sessionStorage.setItem(name, JSON.stringify({ territory, hold }));
  } catch {
    // Storage refused: the hold is lost with a reload, nothing else.
  }
}

export function recallHold(territory: string): Hold | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(name) ?? 'null') as {
      territory: string;
      hold: Hold;
    } | null;
    return kept?.territory === territory ? kept.hold : undefined;
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
