// How the search for a médecin traitant goes, as tiles, small pictures, bars and tables.
import { locale } from '../../ui/messages';
import type { Bar } from '../bars';
import { count } from '../figures';
import type { Small } from '../Multiples.svelte';
import type { Column } from '../sheet';
import type { Tile } from '../Tiles.svelte';
import { words } from './follow.fr';
import type { CommuneRow, Month, Report } from './kinds';

const months = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** "nov. 2026" */
export const monthName = (day: string) => months.format(new Date(`${day}T00:00:00Z`));

const tierNumbers = ({ tiers }: Pick<Report, 'tiers'>) => tiers.map(({ tier }) => tier).sort((a, b) => a - b);

/** Open now, attached in the period, and the median of each tier. */
export function tilesOf(report: Pick<Report, 'tiers'>): Tile[] {
  const t = words.tiles;
  const tiers = report.tiers.toSorted((a, b) => a.tier - b.tier);
  const all = tiers.find(({ tier }) => tier === 0);
  const medians = tiers.map(({ tier, medianDays, medianAcceptedDays, open }): Tile => ({
    name: t.median(words.tier(tier)),
    value: medianDays === undefined ? words.none : words.days(medianDays),
    hints: [
      medianDays === undefined ? words.few : '',
      medianAcceptedDays === undefined ? '' : t.accepted(words.days(medianAcceptedDays)),
      tier === 0 ? '' : t.openOf(open),
    ].filter(Boolean),
  }));
  if (!all) return medians;
  return [
    {
      name: t.open,
      value: count(all.open),
      hints: [
        t.openHint(all.openProposed, all.openAccepted),
        ...(all.oldestDays === undefined ? [] : [t.oldest(all.oldestDays)]),
      ],
      main: true,
    },
    { name: t.attached, value: count(all.attached), hints: [t.attachedHint(all.received)] },
    ...medians,
  ];
}

/** A month and what it says of each tier. */
export interface MonthRow {
  month: string;
  tiers: Map<number, Month>;
}

/** The months of the period, the first one first. */
export function monthsOf({ months }: Pick<Report, 'months'>): MonthRow[] {
  const rows = new Map<string, MonthRow>();
  for (const one of months) {
    const row = rows.get(one.month) ?? { month: one.month, tiers: new Map() };
    row.tiers.set(one.tier, one);
    rows.set(one.month, row);
  }
  return [...rows.values()].sort((a, b) => a.month.localeCompare(b.month));
}

/** Which months the period holds in part only: the one in course, or one cut by days chosen. */
export function partialOf({ months, from, to }: Pick<Report, 'months' | 'from' | 'to'>): number[] {
  return monthsOf({ months }).flatMap(({ month }, i) => {
    const last = new Date(`${month.slice(0, 7)}-01T00:00:00Z`);
    last.setUTCMonth(last.getUTCMonth() + 1, 0);
    const whole = from <= `${month.slice(0, 7)}-01` && last.toISOString().slice(0, 10) <= to;
    return whole ? [] : [i];
  });
}

/** What is said of months in part under their pictures. */
export function partialNote(report: Pick<Report, 'months' | 'from' | 'to'>): string | undefined {
  const names = monthsOf(report).map(({ month }) => monthName(month));
  const partial = partialOf(report);
  return partial.length > 0 ? words.delays.partial(partial.map((i) => names[i]!)) : undefined;
}

const brief = (value: number) => count(Math.round(value));

const monthColumn: Column<MonthRow> = {
  name: words.delays.month,
  inFile: words.delays.monthFrom,
  cell: ({ month }) => month,
  shown: ({ month }) => monthName(month),
};

/** The median of each tier, all of them first. */
export const delayColumns = (report: Pick<Report, 'tiers'>): Column<MonthRow>[] => [
  monthColumn,
  ...tierNumbers(report).map((tier): Column<MonthRow> => {
    const median = ({ tiers }: MonthRow) => tiers.get(tier)?.medianDays ?? null;
    return {
      name: words.tier(tier),
      inFile: words.delays.inFile(words.tier(tier)),
      cell: median,
      shown: (row) => (median(row) === null ? words.none : words.days(median(row)!)),
    };
  }),
];

/** The same as small pictures, on one scale so that tiers can be told apart. */
export function delaySmalls(report: Pick<Report, 'tiers' | 'months' | 'from' | 'to'>): Small[] {
  const rows = monthsOf(report);
  const top = Math.max(1, ...report.months.map(({ medianDays }) => medianDays ?? 0));
  return tierNumbers(report).map((tier) => ({
    title: words.tier(tier),
    values: rows.map(({ tiers }) => tiers.get(tier)?.medianDays ?? null),
    whole: report.tiers.find((one) => one.tier === tier)?.medianDays ?? null,
    said: words.days,
    top,
    none: words.few,
    brief,
    partial: partialOf(report),
  }));
}

type Flow = 'received' | 'attached' | 'closed';
const flows: Flow[] = ['received', 'attached', 'closed'];
const flowOf = (row: MonthRow, flow: Flow) => row.tiers.get(0)?.[flow] ?? 0;

export const flowColumns: Column<MonthRow>[] = [
  monthColumn,
  ...flows.map((flow): Column<MonthRow> => ({ name: words.flow[flow], cell: (row) => flowOf(row, flow) })),
];

/** Received, attached and closed by month, on one scale. */
export function flowSmalls(report: Pick<Report, 'tiers' | 'months' | 'from' | 'to'>): Small[] {
  const rows = monthsOf(report);
  const top = Math.max(1, ...rows.flatMap((row) => flows.map((flow) => flowOf(row, flow))));
  return flows.map((flow) => ({
    title: words.flow[flow],
    values: rows.map((row) => flowOf(row, flow)),
    whole: report.tiers.find(({ tier }) => tier === 0)?.[flow] ?? null,
    said: count,
    top,
    brief,
    partial: partialOf(report),
  }));
}

/** Something counted, by its name. */
export interface Counted {
  name: string;
  count: number;
}

/** What happened at least once, the most frequent first. */
export const countedOf = (counts: [name: string, count: number][]): Counted[] =>
  counts
    .filter(([, count]) => count > 0)
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'fr'));

export const countedColumns = (name: string): Column<Counted>[] => [
  { name, cell: (row) => row.name },
  { name: words.count, cell: (row) => row.count, strong: true },
];

export const countedBars = (rows: Counted[]): Bar[] =>
  rows.map(({ name, count: n }) => ({
    key: name,
    name,
    values: [n],
    words: words.bar(name, n),
    end: count(n),
  }));

/** What became of the offers sent in the period. */
export function answersOf({ offers }: Pick<Report, 'offers'>): Counted[] {
  const names = Object.entries(words.offers.names) as [keyof typeof words.offers.names, string][];
  return countedOf(names.map(([key, name]) => [name, offers[key]]));
}

/** How many were sent, how many asked for a call, and how fast GPs answer. */
export const offersLead = ({ offers }: Pick<Report, 'offers'>): string =>
  words.offers.lead(
    offers.sent,
    offers.calls,
    offers.medianAnswerDays === undefined ? '' : words.days(offers.medianAnswerDays),
  );

/** Communes where somebody waits or a place is left, those where most wait first. */
export const livelyOf = ({ communes }: Pick<Report, 'communes'>): CommuneRow[] =>
  communes
    .filter(({ waiting, left }) => waiting > 0 || left > 0)
    .sort((a, b) => b.waiting - a.waiting || b.left - a.left || a.name.localeCompare(b.name, 'fr'));

export const communeColumns: Column<CommuneRow>[] = [
  { name: words.communes.name, cell: ({ name }) => name },
  { name: words.communes.insee, cell: ({ commune }) => commune },
  { name: words.communes.waiting, cell: ({ waiting }) => waiting, strong: true },
  { name: words.communes.left, cell: ({ left }) => left, strong: true },
  { name: words.communes.places, cell: ({ places }) => places },
  { name: words.communes.gps, cell: ({ gps }) => gps },
];
