import type { FillGrouping, FillRow } from '../api/types';
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
