import type { Practitioner } from '../../api/types';
import type { ScheduleLine } from '../money/kinds';
import { codeName } from './ground.svelte';
import type { EntryLine, FiscalYear } from './kinds';
import { words } from './words';

/** What gives codes and ids their names. */
export interface Names {
  lines: ScheduleLine[];
  years: FiscalYear[];
  people: Practitioner[];
  zone: string;
}

/** What a line is about, in words, one each. */
export function aboutOf(line: EntryLine, { lines, people }: Names): string[] {
  return [
    line.mission && line.mission !== line.envelope ? codeName(lines, line.mission) : '',
    line.envelope ? codeName(lines, line.envelope) : '',
    line.budget ? words.budgets[line.budget] : '',
    line.contractYear ? words.entry.contractYear(line.contractYear) : '',
    line.person ? (people.find(({ id }) => id === line.person)?.name ?? words.entry.someone) : '',
  ].filter(Boolean);
}
