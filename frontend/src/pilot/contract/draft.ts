// What the form of the contract holds, between what the service keeps and what a person types.
import type { Wrongs } from '../forms/attempt.svelte';
import { dateOf } from '../money/days';
import { amountIn } from '../money/field';
import type { Contract, ContractView, Schedule, ScheduleLine } from '../money/kinds';
import { centsOf, typedOf, wireOf } from '../money/money';
import { yearsAfter } from './calendar';
import { words } from './words.fr';

export interface Draft {
  schedule: string;
  signed: string;
  taille: number;
  /** First day by mission, "" for one that did not start. */
  starts: Record<string, string>;
  /** Day of full deployment by mission, "" for one that is not. */
  deployed: Record<string, string>;
  /** As typed, by code; "" for what the schedule says. */
  amounts: Record<string, string>;
  schemes: string[];
  siren: string;
}

export type Slot =
  'schedule' | 'signed' | 'taille' | 'siren' | `start ${string}` | `deployed ${string}` | `amount ${string}`;

/** What the form starts with: the contract, or nothing but the first schedule. */
export function draftOf({ contract, schedules }: Pick<ContractView, 'contract' | 'schedules'>): Draft {
  return {
    schedule: contract?.schedule ?? schedules[0]?.code ?? '',
    signed: contract?.signed ?? '',
    taille: contract?.taille ?? 1,
    starts: Object.fromEntries((contract?.starts ?? []).map(({ mission, on }) => [mission, on])),
    deployed: Object.fromEntries(
      (contract?.starts ?? []).map(({ mission, deployed }) => [mission, deployed ?? '']),
    ),
    amounts: Object.fromEntries(
      (contract?.amounts ?? []).map(({ code, amount }) => [code, typedOf(centsOf(amount))]),
    ),
    schemes: [...(contract?.schemes ?? [])],
    siren: contract?.siren ?? '',
  };
}

/** The missions of a schedule. */
export const missionsOf = (schedule: Schedule): ScheduleLine[] =>
  schedule.lines.filter(({ kind }) => kind === 'mission');

/** What a schedule says of a line for a taille, undefined where nobody confirmed it. */
export const cellOf = ({ amounts }: ScheduleLine, taille: number): number | undefined => {
  const cell = amounts[taille - 1];
  return cell ? centsOf(cell) : undefined;
};

/** What is wrong with a draft, by field, in words; the service looks at the rest. */
export function wrongsIn(draft: Draft, schedule: Schedule | undefined, today: string): Wrongs<Slot> {
  const wrongs: Wrongs<Slot> = {};
  if (!schedule) wrongs.schedule = words.wrong.schedule;
  if (!draft.signed) wrongs.signed = words.wrong.signed;
  if (sirenOf(draft) && !/^\d{9}$/.test(sirenOf(draft))) wrongs.siren = words.wrong.siren;
  const end = draft.signed && schedule ? yearsAfter(draft.signed, schedule.years) : '';
  for (const [mission, on] of Object.entries(draft.starts)) {
    if (on && draft.signed && on < draft.signed) wrongs[`start ${mission}`] = words.wrong.before;
    else if (on && end && on >= end) wrongs[`start ${mission}`] = words.wrong.after(dateOf(end));
  }
  for (const [mission, on] of Object.entries(draft.deployed)) {
    if (!on) continue;
    const start = draft.starts[mission];
    if (!start) wrongs[`start ${mission}`] = words.wrong.noStart;
    else if (on < start) wrongs[`deployed ${mission}`] = words.wrong.deployedBefore;
    else if (end && on >= end) wrongs[`deployed ${mission}`] = words.wrong.after(dateOf(end));
    else if (on > today) wrongs[`deployed ${mission}`] = words.wrong.deployedLater;
  }
  for (const [code, typed] of Object.entries(draft.amounts)) {
    const { wrong } = amountIn(typed, { optional: true, zero: true });
    if (wrong) wrongs[`amount ${code}`] = wrong;
  }
  return wrongs;
}

// Numbers are often copied with their spaces.
const sirenOf = ({ siren }: Draft) => siren.replace(/\s/g, '');

/** The contract to send, from a draft that is right. What the schedule does not know is left out. */
export function contractOf(draft: Draft, territory: string, schedule: Schedule, revision = 0): Contract {
  const missions = new Set(missionsOf(schedule).map(({ code }) => code));
  const codes = new Set(schedule.lines.map(({ code }) => code));
  return {
    territory,
    schedule: draft.schedule,
    signed: draft.signed,
    taille: draft.taille,
    starts: Object.entries(draft.starts)
      .filter(([mission, on]) => on && missions.has(mission))
      .map(([mission, on]) => ({ mission, on, deployed: draft.deployed[mission] || undefined })),
    amounts: Object.entries(draft.amounts).flatMap(([code, typed]) => {
      const { cents } = amountIn(typed, { optional: true, zero: true });
      return cents === undefined || !codes.has(code) ? [] : [{ code, amount: wireOf(cents) }];
    }),
    schemes: draft.schemes,
    siren: sirenOf(draft) || undefined,
    revision,
  };
}

const sorted = (schemes: string[] = []) => schemes.toSorted().join(' ');
const byCode = (of: Record<string, string>, code: string) => of[code] ?? '';

/** What two drafts say differently, in words. */
export function differences(mine: Draft, theirs: Draft, schedule: Schedule): string[] {
  const f = words.fields;
  const differs: string[] = [];
  if (mine.signed !== theirs.signed) differs.push(f.signed);
  if (mine.schedule !== theirs.schedule) differs.push(f.schedule);
  if (mine.taille !== theirs.taille) differs.push(f.taille);
  if (sirenOf(mine) !== sirenOf(theirs)) differs.push(f.siren);
  if (sorted(mine.schemes) !== sorted(theirs.schemes)) differs.push(f.schemes);
  for (const { code, label } of schedule.lines) {
    if (byCode(mine.starts, code) !== byCode(theirs.starts, code)) differs.push(f.start(label));
    if (byCode(mine.deployed, code) !== byCode(theirs.deployed, code)) differs.push(f.deployed(label));
    if (amountSaid(mine, code) !== amountSaid(theirs, code)) differs.push(f.amount(label));
  }
  return differs;
}

const amountSaid = ({ amounts }: Draft, code: string) =>
  amountIn(byCode(amounts, code), { optional: true, zero: true }).cents;

/** Where the service's refusals of a contract belong. */
export function placeOf(fields: { name: string; message?: string }[], draft: Draft) {
  const wrongs: Wrongs<Slot> = {};
  const rest: string[] = [];
  for (const { name, message = '' } of fields) {
    const slot = slotOf(name, draft);
    if (slot) wrongs[slot] ??= message;
    else if (message) rest.push(message);
  }
  return { wrongs, rest };
}

// A field of a list is named by its code or by its place in what was sent: "amounts.crise", "starts[1].on",
// "starts[1].deployed".
function slotOf(name: string, { starts, amounts }: Draft): Slot | undefined {
  if (['schedule', 'signed', 'taille', 'siren'].includes(name)) return name as Slot;
  const found = /^(starts|amounts)[.[]([\w-]+)/.exec(name);
  if (!found) return;
  const began = name.endsWith('.deployed') ? ('deployed' as const) : ('start' as const);
  const [list, kind] = found[1] === 'starts' ? [starts, began] : [amounts, 'amount' as const];
  const sent = Object.entries(list).filter(([, said]) => said);
  const code = /^\d+$/.test(found[2]!) ? sent[Number(found[2])]?.[0] : found[2]!;
  return code === undefined ? undefined : `${kind} ${code}`;
}
