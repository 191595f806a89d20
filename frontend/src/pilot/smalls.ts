import { count, share } from './figures';
import type { Small } from './Multiples.svelte';
import type { FillReport, FillRow } from './reports';
import { words } from './words';

const t = words.columns;
const shared = (title: string, field: 'fill' | 'within24h', { rows, total }: FillReport): Small => ({
  title,
  values: rows.map((row) => row[field]),
  whole: total[field],
  said: share,
  top: 1,
});
const counted = (
  title: string,
  field: 'offered' | 'casesWithoutSolution' | 'practitioners' | 'noShow',
  { rows, total }: FillReport,
): Small => ({ title, values: rows.map((row) => row[field]), whole: total[field], said: count });

/** What a coordinator follows over time. */
export const overTime = (report: FillReport): Small[] => [
  shared(t.fill, 'fill', report),
  counted(t.offered, 'offered', report),
  counted(t.practitioners, 'practitioners', report),
  shared(t.within24h, 'within24h', report),
  counted(t.casesWithoutSolution, 'casesWithoutSolution', report),
  counted(t.noShow, 'noShow', report),
];

/** From the call to the appointment. */
export const delays = (report: FillReport): Small[] => [
  {
    title: t.medianDelay,
    values: report.rows.map((row: FillRow) => row.medianDelayMinutes),
    whole: report.total.medianDelayMinutes,
    said: words.minutes,
  },
  shared(t.within24h, 'within24h', report),
];
