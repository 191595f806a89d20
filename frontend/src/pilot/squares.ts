import { capital, share } from './figures';
import type { Square } from './Matrix.svelte';
import type { FillRow } from './reports';
import { words } from './words';

/** The seats taken and offered in a part of the week as a square; none where nothing was offered. */
export function shareSquare(row: FillRow | undefined): Square | undefined {
  if (!row || row.offered === 0) return;
  return {
    text: share(row.fill),
    sub: `${row.taken}/${row.offered}`,
    level: row.fill,
    words: words.fill.bar(capital(row.label), row.taken, row.offered, share(row.fill)),
  };
}
