// What is typed about an objective, before it is one.
import { placedAt } from '../money/place';
import type { Wrongs } from '../forms/attempt.svelte';
import { asTyped, figureOf, typedIn } from './figure';
import type { Direction, NewObjective, Objective, ObjectiveTarget, Series, Unit } from './kinds';
import { pathOf } from './target';
import { words } from './words';

const t = words.form.wrong;

export interface DraftTarget {
  kind: ObjectiveTarget['kind'];
  value: string;
}

export interface Draft {
  label: string;
  code: string;
  mission: string;
  unit: Unit;
  direction: Direction;
  series: Series | '';
  baseline: string;
  baseOn: string;
  source: string;
  targets: DraftTarget[];
  weight: string;
  comment: string;
}

export type Slot = Exclude<keyof Draft, 'targets'> | `targets[${number}]`;

export const slots: readonly Slot[] = [
  'label',
  'code',
  'mission',
  'unit',
  'direction',
  'series',
  'baseline',
  'baseOn',
  'source',
  'weight',
  'comment',
  ...[0, 1, 2, 3, 4].map((i): Slot => `targets[${i}]`),
];

/** Puts the service's refusals at their fields; "targets.2.value" and "targets[2]" are of the third target. */
export const place: ReturnType<typeof placedAt<Slot>> = (fields) =>
  placedAt(slots)(
    fields.map((field) => {
      const target = /^targets[.[](\d)/.exec(field.name)?.[1];
      return target ? { ...field, name: `targets[${target}]` } : field;
    }),
  );

/** An objective's answers to be changed, or those a new one starts with. */
export function draftOf(objective?: Objective, mission = ''): Draft {
  return {
    label: objective?.label ?? '',
    code: objective?.code ?? '',
    mission: objective?.mission ?? mission,
    unit: objective?.unit ?? 'count',
    direction: objective?.direction ?? 'up',
    series: objective?.series ?? '',
    baseline: asTyped(objective?.baseline),
    baseOn: objective?.baseOn ?? '',
    source: objective?.source ?? '',
    targets: Array.from({ length: 5 }, (_, i) => ({
      kind: objective?.targets[i]?.kind ?? 'none',
      value: asTyped(objective?.targets[i]?.value),
    })),
    weight: String(objective?.weight ?? 1),
    comment: objective?.comment ?? '',
  };
}

/** What the record counts in, by its series. */
export const unitOf = (series: Series): Unit => (series === 'snp.fill' ? 'percent' : 'count');

/** A code out of a label, for those who do not mind which: "Vaccination ROR" is "vaccination-ror". */
export const codeOf = (label: string): string =>
  label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');

/** The targets typed, as the contract has them; undefined for one that is not to be read. */
export const targetsOf = (draft: Draft): (ObjectiveTarget | undefined)[] =>
  draft.targets.map(({ kind, value }) => {
    if (kind === 'none') return { kind };
    const figure = typedIn(value, unitIn(kind, draft.unit));
    return figure === undefined ? undefined : { kind, value: figureOf(figure) };
  });

/** What a target is typed in: a change is a percentage, whatever it is a change of. */
const unitIn = (kind: DraftTarget['kind'], unit: Unit): Unit => (kind === 'absolute' ? unit : 'percent');

/** The start as it is typed. */
export const baselineIn = ({ baseline, unit }: Draft) => typedIn(baseline, unit);

/** The figures that the targets typed so far come to; undefined where there is none, or none yet. */
export function previewOf(draft: Draft): (number | undefined)[] {
  const baseline = baselineIn(draft);
  if (baseline === undefined || baseline < 0) return [];
  const targets = targetsOf(draft).map((target) => target ?? { kind: 'none' as const });
  return pathOf(baseline, targets, draft.unit);
}

/** What is wrong with the answers, by field. */
export function wrongIn(draft: Draft): Wrongs<Slot> {
  const wrongs: Wrongs<Slot> = {};
  if (draft.label.trim().length < 3) wrongs.label = t.label;
  if (!/^[a-z0-9-]{2,40}$/.test(draft.code.trim() || codeOf(draft.label))) wrongs.code = t.code;
  if (!draft.mission) wrongs.mission = t.mission;
  if (draft.series && unitOf(draft.series) !== draft.unit)
    wrongs.unit = t.unit(words.form.units[unitOf(draft.series)]);
  const base = figureWrong(draft.baseline, draft.unit);
  if (base) wrongs.baseline = base;
  if (!/^\d{4}-\d\d-\d\d$/.test(draft.baseOn)) wrongs.baseOn = t.baseOn;
  if (draft.source.trim().length < 3) wrongs.source = t.source;
  if (!/^\d{1,4}$/.test(draft.weight.trim()) || Number(draft.weight) > 1000) wrongs.weight = t.weight;
  if (draft.comment.trim().length > 1000) wrongs.comment = t.comment;
  draft.targets.forEach((target, i) => {
    const wrong = targetWrong(target, draft.unit);
    if (wrong) wrongs[`targets[${i}]`] = wrong;
  });
  return wrongs;
}

/** What is wrong with a figure typed in a unit, in words; empty when nothing is. */
export function figureWrong(typed: string, unit: Unit): string {
  if (!typed.trim()) return t.missing;
  const figure = typedIn(typed, unit);
  if (figure === undefined) return t.figure;
  if (figure < 0) return t.negative;
  return unit === 'percent' && figure > 100_000 ? t.percent : '';
}

function targetWrong({ kind, value }: DraftTarget, unit: Unit): string {
  if (kind === 'none') return '';
  if (kind === 'absolute') return figureWrong(value, unit);
  if (!value.trim()) return t.missing;
  const change = typedIn(value, 'percent');
  if (change === undefined) return t.figure;
  return change < -100_000 || change > 1_000_000 ? t.change : '';
}

/** The objective to send, of answers without anything wrong. */
export function bodyOf(draft: Draft, territory: string): NewObjective {
  return {
    territory,
    code: draft.code.trim() || codeOf(draft.label),
    label: draft.label.trim(),
    mission: draft.mission,
    unit: draft.unit,
    direction: draft.direction,
    baseline: figureOf(baselineIn(draft)!),
    baseOn: draft.baseOn,
    source: draft.source.trim(),
    targets: targetsOf(draft).map((target) => target!),
    weight: Number(draft.weight),
    series: draft.series || undefined,
    comment: draft.comment.trim() || undefined,
  };
}
