// Where the parts of a bar stand. A bar is a stack of values; it lies along a name or stands over a day.
import { scale } from './figures';

export interface Bar {
  key: string;
  name: string;
  /** The name on an axis under standing bars, where there is little room. */
  axis?: string;
  /** One for each series, in their order. */
  values: number[];
  /** What the bar says when it is pointed at. */
  words: string;
  /** Written at the end of a lying bar. */
  end?: string;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

/** The longest bar, at least 1. */
export const longest = (bars: Bar[]) => Math.max(1, ...bars.map(({ values }) => sum(values)));

/** The shape of standing bars in a width: a scale at the left, names under them. */
export function standing(bars: Bar[], width: number, em: number) {
  const edge = { top: 0.75 * em, right: 0.5 * em, bottom: 3 * em, left: 2.5 * em };
  const height = (width < 35 * em ? 14 : 18) * em;
  const steps = scale(longest(bars));
  const top = steps.at(-1)!;
  const step = (width - edge.left - edge.right) / Math.max(1, bars.length);
  const thick = Math.min(2.75 * em, Math.max(2, step * 0.72));
  const y = (value: number) => edge.top + (height - edge.top - edge.bottom) * (1 - value / top);
  const x = (i: number) => edge.left + step * (i + 0.5);
  const box = (i: number, part: number): Box => {
    const below = sum(bars[i]!.values.slice(0, part));
    const upper = y(below + bars[i]!.values[part]!);
    return { x: x(i) - thick / 2, y: upper, width: thick, height: y(below) - upper };
  };
  // One name about every four letters' width, so that they never touch.
  const every = Math.max(1, Math.ceil((4 * em) / step));
  return { edge, height, steps, x, y, box, every };
}

/** The shape of lying bars in a width, the longest `top`: names at the left, a word at the end of each. */
export function lying(bars: Bar[], width: number, em: number, top = longest(bars)) {
  const line = 2.125 * em;
  const names = Math.min(15 * em, width * 0.42);
  const long = (value: number) => (Math.max(2.5 * em, width - names - 4 * em) * value) / top;
  const box = (i: number, part: number): Box => {
    const before = sum(bars[i]!.values.slice(0, part));
    return {
      x: names + long(before),
      y: (i + 0.18) * line,
      width: long(bars[i]!.values[part]!),
      height: line * 0.64,
    };
  };
  const end = (i: number) => names + long(sum(bars[i]!.values)) + 0.5 * em;
  const baseline = (i: number) => (i + 0.63) * line;
  return { height: bars.length * line, names, box, end, baseline };
}

/** A name in a width: on one line, else on two, the second after the given name; cut only when neither holds it. */
export function lines(name: string, width: number, em: number): string[] {
  if (cut(name, width, em) === name) return [name];
  const words = name.split(' ');
  const first = words.findLastIndex(
    (_, i) => cut(words.slice(0, i).join(' '), width, em).endsWith('…') === false,
  );
  if (first < 1) return [cut(name, width, em)];
  return [words.slice(0, first).join(' '), cut(words.slice(first).join(' '), width, em)];
}

/** A name cut to a width at about half an em a letter; the table has it whole. */
export function cut(name: string, width: number, em: number): string {
  const most = Math.max(3, Math.floor(width / (0.5 * em)));
  return name.length > most ? `${name.slice(0, most - 1).trimEnd()}…` : name;
}
