import { locale } from '../ui/messages';
import { addDays, dayInWords } from '../ui/time';
import { mondayOfWeek } from './period';
import type { FillGrouping } from './reports';
import { words } from './words';

const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

/** "59 %"; a dash where there is no value, as when nothing was offered. */
export function share(value: number | null): string {
  return value === null ? words.none : percents.format(value);
}

/** 41,8 for a share of 0.418, as a file has it under a heading with "(%)". */
export const percent = (value: number | null) => (value === null ? null : Math.round(value * 1000) / 10);

export const count = (n: number) => whole.format(n);

/** Taken out of offered; null when nothing was offered. */
export const rate = (taken: number, offered: number) => (offered === 0 ? null : taken / offered);

type Named = { key: string; label: string };

/** A row's name: a day reads "lun. 23 nov.", a week "Sem. 47 · 16 nov. – 22 nov.", others their label. */
export function rowName({ key, label }: Named, by: FillGrouping): string {
  if (by === 'day') return dayInWords(key, locale, true);
  return by === 'week' ? weekName(key) : capital(label);
}

/** The same name for an axis, where a day is "23 nov." and a week its Monday. */
export function axisName(row: Named, by: FillGrouping): string {
  if (by === 'day') return shortDay(row.key);
  return by === 'week' ? shortDay(mondayOfWeek(row.key)) : row.label;
}

/** "Sem. 47 · 16 nov. – 22 nov." */
export function weekName(week: string): string {
  const monday = mondayOfWeek(week);
  return words.weekOf(Number(week.split('-W')[1]), shortDay(monday), shortDay(addDays(monday, 6)));
}

/** "23 nov." */
export const shortDay = (day: string) => dayInWords(day, locale, true).replace(/^\S+ /, '');

/** "Samedi 28 novembre" */
export const longDay = (day: string) => capital(dayInWords(day, locale));

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Steps of a readable scale from 0 to at least `max`: 1, 2 or 5 times a power of ten. */
export function scale(max: number, most = 5): number[] {
  const raw = Math.max(max, 1) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(
    1,
    [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw)!,
  );
  const steps: number[] = [];
  for (let at = 0; at < max + step; at += step) steps.push(at);
  return steps;
}

/** "Du mardi 22 septembre au samedi 21 novembre 2026": the year once when it is the same. */
export function periodInWords({ from, to }: { from: string; to: string }): string {
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
  const year = first === last && from !== to ? '' : ` ${first}`;
  return words.period.inWords(dayInWords(from, locale) + year, `${dayInWords(to, locale)} ${last}`);
}

const french = new Intl.Collator('fr', { sensitivity: 'base', numeric: true });
// "Dr Ada Le Goff" files under Le Goff: after the title and the given name.
const filed = (label: string) => label.replace(/^(?:Dr|Pr)\.? +/, '').replace(/^\S+ +/, '');

/** The order of practitioners as people look for them, by family name, accents as the French do. */
export const byFamily = (a: string, b: string) => french.compare(filed(a), filed(b)) || french.compare(a, b);

/** The rows as people look for them: practitioners by family name, places by name, time as it comes. */
export function sorted<R extends { label: string }>(rows: R[], by: FillGrouping): R[] {
  if (by === 'practitioner') return rows.toSorted((a, b) => byFamily(a.label, b.label));
  return by === 'location' ? rows.toSorted((a, b) => french.compare(a.label, b.label)) : rows;
}
