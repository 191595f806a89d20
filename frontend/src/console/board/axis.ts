// Time to pixels. Long stretches without any slot (a night) are folded into a narrow band, so that
// tomorrow morning is never a long scroll away.

const hour = 3_600_000;
const cell = hour / 2;

/** A stretch of time, in milliseconds since the epoch, and where it lies in pixels. */
export interface Segment {
  from: number;
  to: number;
  x: number;
  width: number;
  folded: boolean;
}

export interface Axis {
  from: number;
  to: number;
  width: number;
  segments: Segment[];
}

export interface AxisOptions {
  from: number;
  to: number;
  /** When something is offered: stretches without are folded. */
  busy: Iterable<{ from: number; to: number }>;
  pixelsPerHour: number;
  /** Idle hours in a row from which a stretch is folded, when something follows it. */
  foldAfter?: number;
  /** Hours shown at least; idle ones after the last slot and after these are left out. */
  least?: number;
  foldWidth?: number;
}

/** Lays the half hours from `from` to `to` out in pixels. */
export function axisFor(options: AxisOptions): Axis {
  const { pixelsPerHour, foldAfter = 3, foldWidth = 56, least = 6 } = options;
  const from = Math.floor(options.from / cell) * cell;
  const busy = busyCells(from, Math.max(from + cell, Math.ceil(options.to / cell) * cell), options.busy);
  busy.length = Math.min(busy.length, Math.max(busy.lastIndexOf(true) + 1, (least * hour) / cell));
  const segments: Segment[] = [];
  let x = 0;
  for (let i = 0; i < busy.length;) {
    let j = i;
    while (j < busy.length && busy[j] === busy[i]) j++;
    const folded = !busy[i] && j < busy.length && (j - i) * cell >= foldAfter * hour;
    const width = folded ? foldWidth : (j - i) * pixelsPerHour * (cell / hour);
    const last = segments.at(-1);
    if (last && !last.folded && !folded) {
      last.to = from + j * cell;
      last.width += width;
    } else segments.push({ from: from + i * cell, to: from + j * cell, x, width, folded });
    x += width;
    i = j;
  }
  return { from, to: from + busy.length * cell, width: x, segments };
}

function busyCells(from: number, to: number, busy: AxisOptions['busy']): boolean[] {
  const cells = Array<boolean>((to - from) / cell).fill(false);
  for (const stretch of busy) {
    const first = Math.max(0, Math.floor((stretch.from - from) / cell));
    const last = Math.min(cells.length, Math.ceil((stretch.to - from) / cell));
    for (let i = first; i < last; i++) cells[i] = true;
  }
  return cells;
}

/** Where an instant lies, in pixels from the start of the axis; held within it. */
export function xOf(axis: Axis, at: number): number {
  if (at <= axis.from) return 0;
  const s = axis.segments.find((segment) => at < segment.to);
  return s ? s.x + ((at - s.from) / (s.to - s.from)) * s.width : axis.width;
}

/** The instant under a pixel: the inverse of xOf. */
export function timeAt(axis: Axis, x: number): number {
  if (x <= 0) return axis.from;
  const s = axis.segments.find((segment) => x < segment.x + segment.width);
  return s ? s.from + ((x - s.x) / s.width) * (s.to - s.from) : axis.to;
}

/** The whole hours to draw a line at, those inside a fold excepted. */
export function hoursOf(axis: Axis): { at: number; x: number }[] {
  const hours: { at: number; x: number }[] = [];
  for (const s of axis.segments.filter((segment) => !segment.folded)) {
    for (let at = Math.ceil(s.from / hour) * hour; at < s.to; at += hour)
      hours.push({ at, x: xOf(axis, at) });
  }
  return hours;
}

/** Where each civil day begins on the axis, the first at its start; a day folded whole is left out. */
export function daysOf(axis: Axis, dayOf: (at: number) => string): { day: string; x: number }[] {
  const days: { day: string; x: number }[] = [];
  for (const s of axis.segments.filter((segment) => !segment.folded)) {
    for (let at = s.from; at < s.to; at += cell) {
      const day = dayOf(at);
      if (days.at(-1)?.day !== day) days.push({ day, x: xOf(axis, at) });
    }
  }
  return days;
}
