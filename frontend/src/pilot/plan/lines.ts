// A plan as one looks through it: its lines by tier, what a nurse changed, and what may be sent.
import type { Choice, Plan, Proposal, Sent, Summary, Unserved } from './kinds';

/** One patient of a plan, with a GP or with why none. */
export interface Line {
  patient: Summary;
  proposal?: Proposal;
  hurdles?: Unserved['hurdles'];
}

/** The lines of one tier, placed and not, each in order of priority. */
export interface TierGroup {
  tier: number;
  served: Line[];
  unserved: Line[];
}

/** The lines by tier, the first tier first. */
export function byTier({ served, unserved }: Pick<Plan, 'served' | 'unserved'>): TierGroup[] {
  const tiers = new Map<number, TierGroup>();
  const at = (tier: number) => {
    const found = tiers.get(tier) ?? { tier, served: [], unserved: [] };
    tiers.set(tier, found);
    return found;
  };
  for (const proposal of served) {
    at(proposal.patient.tier).served.push({ patient: proposal.patient, proposal });
  }
  for (const { patient, hurdles } of unserved) at(patient.tier).unserved.push({ patient, hurdles });
  return [...tiers.values()].sort((a, b) => a.tier - b.tier);
}

/** Whether a request still seeks: offered, accepted or ended ones are no longer to be sent. */
export const seeks = ({ state }: Pick<Summary, 'state'>) => state === 'qualified' || state === 'waiting';

/** What the review holds of each request, by id. */
export interface Marks {
  ticked: ReadonlySet<string>;
  /** GPs chosen by hand. */
  chosen: ReadonlyMap<string, Choice>;
  sent: ReadonlyMap<string, Sent>;
  /** Lines whose place went to another patient, by their request. */
  given: ReadonlyMap<string, Given>;
}

/** A place with a GP that a nurse gave to another patient, and to whom. */
export interface Given {
  practitioner: string;
  to: string;
}

/** The GP of a line: the one chosen by hand, else the plan's. */
export const gpOf = ({ patient, proposal }: Line, { chosen }: Pick<Marks, 'chosen'>): string | undefined =>
  chosen.get(patient.request)?.practitioner ?? proposal?.practitioner;

/** Whether the place of a line went to another patient, and no other GP was chosen since. */
export function isGiven(line: Line, marks: Pick<Marks, 'chosen' | 'given'>): boolean {
  const given = marks.given.get(line.patient.request);
  return given !== undefined && given.practitioner === gpOf(line, marks);
}

/** Whether a line can be ticked and sent: it seeks, has a GP and a place, and was not sent from here. */
export const sendable = (line: Line, marks: Omit<Marks, 'ticked'>): boolean =>
  seeks(line.patient) &&
  gpOf(line, marks) !== undefined &&
  !isGiven(line, marks) &&
  !marks.sent.get(line.patient.request)?.offer;

/** The GP who has the offer of a line, or accepted it: perhaps not the one of the plan. */
export const holderOf = ({ patient }: Line, { sent }: Pick<Marks, 'sent'>): string | undefined => {
  const here = sent.get(patient.request);
  return patient.practitioner ?? (here?.offer ? here.practitioner : undefined);
};

/** The ticked lines that can be sent, as they are sent. */
export function toSend(lines: Line[], marks: Marks): { request: string; practitioner: string }[] {
  return lines
    .filter((line) => marks.ticked.has(line.patient.request) && sendable(line, marks))
    .map((line) => ({ request: line.patient.request, practitioner: gpOf(line, marks)! }));
}

/** For whom the plan keeps places of each GP, ticked or not; without one request, whose GP is to change. */
export function plannedFor(lines: Line[], marks: Omit<Marks, 'ticked'>, without = ''): Map<string, Line[]> {
  const planned = new Map<string, Line[]>();
  for (const line of lines) {
    if (line.patient.request === without || !sendable(line, marks)) continue;
    const gp = gpOf(line, marks)!;
    planned.set(gp, [...(planned.get(gp) ?? []), line]);
  }
  return planned;
}

/**
 * Whose place is taken by one more patient of a GP who has `left` of them: nobody's while one is free,
 * else that of the last line in order, those that were neither ticked nor chosen by hand first.
 */
export function loserOf(
  planned: Line[] | undefined,
  left: number,
  { ticked, chosen }: Pick<Marks, 'ticked' | 'chosen'>,
): Line | undefined {
  if (!planned || planned.length < left) return undefined;
  const id = ({ patient }: Line) => patient.request;
  return (
    planned.findLast((line) => !ticked.has(id(line)) && !chosen.has(id(line))) ??
    planned.findLast((line) => !chosen.has(id(line))) ??
    planned.at(-1)
  );
}

/** The places that a choice by hand takes from others, besides those given before. */
export function givenBy(lines: Line[], marks: Marks, request: string, choice: Choice): Marks['given'] {
  const given = new Map([...marks.given].filter(([, { to }]) => to !== request));
  const { chosen, sent } = marks; // by name: a review's fields are getters, which a spread leaves out
  const planned = plannedFor(lines, { chosen, sent, given }, request).get(choice.practitioner);
  const loser = loserOf(planned, choice.left, marks);
  return loser ? given.set(loser.patient.request, { practitioner: choice.practitioner, to: request }) : given;
}

/** The most lines of one sending. */
export const mostAtOnce = 200;

/** A list in parts of at most `most`. */
export function parts<T>(list: T[], most = mostAtOnce): T[][] {
  const all: T[][] = [];
  for (let at = 0; at < list.length; at += most) all.push(list.slice(at, at + most));
  return all;
}

/** The first lines of the groups, `most` in all: a long plan is drawn piece by piece. */
export function firstOf(groups: TierGroup[], most: number): TierGroup[] {
  let room = most;
  return groups.map(({ tier, served, unserved }) => {
    const some = served.slice(0, room);
    room -= some.length;
    const others = unserved.slice(0, room);
    room -= others.length;
    return { tier, served: some, unserved: others };
  });
}

/** The requests whose tick still means the same in another plan: they seek, and go to the same GP. */
export function stillTicked(before: Line[], after: Line[], marks: Marks): string[] {
  const gps = new Map(before.map((line) => [line.patient.request, gpOf(line, marks)]));
  return after
    .filter((line) => seeks(line.patient) && marks.ticked.has(line.patient.request))
    .filter((line) => gpOf(line, marks) !== undefined && gpOf(line, marks) === gps.get(line.patient.request))
    .map(({ patient }) => patient.request);
}

/** All lines of a plan, in order of priority by tier. */
export const allLines = (groups: TierGroup[]): Line[] =>
  groups.flatMap(({ served, unserved }) => [...served, ...unserved]);
