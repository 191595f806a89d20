// What stands above the lines of a plan.
import { locale } from '../../ui/messages';
import { dayInWords, dayOf, hour } from '../../ui/time';
import { count } from '../figures';
import type { Tile } from '../Tiles.svelte';
import type { Plan } from './kinds';
import { holderOf, seeks, type Line, type Marks, type TierGroup } from './lines';
import { words } from './words';

const t = words.plan;

/** When it was computed, by whom, and after which rule. */
export function madeOf({ at, by, rule }: Pick<Plan, 'at' | 'by' | 'rule'>, zone: string): string {
  const day = (date: string) => `${dayInWords(date, locale)} ${date.slice(0, 4)}`;
  return `${t.made(day(dayOf(at, zone)), hour(at, zone), by)} · ${t.rule(day(rule))}.`;
}

/** Placed of all, tier by tier, what was offered of them since, and places left. */
export function tilesOf(plan: Plan, groups: TierGroup[], marks: Pick<Marks, 'sent'>): Tile[] {
  const held = (lines: Line[]) => lines.filter((line) => holderOf(line, marks)).length;
  const since = (served: number, others: number) => [
    ...(served > 0 ? [t.since(served)] : []),
    ...(others > 0 ? [t.moreSince(others)] : []),
  ];
  const served = groups.flatMap((group) => group.served);
  const others = groups.flatMap((group) => group.unserved);
  const needed = served.filter((line) => seeks(line.patient) || holderOf(line, marks)).length + held(others);
  return [
    {
      name: t.placed,
      value: count(plan.served.length),
      hints: [t.of(plan.seekers), ...since(held(served), held(others))],
      main: true,
    },
    ...groups.map((group) => ({
      name: words.tier(group.tier),
      value: t.tierOf(group.served.length, group.served.length + group.unserved.length),
      hints: since(held(group.served), held(group.unserved)),
    })),
    {
      name: t.left,
      value: count(Math.max(0, plan.places - needed)),
      hints: [t.leftHint(plan.places, plan.gps)],
    },
  ];
}

/** How many lines changed since, other than by what was sent from here. */
export const staleOf = ({ lines, sent }: { lines: Line[] } & Pick<Marks, 'sent'>): number =>
  lines.filter(({ patient }) => !seeks(patient) && !sent.get(patient.request)?.offer).length;
