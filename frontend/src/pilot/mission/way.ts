// Where the points of an objective stand in its small picture: the start at the left, then five years.
import { thousandths } from './figure';
import type { Objective } from './kinds';

/** A figure of a year; 0 is the start. */
export interface Mark {
  year: number;
  figure: number;
}

/** The targets, the figures that count, and what the record measured where another figure counts. */
export interface Marks {
  start: Mark;
  targets: Mark[];
  counted: Mark[];
  measured: Mark[];
}

const figures = (
  objective: Objective,
  pick: (year: Objective['years'][number]) => string | undefined,
): Mark[] =>
  objective.years.flatMap((year) => {
    const figure = pick(year);
    return figure === undefined ? [] : [{ year: year.year, figure: thousandths(figure) }];
  });

export function marksOf(objective: Objective): Marks {
  return {
    start: { year: 0, figure: thousandths(objective.baseline) },
    targets: figures(objective, ({ target }) => target),
    counted: figures(objective, ({ counts }) => counts),
    measured: figures(objective, ({ measured, counts }) => (measured === counts ? undefined : measured)),
  };
}

/** The shape of the picture in a width: `x` of a year and `y` of a figure, both in pixels. */
export function shapeOf(marks: Marks, width: number, em: number) {
  const all = [marks.start, ...marks.targets, ...marks.counted, ...marks.measured].map(
    ({ figure }) => figure,
  );
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const edge = { top: 1.75 * em, right: 1.75 * em, bottom: 2.5 * em, left: 1.75 * em };
  const height = 9 * em;
  const ground = height - edge.bottom;
  const step = (width - edge.left - edge.right) / 5;
  const x = (year: number) => edge.left + step * year;
  // Figures that are all the same lie in the middle.
  const y = (figure: number) =>
    high === low
      ? (edge.top + ground) / 2
      : edge.top + ((ground - edge.top) * (high - figure)) / (high - low);
  return { height, ground, step, x, y };
}

/** The points of a line through marks, as <polyline> takes them. */
export const lineOf = (marks: Mark[], { x, y }: Pick<ReturnType<typeof shapeOf>, 'x' | 'y'>) =>
  marks.map(({ year, figure }) => `${x(year)},${y(figure)}`).join(' ');
