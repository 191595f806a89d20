import type { Modality, Slot } from '../api/types';
import { locale, m } from '../ui/messages';
import { addDays, dayInWords, dayOf, hour } from '../ui/time';
import { c } from './messages';
import type { Nearness } from './nearness';

const minute = 60_000;

/** "6 km à vol d’oiseau", "dans sa commune": how far, for the caller. */
export function distanceWords({ km, approximate }: Omit<Nearness, 'ownMT'>, long = true): string {
  if (km === undefined) return long ? c.place.unknown : '';
  if (km === 0) return long ? c.place.same : c.place.here;
  const far = km < 1 ? c.place.near : c.place.km(Math.round(km).toLocaleString(locale), approximate);
  return long ? `${far} ${c.place.straight}` : far;
}

/** "dans 40 min", "dans 2 h 05", "demain à 8 h 30": when, as said on the telephone. */
export function whenWords(start: string, now: Date, zone: string): string {
  const left = Math.round((Date.parse(start) - now.getTime()) / minute);
  if (left < 0) return c.when.past;
  if (left < 2) return c.when.now;
  if (left < 60) return c.when.minutes(left);
  const today = dayOf(now, zone);
  if (dayOf(start, zone) !== today && left > 4 * 60) {
    return c.when.day(dayName(dayOf(start, zone), today).toLowerCase(), hour(start, zone));
  }
  const rest = left % 60;
  return c.when.hours(Math.floor(left / 60), rest ? String(rest).padStart(2, '0') : '');
}

/** "Aujourd’hui", "Demain", or the day in words. */
export function dayName(day: string, today: string): string {
  if (day === today) return m.day.today;
  return day === addDays(today, 1) ? m.day.tomorrow : dayInWords(day, locale);
}

/** "aujourd’hui à 14 h 15": a moment that stays true while it is read. */
export function momentWords(at: string, now: Date, zone: string): string {
  return c.when.day(dayName(dayOf(at, zone), dayOf(now, zone)).toLowerCase(), tight(hour(at, zone)));
}

/** Keeps a short expression on one line. */
export const tight = (text: string): string => text.replaceAll(' ', '\u00a0');

/** What a slot is, in one line: "Dr X · Cesson · 6 km à vol d’oiseau · dans 40 min". */
export function slotWords(who: string, slot: Slot, place: string, distance: string, when: string): string {
  const where = slot.modality === 'teleconsultation' ? c.slot.modality.teleconsultation : place;
  const far = slot.modality === 'teleconsultation' ? '' : distance;
  return [who, where, far, when].filter(Boolean).join(' · ');
}

/** Two letters for a person: "Léa Morel" is LM, "Dr Ada Martin" is AM. */
export function initialsOf(name: string): string {
  const words = name
    .split(/[\s-]+/)
    .filter((word) => /^\p{L}/u.test(word) && !/^(dr|pr|m|mme)\.?$/i.test(word));
  const letters = words.length > 1 ? [words[0]![0], words.at(-1)![0]] : [...(words[0] ?? '?')].slice(0, 2);
  return letters.join('').toLocaleUpperCase(locale);
}

/** "CPTS du Bocage" is "Bocage" where every row says its territory. */
export const territoryShort = (name: string): string =>
  name.replace(/^CPTS\s+(?:(?:de la|de l[’']|du|des|de|d[’'])\s*)?/i, '') || name;

export const modalityWords = (modality: Modality): string => c.slot.modality[modality];

/** +33199000000 as 01 99 00 00 00; other numbers as they are. */
export function phoneText(phone: string): string {
  const digits = phone.replace(/^\+33/, '0').replace(/\D/g, '');
  return digits.length === 10 ? tight(digits.replace(/(\d\d)(?=\d)/g, '$1 ')) : phone;
}

/** 04/09/1962 (also 4 9 1962, 04-09-62 is refused) as 1962-09-04; undefined when it is no date. */
export function birthDateOf(text: string): string | undefined {
  const parts =
    /^\s*(\d{1,2})\D(\d{1,2})\D(\d{4})\s*$/.exec(text) ?? /^\s*(\d{2})(\d{2})(\d{4})\s*$/.exec(text);
  if (!parts) return undefined;
  const [, day = '', month = '', year = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${date}T12:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : undefined;
}

/** 1962-09-04 as 04/09/1962. */
export const birthDateText = (date: string | undefined): string => date?.split('-').reverse().join('/') ?? '';
