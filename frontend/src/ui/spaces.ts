const narrow = '\u202f';

const hour = /(\d) h(?: (?=\d\d))?/g;

/**
 * French spaces: a narrow no-break one before : ; ! ? and inside « », where an ordinary one stands, and
 * hours that no line end cuts ("5 h 00").
 */
export function spaced(text: string): string {
  return text
    .replace(/ (?=[:;!?»])/g, narrow)
    .replace(/« /g, `«${narrow}`)
    .replace(hour, (found) => found.replaceAll(' ', '\u00a0'));
}

/** A catalogue of words whose texts, and whose functions' texts, all have French spaces. */
export function withSpaces<T>(words: T): T {
  if (typeof words === 'string') return spaced(words) as T;
  if (typeof words === 'function') {
    return ((...values: unknown[]) =>
      withSpaces((words as (...values: unknown[]) => unknown)(...values))) as T;
  }
  if (Array.isArray(words)) return words.map(withSpaces) as T;
  if (words === null || typeof words !== 'object') return words;
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, withSpaces(word)])) as T;
}
