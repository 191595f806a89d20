import type { Booking, Patient } from '../api/types';

const fold = (text = '') =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

const digits = (phone = '') => phone.replace(/^\+33/, '0').replace(/\D/g, '');

/** Whether two identities may be one person, by the server's rule. */
export function mayBeSame(a: Patient, b: Patient): boolean {
  if (fold(a.family) !== fold(b.family)) return false;
  if (a.given && b.given && fold(a.given) !== fold(b.given)) return false;
  if (a.birthDate && b.birthDate) return a.birthDate === b.birthDate;
  return !a.phone || !b.phone || digits(a.phone) === digits(b.phone);
}

const day = 86_400_000;

/** The booking that a same-patient warning is about, when it is among those known here. */
export function otherBooking(known: Booking[], patient: Patient, start: string): Booking | undefined {
  const near = (booking: Booking) => Math.abs(Date.parse(booking.start) - Date.parse(start)) < day;
  return known.find((booking) => booking.patient && near(booking) && mayBeSame(booking.patient, patient));
}
