// Where marks of a timeline stand: payments on the line of their mission, flags of deadlines, the years.
import { daysBetween } from '../money/days';
import type { Calendar, Payment } from '../money/kinds';
import { deadlinesSeen, yearsAfter, type DeadlineSeen } from './calendar';

export interface Mark {
  payment: Payment;
  /** Along the whole, 0 the signature and 1 the end. */
  at: number;
  /** Its place among those of the same day on the line, and how many they are. */
  nth: number;
  of: number;
}
export interface Lane {
  code: string;
  label: string;
  marks: Mark[];
  flags: { at: number; deadline: DeadlineSeen }[];
}
export interface Timeline {
  lanes: Lane[];
  /** Contract years by their first day. */
  years: { year: number; from: string; at: number }[];
  /** Absent before the signature and after the end. */
  today?: number;
}

/** The timeline of a contract that runs some years from its signature, its lines in the order of some codes. */
export function timelineOf(
  { payments, deadlines, today }: Calendar,
  signed: string,
  years: number,
  order: string[] = [],
): Timeline {
  const end = yearsAfter(signed, years);
  const whole = daysBetween(signed, end);
  const at = (day: string) => Math.min(1, Math.max(0, daysBetween(signed, day) / whole));
  const seen = deadlinesSeen(deadlines, today);
  const labels = new Map<string, string>([
    ...payments.map(({ code, label }) => [code, label] as const),
    ...deadlines.map(({ mission, label }) => [mission, label] as const),
  ]);
  const rank = (code: string) => order.indexOf(code) + 1 || order.length + 1;
  const ordered = [...labels].sort(([a], [b]) => rank(a) - rank(b));
  return {
    lanes: ordered.map(([code, label]) => ({
      code,
      label,
      marks: marksOf(
        payments.filter((one) => one.code === code),
        at,
      ),
      flags: seen
        .filter((one) => one.mission === code)
        .map((deadline) => ({ at: at(deadline.by), deadline })),
    })),
    years: Array.from({ length: years }, (_, i) => {
      const from = yearsAfter(signed, i);
      return { year: i + 1, from, at: at(from) };
    }),
    today: today >= signed && today <= end ? at(today) : undefined,
  };
}

function marksOf(payments: Payment[], at: (day: string) => number): Mark[] {
  const days = new Map<string, Payment[]>();
  for (const one of payments) days.set(one.on, [...(days.get(one.on) ?? []), one]);
  return [...days].flatMap(([on, some]) =>
    some.map((payment, nth) => ({ payment, at: at(on), nth, of: some.length })),
  );
}

/** A name on as many lines of a width as it needs, none of its words cut, at about half an em a letter. */
export function wrapped(name: string, width: number, em: number): string[] {
  const most = Math.floor(width / (0.5 * em));
  return name.split(' ').reduce<string[]>((rows, word) => {
    const longer = `${rows.at(-1)} ${word}`;
    return rows.length > 0 && longer.length <= most ? [...rows.slice(0, -1), longer] : [...rows, word];
  }, []);
}
