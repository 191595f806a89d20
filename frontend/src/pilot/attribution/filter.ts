import type { MTRequest, MTState } from './kinds';

/** The states as a nurse works through them. */
export const groups = ['received', 'waiting', 'proposed', 'accepted', 'ended'] as const;
export type Group = (typeof groups)[number];

export const statesOf: Record<Group, MTState[]> = {
  received: ['received'],
  waiting: ['qualified', 'waiting'],
  proposed: ['proposed'],
  accepted: ['accepted'],
  ended: ['attached', 'closed'],
};

/** What the list shows. `tier` 0 and `commune` "" are all of them. */
export interface Filter {
  group: Group;
  tier: number;
  commune: string;
}

/** The group in which a request is found. */
export const groupOf = (state: MTState): Group => groups.find((group) => statesOf[group].includes(state))!;

/** Whether a request belongs in the list that the filter shows, as after a step that moved it. */
export function fits(request: Pick<MTRequest, 'state' | 'tier' | 'commune'>, filter: Filter): boolean {
  return (
    statesOf[filter.group].includes(request.state) &&
    (filter.tier === 0 || filter.tier === request.tier) &&
    (filter.commune === '' || filter.commune === request.commune)
  );
}

/** The query of a page of the list. */
export function queryOf(territory: string, { group, tier, commune }: Filter, cursor?: string) {
  return {
    territory,
    state: statesOf[group],
    tier: tier || undefined,
    commune: commune || undefined,
    cursor,
    limit: 100,
  };
}

/** How many of the list are in each tier, the first tier first. */
export function perTier(list: Pick<MTRequest, 'tier'>[]): [tier: number, count: number][] {
  const counts = new Map<number, number>();
  for (const { tier } of list) counts.set(tier, (counts.get(tier) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}
