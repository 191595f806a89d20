import type { Bar } from './bars';
import { byFamily, count, shortDay, weekName } from './figures';
import type { Square } from './Matrix.svelte';
import { mondayOfWeek } from './period';
import type { WeekRow } from './reports';
import type { Column } from './sheet';
import { words } from './words';

const t = words.proof;

/** From this share of the cap on, a week is near it. */
const near = 0.8;

/** Whether the SNP acts of a week come near the cap or go past it. */
export function capMark({ snpActs, cap }: Pick<WeekRow, 'snpActs' | 'cap'>): Square['mark'] {
  if (cap === 0) return undefined;
  if (snpActs > cap) return 'past';
  return snpActs >= near * cap ? 'near' : undefined;
}

const stateOf = (row: WeekRow) => (row.cap === 0 ? null : t[capMark(row) ?? 'under']);

const who: Column<WeekRow> = { name: t.who, cell: ({ name }) => name };
const week: Column<WeekRow> = {
  name: t.week,
  inFile: words.weekFrom,
  cell: ({ week }) => mondayOfWeek(week),
  shown: ({ week }) => weekName(week),
};

export const hourColumns: Column<WeekRow>[] = [
  who,
  week,
  {
    name: words.columns.hoursOpened,
    inFile: words.columns.hoursOpenedUnit,
    cell: ({ hoursOpened }) => hoursOpened,
    shown: ({ hoursOpened }) => words.hoursShort(hoursOpened),
    strong: true,
  },
];

export const actColumns: Column<WeekRow>[] = [
  who,
  week,
  { name: words.columns.snpActs, cell: ({ snpActs }) => snpActs, strong: true },
  { name: t.cap, cell: ({ cap }) => cap || null },
  { name: t.state, cell: stateOf },
];

export interface Weeks {
  people: { key: string; name: string }[];
  weeks: { key: string; name: string }[];
  at: (practitioner: string, week: string) => WeekRow | undefined;
}

/** The weeks of each practitioner as a grid, people by family name; the last `most` weeks of them. */
export function gridOf(rows: WeekRow[], most = Infinity): Weeks {
  const names = new Map(rows.map(({ practitioner, name }) => [practitioner, name]));
  const weeks = [...new Set(rows.map(({ week }) => week))].sort().slice(-most);
  const cells = new Map(rows.map((row) => [`${row.practitioner} ${row.week}`, row]));
  return {
    people: [...names].map(([key, name]) => ({ key, name })).sort((a, b) => byFamily(a.name, b.name)),
    weeks: weeks.map((key) => ({ key, name: shortDay(mondayOfWeek(key)) })),
    at: (practitioner, week) => cells.get(`${practitioner} ${week}`),
  };
}

/** The hours opened in a week; shaded against the most of all. */
export function hoursSquare(row: WeekRow | undefined, most: number): Square | undefined {
  if (!row || row.hoursOpened === 0) return;
  const said = words.hoursShort(row.hoursOpened);
  return {
    text: said,
    level: most === 0 ? 0 : (0.99 * row.hoursOpened) / most,
    words: t.hoursCell(row.name, weekName(row.week), said),
  };
}

/** The SNP acts of a week beside the cap, marked when near it or past it. */
export function actsSquare(row: WeekRow | undefined): Square | undefined {
  if (!row || row.snpActs === 0) return;
  return {
    text: `${row.snpActs}/${row.cap}`,
    level: row.cap === 0 ? 0 : Math.min(0.99, row.snpActs / row.cap),
    mark: capMark(row),
    words: t.actsCell(row.name, weekName(row.week), row.snpActs, row.cap),
  };
}

/** The patients a practitioner took en sus over the period. */
export interface Extra {
  key: string;
  name: string;
  patients: number;
}

export const extraColumns: Column<Extra>[] = [
  { name: t.who, cell: ({ name }) => name },
  { name: t.extra, cell: ({ patients }) => patients, strong: true },
];

/** The patients each practitioner took en sus, those with any. */
export function extrasOf(rows: WeekRow[]): Extra[] {
  const patients = (key: string) =>
    rows.filter((row) => row.practitioner === key).reduce((sum, row) => sum + row.extra, 0);
  return gridOf(rows)
    .people.map(({ key, name }) => ({ key, name, patients: patients(key) }))
    .filter(({ patients }) => patients > 0);
}

export const extraBars = (extras: Extra[]): Bar[] =>
  extras.map(({ key, name, patients }) => ({
    key,
    name,
    values: [patients],
    words: `${name} : ${count(patients)}`,
    end: count(patients),
  }));

/** In how many weeks hours were opened, and how many in all. */
export function openedOf(rows: WeekRow[]) {
  return {
    weeks: rows.filter(({ hoursOpened }) => hoursOpened > 0).length,
    hours: rows.reduce((sum, { hoursOpened }) => sum + hoursOpened, 0),
  };
}
