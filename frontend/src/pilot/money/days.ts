import { locale } from '../../ui/messages';
import { dayInWords } from '../../ui/time';

/** "15 janvier 2026", "15 janv. 2026" when short. */
export function dateOf(day: string, short = false): string {
  const said = `${dayInWords(day, locale, short).replace(/^\S+ /, '')} ${day.slice(0, 4)}`;
  // A short one stands in a column, whole.
  return short ? said.replaceAll(' ', '\u00a0') : said;
}

const dayMs = 86_400_000;

/** How many days lie between two civil days, negative when the second comes first. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
