// The yearly dialogue's papers: which year, what is due and what came, what each line says.
import { locale } from '../../ui/messages';
import { add, centsOf, euros, type Cents } from '../money/money';
import { day } from './days';
import { said, told } from './figure';
import type { Dialogue, DialogueMission, Objective, ObjectiveYear, Payment } from './kinds';
import { words } from './words';

const t = words.dialogue;

/** The years of a contract. */
export const years = [1, 2, 3, 4, 5] as const;

/** The contract year of a day, by the day of signature; the first before it, the fifth after the end. */
export function yearOf(signed: string, today: string): number {
  const whole = Number(today.slice(0, 4)) - Number(signed.slice(0, 4));
  const passed = today.slice(5) >= signed.slice(5) ? whole : whole - 1;
  return Math.min(5, Math.max(1, passed + 1));
}

/** The year an address asks for. */
export const askedYear = (text: string | undefined): number | undefined =>
  years.find((n) => String(n) === text);

/** What is due of a payment, in words: its amount, or the most it can be. */
export function dueOf({ amount, most }: Payment): string {
  if (amount !== undefined) return euros(centsOf(amount));
  return most === undefined ? words.none : t.most(euros(centsOf(most)));
}

/** What is known to be due, and what came. A void payment is not due any more. */
export function totalsOf(payments: Payment[]): { due: Cents; received: Cents } {
  const known = payments.filter(({ state }) => state !== 'void');
  return {
    due: add(...known.flatMap(({ amount }) => (amount === undefined ? [] : [centsOf(amount)]))),
    received: add(...payments.map(({ received }) => centsOf(received))),
  };
}

/** "184 jours sur 365" for a payment of a part of a year. */
export const partOfYear = ({ days, yearDays }: Payment): string =>
  days > 0 && days < yearDays ? t.ofYear(days, yearDays) : '';

const money = (amount: string | undefined) => (amount === undefined ? words.none : euros(centsOf(amount)));

/**
 * What an estimate is of the most, as a share that says it again: "75,6443 %" of 25 000 € is the estimate, to a
 * few cents. Cut before all of it, so that 100 % means all of it.
 */
function shareIn({ variable, estimate, share }: DialogueMission): string {
  if (share === undefined || variable === undefined || estimate === undefined) return words.none;
  const [most, part] = [centsOf(variable), centsOf(estimate)];
  if (most === 0) return words.none;
  const tenThousandths = Math.round((part / most) * 1_000_000);
  return percent(part < most ? Math.min(tenThousandths, 999_999) : tenThousandths);
}

function percent(tenThousandths: number): string {
  const decimals = String(tenThousandths % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return `${said(Math.floor(tenThousandths / 10_000) * 1000)}${decimals && `,${decimals}`}\u00a0%`;
}

/** A mission's variable part, as the cells of its line. */
export function variableOf(mission: DialogueMission) {
  const { variable, estimate, decided, decidedOn } = mission;
  return {
    variable: money(variable),
    share: shareIn(mission),
    estimate: money(estimate),
    decided:
      decided === undefined
        ? t.notDecided
        : decidedOn
          ? t.decidedOn(money(decided), day(decidedOn))
          : money(decided),
  };
}

/** What stands under a year's figure: the day it is true of. */
export function figureDay({ observation, measuredTo, counts }: ObjectiveYear): string {
  if (counts === undefined) return '';
  if (observation && observation.figure === counts) return day(observation.on);
  return measuredTo ? day(measuredTo) : '';
}

/** Where a year's figure comes from. */
export function figureSource({ observation, measured, measuredTo, counts }: ObjectiveYear): string {
  if (counts === undefined) return '';
  if (observation && (!observation.computed || measured !== counts)) return observation.source;
  return measuredTo ? t.measured(day(measuredTo)) : (observation?.source ?? '');
}

/** The objectives with a target in a year, and no figure yet. */
export const missingIn = (objectives: Objective[], year: number): number =>
  objectives.filter(({ years }) => {
    const one = years[year - 1];
    return one?.target !== undefined && one.counts === undefined;
  }).length;

/** Whether an objective stands in a year's variable part: it has a weight, and a target that year. */
const earns = ({ weight, years }: Objective, year: number) =>
  weight > 0 && years[year - 1]?.target !== undefined;

/** How many objectives count as nothing in the estimates shown, for want of a figure. */
export function countedAsNothing({ objectives, missions, year }: Dialogue): number {
  const estimated = new Set(missions.flatMap(({ mission, share }) => (share === undefined ? [] : [mission])));
  return objectives.filter(
    (one) => estimated.has(one.mission) && earns(one, year) && one.years[year - 1]!.counts === undefined,
  ).length;
}

/** What an objective weighs in a year's variable part, and why it does not. */
export const weightIn = (objective: Objective, year: number): { weight: string; why?: string } => {
  if (objective.weight === 0) return { weight: t.noWeight };
  const weight = objective.weight.toLocaleString(locale);
  return earns(objective, year) ? { weight } : { weight, why: t.noTarget };
};

/** "4 712", with its unit; a word where there is none yet. */
export const figureIn = (figure: string | undefined, objective: Objective, none: string): string =>
  figure === undefined ? none : told(figure, objective.unit);

/** What the record held, by names people know. */
export function stateOf(state: Dialogue['state'] = []): { name: string; value: string }[] {
  const names: Partial<Record<string, string>> = t.stateNames;
  return state.map(({ what, value }) => ({
    name: names[what] ?? what,
    value: value === 'true' ? t.yes : value === 'false' ? t.no : value,
  }));
}
