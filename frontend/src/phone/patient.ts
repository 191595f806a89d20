import type { Booking, Commune } from '../api/types';
import { pairs } from '../ui/phone-number';
import { age } from '../ui/time';
import { words } from './words.fr';

// The server's rule (regulation.Rules.EarlyBefore): sooner it would refuse.
const early = 15 * 60_000;

/** Whether a visit may be told honoured or not: from a quarter of an hour before its start on. */
export function canTell({ start, state }: Pick<Booking, 'start' | 'state'>, now: Date): boolean {
  return state !== 'cancelled' && Date.parse(start) - early <= now.getTime();
}

/** What became of someone booked: "unsaid" once their visit is over and nobody told whether they came. */
export function becameOf({ state, end }: Pick<Booking, 'state' | 'end'>, now: Date) {
  return state === 'booked' && Date.parse(end) <= now.getTime() ? 'unsaid' : state;
}

/** The tel: address of a number as it was typed. */
export function telephone(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, '')}`;
}

/** How a patient is named and told on the phone; someone whose identity may not be seen is "Patient". */
export function identity(
  { patient, start }: Pick<Booking, 'patient' | 'start'>,
  place: { zone: string; communeName: (insee?: Commune['insee']) => string | undefined },
): { name: string; about: string; phone?: string } {
  if (!patient) return { name: words.patient, about: '' };
  const name = [patient.given, patient.family.toLocaleUpperCase('fr')].filter(Boolean).join(' ');
  const years = patient.birthDate && words.next.age(age(patient.birthDate, new Date(start), place.zone));
  const about = [years, place.communeName(patient.commune)].filter(Boolean).join(' · ');
  return { name, about, phone: patient.phone && pairs(patient.phone) };
}
