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
}

/** The GP of a line: the one chosen by hand, else the plan's. */
export const gpOf = ({ patient, proposal }: Line, { chosen }: Pick<Marks, 'chosen'>): string | undefined =>
  chosen.get(patient.request)?.practitioner ?? proposal?.practitioner;

/** Whether a line can be ticked and sent: it seeks, has a GP, and was not sent from here. */
export const sendable = (line: Line, marks: Pick<Marks, 'chosen' | 'sent'>): boolean =>
  seeks(line.patient) && gpOf(line, marks) !== undefined && !marks.sent.get(line.patient.request)?.offer;

/** The ticked lines that can be sent, as they are sent. */
export function toSend(lines: Line[], marks: Marks): { request: string; practitioner: string }[] {
  return lines
    .filter((line) => marks.ticked.has(line.patient.request) && sendable(line, marks))
    .map((line) => ({ request: line.patient.request, practitioner: gpOf(line, marks)! }));
}

/** How many ticked lines go to each GP. */
export function plannedFor(lines: Line[], marks: Marks): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { practitioner } of toSend(lines, marks)) {
    counts.set(practitioner, (counts.get(practitioner) ?? 0) + 1);
  }
  return counts;
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
