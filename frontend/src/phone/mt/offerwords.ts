import type { MTOffer } from '../../api/types';
import { locale } from '../../ui/messages';
import { clock, dayInWords, dayOf, hour } from '../../ui/time';
import { daysLeft, kmOf } from './offers';
import { w } from './words.fr';

/** How far a patient lives, in words. */
export function farWords(offer: MTOffer): string {
  if (offer.unlocated) return w.offers.unlocated;
  const km = kmOf(offer);
  return km === undefined ? w.offers.here : w.offers.km(km);
}

/** Until when an answer is awaited, in words; what ends at midnight may be answered all the day before. */
export function leftWords({ expiresAt }: Pick<MTOffer, 'expiresAt'>, now: Date, zone: string): string {
  const last = new Date(Date.parse(expiresAt) - 1).toISOString();
  const before = clock(expiresAt, zone) === '00:00' ? undefined : hour(expiresAt, zone);
  const days = daysLeft(last, now, zone);
  if (days <= 0) return w.offers.left.today(before);
  if (days === 1) return w.offers.left.tomorrow(before);
  return w.offers.left.days(days, dayWords(last, zone));
}

/** The civil day of an instant, in words. */
export const dayWords = (at: string, zone: string) => dayInWords(dayOf(at, zone), locale);

const full = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });

/** A civil day with its year: "4 septembre 1962". */
export const fullDay = (day: string) => full.format(new Date(`${day}T12:00:00Z`)).replace(/^1 /, '1er ');

export const capital = (text: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
