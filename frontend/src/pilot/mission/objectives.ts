// Objectives as the page tells them: by mission, in the year that runs, with the words for each.
import { count } from '../figures';
import type { Section } from '../place';
import type { Column } from '../sheet';
import { shareOf, thousandths, told } from './figure';
import type { Objective, ObjectiveYear, Series } from './kinds';
import { decided } from './target';
import { day } from './days';
import { words } from './words';

/** A mission's name, by its code in the schedule; the code itself where the page has no name for it. */
export function missionName(code: string, given: { code: string; label: string }[] = []): string {
  const known: Partial<Record<string, string>> = words.missions;
  return given.find((mission) => mission.code === code)?.label ?? known[code] ?? code;
}

/** The objectives of each mission, missions in their first order; of one mission alone when it has any. */
export function byMission(items: Objective[], only = ''): { mission: string; objectives: Objective[] }[] {
  const all = [...new Set(items.map(({ mission }) => mission))];
  return (all.includes(only) ? [only] : all).map((mission) => ({
    mission,
    objectives: items.filter((objective) => objective.mission === mission),
  }));
}

/** The contract year that a day lies in; the last one after the contract, undefined before it or without one. */
export function runningYear(years: ObjectiveYear[], today: string): ObjectiveYear | undefined {
  return years.findLast(({ from }) => from !== undefined && from <= today);
}

/** Whether a contract tells when the years are. */
export const dated = (items: Objective[]) => items.some(({ years }) => years.some(({ from }) => from));

/** "Doit baisser : de 5 280 au départ à 4 500 en N+2, puis 2 500 en N+5." */
export function aimInWords({ direction, baseline, unit, years }: Objective, running?: number): string {
  const start = told(baseline, unit);
  const aims = years.flatMap(({ year, target }) => (target ? [{ year, figure: told(target, unit) }] : []));
  const now = aims.find(({ year }) => year === running) ?? aims.find(({ year }) => year > (running ?? 0));
  const end = aims.at(-1);
  const named = [...new Set([now, end])].filter((aim) => aim !== undefined);
  return words.aim(
    direction,
    start,
    named.map(({ figure, year }) => words.inYear(figure, year)),
  );
}

/** Whether an objective may be deleted as far as the page knows: nothing was entered of it. The service knows the frozen years. */
export const isBare = ({ years }: Objective) => years.every(({ observation }) => !observation);

/** How far a year has come, as a share and in words. */
export function achievedIn(year: ObjectiveYear | undefined): { share: number; words: string } | undefined {
  if (year?.achieved === undefined) return;
  return { share: thousandths(year.achieved) / 1000, words: shareOf(year.achieved) };
}

const seriesSections: Record<Series, Section> = {
  'snp.fill': 'remplissage',
  'snp.offered': 'remplissage',
  'snp.practitioners': 'participation',
  'snp.no_solution': 'demandes',
  'snp.acts': 'participation',
  'mt.attached': 'suivi-mt',
  'mt.received': 'suivi-mt',
  'mt.median_days': 'suivi-mt',
};

/** The section where a measured figure can be looked into, and its address over the days that were measured. */
export function sourceOf(
  series: Series,
  { from, measuredTo, to }: ObjectiveYear,
  shown: readonly Section[],
): { section: Section; address: string } | undefined {
  const section = seriesSections[series];
  const last = measuredTo ?? to;
  if (!shown.includes(section) || !from || !last) return;
  return { section, address: `#${section}?du=${from}&au=${last}` };
}

/** A year of one objective, as its table and its file have it. */
export interface Line {
  objective: Objective;
  year: ObjectiveYear;
}

export const linesOf = (objective: Objective): Line[] => objective.years.map((year) => ({ objective, year }));

const figure = (of: string | undefined) => (of === undefined ? null : thousandths(of) / 1000);
const t = words.columns;

/** The columns of one objective's table. */
export const yearColumns: Column<Line>[] = [
  { name: t.year, cell: ({ year }) => words.year(year.year) },
  {
    name: t.days,
    cell: ({ year }) => (year.from && year.to ? words.days(day(year.from), day(year.to)) : null),
  },
  {
    name: t.decided,
    // A figure as a number, words with the spaces that spreadsheets know.
    cell: ({ objective, year }) => {
      const target = objective.targets[year.year - 1]!;
      if (target.kind === 'none') return null;
      if (target.kind === 'absolute') return figure(target.value);
      return decided(target, objective.unit).replace(/[\u00a0\u202f]/g, ' ');
    },
    shown: ({ objective, year }) => decided(objective.targets[year.year - 1]!, objective.unit),
  },
  column(t.target, ({ target }) => target, true),
  column(t.observed, ({ observation }) => observation?.figure),
  column(t.measured, ({ measured }) => measured),
  column(t.counts, ({ counts }) => counts, true),
  {
    name: t.achieved,
    cell: ({ year }) => figure(year.achieved),
    shown: ({ year }) => (year.achieved === undefined ? words.none : shareOf(year.achieved)),
  },
  { name: t.state, cell: ({ year }) => (year.frozen ? words.frozen : null) },
];

function column(
  name: string,
  pick: (year: ObjectiveYear) => string | undefined,
  strong = false,
): Column<Line> {
  return {
    name,
    strong,
    cell: ({ year }) => figure(pick(year)),
    shown: ({ objective, year }) => {
      const value = pick(year);
      return value === undefined ? words.none : told(value, objective.unit);
    },
  };
}

/** The columns of the file of all objectives, a line for each year. */
export function fileColumns(missions: { code: string; label: string }[] = []): Column<Line>[] {
  return [
    { name: t.code, cell: ({ objective }) => objective.code },
    { name: t.label, cell: ({ objective }) => objective.label },
    { name: t.mission, cell: ({ objective }) => missionName(objective.mission, missions) },
    { name: t.unit, cell: ({ objective }) => words.units[objective.unit] },
    { name: t.direction, cell: ({ objective }) => words.directions[objective.direction] },
    { name: t.weight, cell: ({ objective }) => objective.weight },
    { name: t.baseline, cell: ({ objective }) => figure(objective.baseline) },
    { name: t.baseOn, cell: ({ objective }) => objective.baseOn },
    { name: t.source, cell: ({ objective }) => objective.source },
    { name: t.year, cell: ({ year }) => words.year(year.year) },
    { name: t.from, cell: ({ year }) => year.from ?? null },
    { name: t.to, cell: ({ year }) => year.to ?? null },
    ...yearColumns.slice(2),
    { name: t.observedOn, cell: ({ year }) => year.observation?.on ?? null },
    { name: t.observedSource, cell: ({ year }) => year.observation?.source ?? null },
    {
      name: t.evidence,
      cell: ({ year }) => year.observation?.evidence?.map(({ name }) => name).join(', ') || null,
    },
    {
      name: t.comment,
      cell: ({ objective, year }) => year.observation?.comment || objective.comment || null,
    },
  ];
}

/** "3 indicateurs sur 4 ont une valeur cette année." */
export function seenInWords(items: Objective[], year: number): string {
  const seen = items.filter(({ years }) => years[year - 1]?.counts !== undefined).length;
  return words.seen(count(seen), items.length);
}

/** What the picture says to whoever does not see it. */
export function pictureInWords(objective: Objective, running?: ObjectiveYear): string {
  const { unit, years } = objective;
  const counted = years.flatMap(({ year, counts }) =>
    counts ? [words.inYear(told(counts, unit), year)] : [],
  );
  const done = achievedIn(running);
  return [
    objective.label,
    aimInWords(objective, running?.year),
    counted.length > 0 ? words.countedList(counted) : words.nothingYet,
    running && done ? words.achievedList(done.words, running.year) : '',
    words.sameInTable,
  ]
    .filter(Boolean)
    .join(' ');
}
