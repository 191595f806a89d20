import type { FillGrouping, FillReport, FillRow } from '../api/types';
import { locale } from '../ui/messages';
import { dayInWords } from '../ui/time';
import { words } from './words.fr';

const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
const whole = new Intl.NumberFormat(locale);

/** "59 %"; a dash where there is no value, as when nothing was offered. */
export function share(value: number | null): string {
  return value === null ? words.none : percent.format(value);
}

export const count = (n: number) => whole.format(n);

/** A row's name: a day reads "lun. 23 nov.", anything else is the server's label. */
export function rowName(row: Pick<FillRow, 'key' | 'label'>, by: FillGrouping): string {
  return by === 'day' ? dayInWords(row.key, locale, true) : row.label;
}

/** The same name for an axis, where a day is only "23 nov.". */
export function axisName(row: Pick<FillRow, 'key' | 'label'>, by: FillGrouping): string {
  return by === 'day' ? rowName(row, by).replace(/^\S+ /, '') : row.label;
}

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

/** The rows as people look for them: practitioners by family name, places by name, time as it comes. */
export function sorted(report: FillReport): FillReport {
  if (report.by !== 'practitioner' && report.by !== 'location') return report;
  const key = report.by === 'practitioner' ? filed : (label: string) => label;
  const rows = report.rows.toSorted(
    (a, b) => french.compare(key(a.label), key(b.label)) || french.compare(a.label, b.label),
  );
  return { ...report, rows };
}
