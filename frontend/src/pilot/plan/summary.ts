// What stands above the lines of a plan.
import { locale } from '../../ui/messages';
import { dayInWords, dayOf, hour } from '../../ui/time';
import { count } from '../figures';
import type { Tile } from '../Tiles.svelte';
import type { Plan } from './kinds';
import { seeks, type Line, type Marks, type TierGroup } from './lines';
import { words } from './words';

const t = words.plan;

/** When it was computed, by whom, and after which rule. */
export function madeOf({ at, by, rule }: Pick<Plan, 'at' | 'by' | 'rule'>, zone: string): string {
  const day = (date: string) => `${dayInWords(date, locale)} ${date.slice(0, 4)}`;
  return `${t.made(day(dayOf(at, zone)), hour(at, zone), by)} · ${t.rule(day(rule))}.`;
}

/** Placed of all, tier by tier, places left, and what was offered since. */
export function tilesOf(plan: Plan, groups: TierGroup[], marks: Pick<Marks, 'sent'>): Tile[] {
  const tiles: Tile[] = [
    { name: t.placed, value: count(plan.served.length), hints: [t.of(plan.seekers)], main: true },
    ...groups.map(({ tier, served, unserved }) => ({
      name: words.tier(tier),
      value: t.tierOf(served.length, served.length + unserved.length),
    })),
    {
      name: t.left,
      value: count(Math.max(0, plan.places - plan.served.length)),
      hints: [t.leftHint(plan.places, plan.gps)],
    },
  ];
  const lines = [...plan.served, ...plan.unserved];
  const sent = lines.filter(
    ({ patient }) => patient.state === 'proposed' || marks.sent.get(patient.request)?.offer,
  ).length;
  return sent > 0 ? [...tiles, { name: t.sent, value: count(sent), hints: [t.sentHint] }] : tiles;
}

/** How many lines changed since, other than by what was sent from here. */
export const staleOf = ({ lines, sent }: { lines: Line[] } & Pick<Marks, 'sent'>): number =>
  lines.filter(({ patient }) => !seeks(patient) && !sent.get(patient.request)?.offer).length;
