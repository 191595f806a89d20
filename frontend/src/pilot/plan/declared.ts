// Figures that the caisse declared, as a table and as a history.
import { locale } from '../../ui/messages';
import { dayInWords } from '../../ui/time';
import { count, percent } from '../figures';
import type { Small } from '../Multiples.svelte';
import type { Column } from '../sheet';
import { monthName } from './follow';
import { words } from './follow.fr';
import type { Figure, FigureKind } from './kinds';

const t = words.declared;
const tenths = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });

export const kinds = Object.keys(t.kinds) as FigureKind[];

/** "1er janv. 2026" */
export const onDay = (day: string) =>
  `${dayInWords(day, locale, true).replace(/^\S+ /, '')} ${day.slice(0, 4)}`;

/** "15,5 %": shares of the caisse are small, a tenth tells them apart. */
export const shareOf = ({ share }: Pick<Figure, 'share'>) =>
  share === undefined ? words.none : tenths.format(share);

/** Those of a kind, the latest first. */
export const ofKind = (figures: Figure[], kind: FigureKind): Figure[] =>
  figures.filter((one) => one.kind === kind).sort((a, b) => b.on.localeCompare(a.on));

export const figureColumns: Column<Figure>[] = [
  { name: t.columns.kind, cell: ({ kind }) => t.kinds[kind] },
  { name: t.columns.on, cell: ({ on }) => on, shown: ({ on }) => onDay(on) },
  { name: t.columns.count, cell: (row) => row.count, strong: true },
  { name: t.columns.base, cell: ({ base }) => base ?? null },
  {
    name: t.columns.share,
    inFile: t.columns.sharePercent,
    cell: ({ share }) => percent(share ?? null),
    shown: shareOf,
  },
  { name: t.columns.source, cell: ({ source }) => source },
  { name: t.columns.by, cell: ({ by }) => by || null },
];

/** The history of a kind as a small picture, oldest first: shares when all have one, else counts. */
export function historyOf(figures: Figure[], kind: FigureKind): { small: Small; names: string[] } {
  const rows = figures.toReversed();
  const shares = rows.every(({ share }) => share !== undefined);
  return {
    small: {
      title: t.history(t.short[kind]),
      values: rows.map((row) => (shares ? row.share! : row.count)),
      top: Math.max(...rows.map((row) => (shares ? row.share! : row.count))) || 1,
      said: shares ? (share) => tenths.format(share) : count,
    },
    // Under small columns there is no room for the day.
    names: rows.map(({ on }) => monthName(on)),
  };
}

/** What a form for a figure holds before it is sent. */
export interface Draft {
  on: string;
  count: number | null | undefined;
  base: number | null | undefined;
  source: string;
}

const isCount = (n: number | null | undefined): n is number =>
  typeof n === 'number' && Number.isInteger(n) && n >= 0;

/** What is wrong in a draft, by field; empty when it can be sent. */
export function wrongIn({ on, count, base, source }: Draft): Partial<Record<keyof Draft, string>> {
  const wrong: Partial<Record<keyof Draft, string>> = {};
  if (!/^\d{4}-\d\d-\d\d$/.test(on)) wrong.on = t.form.needDay;
  if (!isCount(count)) wrong.count = t.form.needCount;
  const told = base !== null && base !== undefined;
  if (told && (!isCount(base) || base < 1 || (isCount(count) && base < count))) wrong.base = t.form.wrongBase;
  if (!source.trim()) wrong.source = t.form.needSource;
  return wrong;
}
