const bare = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether a text has every word typed, accents and case aside. */
export function found(text: string, typed: string): boolean {
  const within = bare(text);
  return bare(typed)
    .split(/\s+/)
    .every((word) => within.includes(word));
}
