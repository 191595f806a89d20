// Time to pixels. Long stretches without any slot (a night) are folded into a narrow band, so that
// tomorrow morning is never a long scroll away.

const hour = 3_600_000;

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
  /** Idle hours in a row from which a stretch is folded. */
  foldAfter?: number;
  foldWidth?: number;
}

/** Lays whole hours from `from` to `to` out in pixels. */
export function axisFor(options: AxisOptions): Axis {
  const { pixelsPerHour, foldAfter = 3, foldWidth = 56 } = options;
  const from = Math.floor(options.from / hour) * hour;
  const to = Math.max(from + hour, Math.ceil(options.to / hour) * hour);
  const busy = busyHours(from, to, options.busy);
  const segments: Segment[] = [];
  let x = 0;
  for (let i = 0; i < busy.length;) {
    let j = i;
    while (j < busy.length && busy[j] === busy[i]) j++;
    const folded = !busy[i] && j - i >= foldAfter;
    const width = folded ? foldWidth : (j - i) * pixelsPerHour;
    const last = segments.at(-1);
    if (last && !last.folded && !folded) {
      last.to = from + j * hour;
      last.width += width;
    } else segments.push({ from: from + i * hour, to: from + j * hour, x, width, folded });
    x += width;
    i = j;
  }
  return { from, to, width: x, segments };
}

function busyHours(from: number, to: number, busy: AxisOptions['busy']): boolean[] {
  const hours = Array<boolean>((to - from) / hour).fill(false);
  for (const stretch of busy) {
    const first = Math.max(0, Math.floor((stretch.from - from) / hour));
    const last = Math.min(hours.length, Math.ceil((stretch.to - from) / hour));
    for (let i = first; i < last; i++) hours[i] = true;
  }
  return hours;
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

/** The whole hours to draw a line at: those of stretches that are not folded, their starts included. */
export function hoursOf(axis: Axis): { at: number; x: number }[] {
  return axis.segments
    .filter((s) => !s.folded)
    .flatMap((s) =>
      Array.from({ length: (s.to - s.from) / hour }, (_, i) => ({
        at: s.from + i * hour,
        x: xOf(axis, s.from + i * hour),
      })),
    );
}

/** Where each civil day begins on the axis (the first at 0), a day folded whole being left out. */
export function daysOf(axis: Axis, dayOf: (at: number) => string): { day: string; x: number }[] {
  const days: { day: string; x: number }[] = [];
  for (const { at, x } of hoursOf(axis)) {
    const day = dayOf(at);
    if (days.at(-1)?.day !== day) days.push({ day, x });
  }
  return days;
}
