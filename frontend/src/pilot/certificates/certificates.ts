// Acts that the regulation sent, as certificates say them: by doctor, with what each earned and why.
import { locale } from '../../ui/messages';
import { addDays, clock, dayOf, hour } from '../../ui/time';
import type { components } from '../../api/schema';
import { byFamily } from '../figures';
import { add, centsOf, inFile, type Cents } from '../money/money';
import type { Column } from '../sheet';
import { words as pilot } from '../words';
import { words } from './words.fr';

export type Certificate = components['schemas']['Certificate'];
export type Majoration = Certificate['majorations'][number];

const day = (civil: string) => civil.split('-').reverse().join('/');

/** The majorations of an act, added up. */
export const amountOf = ({ majorations }: Certificate): Cents =>
  add(...majorations.map(({ amount }) => centsOf(amount)));

/** A doctor's acts of a month. */
export interface Acts {
  practitioner: string;
  name: string;
  rpps: string;
  acts: Certificate[];
  earning: number;
  total: Cents;
}

/** The acts of each doctor, doctors by family name, acts by their hour. */
export function byDoctor(items: Certificate[]): Acts[] {
  const doctors = new Map<string, Certificate[]>();
  for (const item of items) doctors.set(item.practitioner, [...(doctors.get(item.practitioner) ?? []), item]);
  return [...doctors]
    .map(([practitioner, acts]) => ({
      practitioner,
      name: acts[0]!.practitionerName ?? words.unnamed,
      rpps: acts[0]!.rpps ?? '',
      acts: acts.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start)),
      earning: acts.filter(({ majorations }) => majorations.length > 0).length,
      total: add(...acts.map(amountOf)),
    }))
    .sort((a, b) => byFamily(a.name, b.name));
}

/** "23/11/2026 à 14 h 05" */
export const momentOf = (at: string, zone: string): string => `${day(dayOf(at, zone))} à ${hour(at, zone)}`;

/** "2 h 05", "40 min"; days beyond two of them. */
export function delayInWords(minutes: number): string {
  const days = Math.floor(minutes / 1440);
  return days < 2 ? pilot.minutes(minutes) : `${days} j ${Math.floor((minutes % 1440) / 60)} h`;
}

/** Why an act earned a majoration, in the order the scheme gives. Its number in the week says more than "under the cap". */
export const becauseInWords = ({ because, nth }: Majoration): string =>
  because
    .map((reason) => (reason === 'under_cap' && nth ? words.nth(nth) : words.because[reason]))
    .join(', ');

/** "novembre 2026" */
export const monthInWords = (month: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    new Date(`${month}-01T12:00:00Z`),
  );

/** The months one can choose: today's and the 23 before, newest first, and the one asked for. */
export function monthsOf(today: string, asked: string): string[] {
  const months: string[] = [];
  for (let at = today.slice(0, 7); months.length < 24; at = addDays(`${at}-01`, -1).slice(0, 7))
    months.push(at);
  return months.includes(asked) ? months : [...months, asked].sort().reverse();
}

/** The month an address asks for, if it is one. */
export const askedMonth = (text: string | undefined): string | undefined =>
  text && /^20\d\d-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;

/** The columns of the file: an act a line, no patient. */
export const fileColumns = (zone: string): Column<Certificate>[] => {
  const c = words.columns;
  return [
    { name: c.doctor, cell: ({ practitionerName }) => practitionerName ?? words.unnamed },
    { name: c.rpps, cell: ({ rpps }) => rpps ?? null },
    { name: c.day, cell: ({ start }) => dayOf(start, zone) },
    { name: c.hour, cell: ({ start }) => clock(start, zone) },
    { name: c.bookedDay, cell: ({ bookedAt }) => dayOf(bookedAt, zone) },
    { name: c.bookedHour, cell: ({ bookedAt }) => clock(bookedAt, zone) },
    { name: c.delayMinutes, cell: ({ delayMinutes }) => delayMinutes },
    { name: c.ownMT, cell: ({ ownMT }) => (ownMT ? words.yes : words.no) },
    {
      name: c.majorations,
      cell: ({ majorations }) => majorations.map(({ name }) => name).join(', ') || null,
    },
    { name: c.because, cell: ({ majorations }) => majorations.map(becauseInWords).join(' ; ') || null },
    { name: c.payer, cell: ({ majorations }) => majorations.map(({ payer }) => payer).join(', ') || null },
    { name: c.amountEuros, cell: (act) => inFile(amountOf(act)) },
  ];
};
