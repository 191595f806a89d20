// What the pages of the books need besides entries: fiscal years with their charts, and the codes of the contract.
import { api } from '../../api/client';
import { reading, type Asked } from '../ask.svelte';
import type { ContractView, ScheduleLine } from '../money/kinds';
import type { FiscalYear } from './kinds';

/** The fiscal years of a territory, the latest first. */
export const yearsOf = (territory: () => string): Asked<FiscalYear[]> =>
  reading(
    () => `funding years ${territory()}`,
    async (signal) => {
      const { items } = await api.get('/funding/years', { query: { territory: territory() }, signal });
      return items.toSorted((a, b) => b.first.localeCompare(a.first));
    },
  );

export const contractOf = (territory: () => string): Asked<ContractView> =>
  reading(
    () => `funding contract ${territory()}`,
    (signal) => api.get('/funding/contract', { query: { territory: territory() }, signal }),
  );

/** The lines of the schedule that the contract follows; of the only one there is while there is no contract. */
export function linesOf(view: ContractView | undefined): ScheduleLine[] {
  const code = view?.contract?.schedule ?? view?.schedules[0]?.code;
  return view?.schedules.find((one) => one.code === code)?.lines ?? [];
}

/** How a code of the schedule is called; the code itself when the schedule does not know it. */
export const codeName = (lines: ScheduleLine[], code: string) =>
  lines.find((one) => one.code === code)?.label ?? code;

/** How an account is called in the chart of a fiscal year; "" when it has none of this number. */
export const nameOfAccount = (years: FiscalYear[], year: number, number: string) =>
  years.find((one) => one.year === year)?.accounts.find((one) => one.number === number)?.name ?? '';
