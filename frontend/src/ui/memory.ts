// Small habits kept on this machine. Never a patient. A browser that refuses storage forgets them.

/** What was remembered under a name, or the fallback. */
export function recall<T>(name: string, fallback: T): T {
  try {
    const text = localStorage.getItem(`relais.${name}`);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

export function remember(name: string, value: unknown) {
  try {
    localStorage.setItem(`relais.${name}`, JSON.stringify(value));
  } catch {
    // Storage refused or full: the habit is forgotten, nothing else is lost.
  }
}

export function forget(name: string) {
  try {
    localStorage.removeItem(`relais.${name}`);
  } catch {
    // Storage refused: nothing was kept.
  }
}
