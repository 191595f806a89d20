// What is allowed and seldom meant: said beside the target while it is typed, never refused.
import { baselineIn, type Draft } from './draft';
import { said } from './figure';
import { words } from './words';

const t = words.form;

/** The last year before one (0 is the start) that has a figure, of those the targets come to. */
function before(start: number, path: (number | undefined)[], i: number): { year: number; figure: number } {
  const at = path.slice(0, i).findLastIndex((figure) => figure !== undefined);
  return { year: at + 1, figure: at < 0 ? start : path[at]! };
}

/** What a "% of the year before" counts from, where the year before has no target; empty elsewhere. */
export function countsFrom(draft: Draft, path: (number | undefined)[], i: number): string {
  const { targets, unit } = draft;
  const start = baselineIn(draft);
  if (start === undefined || targets[i]!.kind !== 'of_previous') return '';
  if (i > 0 && targets[i - 1]!.kind !== 'none') return '';
  const from = before(start, path, i);
  return t.countsFrom(said(from.figure, unit), from.year);
}

/** What is to be looked at twice in a target; empty when nothing is. */
export function doubtOf(draft: Draft, path: (number | undefined)[], i: number): string {
  const { kind } = draft.targets[i]!;
  const [start, figure] = [baselineIn(draft), path[i]];
  if (start === undefined || figure === undefined) return '';
  const last = before(start, path, i);
  const base = kind === 'of_baseline' ? start : last.figure;
  if (kind !== 'absolute' && base === 0) return t.doubts.ofNothing;
  const worse = (than: number) => (draft.direction === 'up' ? figure < than : figure > than);
  const is = t.doubts.against[draft.direction];
  if (worse(start)) return t.doubts.againstStart(is, t.doubts.verbs[draft.direction]);
  return worse(last.figure) ? t.doubts.againstBefore(is, last.year) : '';
}
