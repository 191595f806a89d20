// Keys pressed by task, kept in the tab so that a reload does not lose them. A browser that refuses storage forgets them.
const name = 'relais.entrainement.touches';

export function keptKeys(): Record<number, number> {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? '{}') as Record<number, number>;
  } catch {
    return {};
  }
}

export function keepKeys(keys: Record<number, number>) {
  try {
    sessionStorage.setItem(name, JSON.stringify(keys));
  } catch {
    // Storage refused or full: a reload forgets them.
  }
}
