// What a regulator tells of a caller who has no médecin traitant, and how it becomes a request.
import type { Commune, MTDeclaredCriterion, NewMTRequest, Patient } from '../../api/types';
import { birthDateOf, birthDateText } from '../words';

/** A caller without médecin traitant whose name is known, and the case they are known from. */
export interface Seeker {
  /** Missing until the case is opened. */
  case?: string;
  territory: string;
  patient: Patient;
}

/** What is typed beside the case. */
export interface MtDraft {
  /** A day, or a year alone, while the case has no birth date. */
  born: string;
  /** While the case has none. */
  phone: string;
  /** While the case has none. */
  commune?: Commune;
  criteria: MTDeclaredCriterion[];
  homeVisits: boolean;
  chronicDisease: string;
  medication: string;
  collector: string;
  /** Who agreed, as `nameKey` says: an agreement is of one person and never of the next. */
  agreedBy?: string;
}

export type MtField = 'family' | 'born' | 'commune' | 'phone' | 'collector' | 'agreed';

/** The form as it opens the first time: nobody has agreed yet. */
export const draftOf = (collector: string): MtDraft => ({
  born: '',
  phone: '',
  criteria: [],
  homeVisits: false,
  chronicDisease: '',
  medication: '',
  collector,
});

/** Tells one name from another. */
export const nameKey = ({ patient }: Seeker): string =>
  JSON.stringify([patient.family.trim(), patient.given?.trim() ?? '']);

/** Whether the one of the case agreed. */
export const agreed = (seeker: Seeker, draft: MtDraft): boolean => draft.agreedBy === nameKey(seeker);

const digits = (phone: string) => phone.replace(/\D/g, '').length;

/** What the case tells already: it goes before what the form says, and is not asked for. */
export function known(
  { patient }: Seeker,
  today: string,
): { born?: string; phone?: string; commune?: string } {
  const born = birthDateText(patient.birthDate);
  const phone = patient.phone?.trim() ?? '';
  return {
    ...(bornOf(born, today) && { born }),
    ...(digits(phone) >= 10 && { phone }),
    ...(patient.commune && { commune: patient.commune }),
  };
}

/** What is sent of the patient: of the case as it stands now, then of the form. */
function told(seeker: Seeker, draft: MtDraft, today: string) {
  const form = { born: draft.born, phone: draft.phone, commune: draft.commune?.insee };
  return { ...form, ...known(seeker, today) };
}

const oldest = 120;

/** "04/09/1962" is a day, "1962" a year; undefined when it is neither, lies ahead, or too far back. */
export function bornOf(
  text: string,
  today: string,
): { birthDate: string } | { birthYear: number } | undefined {
  const year = Number(today.slice(0, 4));
  const within = (born: number) => born >= year - oldest && born <= year;
  if (/^\s*\d{4}\s*$/.test(text)) {
    const birthYear = Number(text);
    return within(birthYear) ? { birthYear } : undefined;
  }
  const birthDate = birthDateOf(text);
  return birthDate && birthDate <= today && within(Number(birthDate.slice(0, 4))) ? { birthDate } : undefined;
}

/** What is still missing or wrong, in the order of the form. */
export function missing(seeker: Seeker, draft: MtDraft, today: string): MtField[] {
  const { born, phone, commune } = told(seeker, draft, today);
  const wrong: Record<MtField, boolean> = {
    family: !seeker.patient.family.trim(),
    born: !bornOf(born, today),
    phone: digits(phone) > 0 && digits(phone) < 10,
    commune: !commune,
    collector: !draft.collector.trim(),
    agreed: !agreed(seeker, draft),
  };
  return (Object.keys(wrong) as MtField[]).filter((field) => wrong[field]);
}

/** The request, once nothing is missing. The patient agreed today. */
export function requestOf(seeker: Seeker, draft: MtDraft, today: string): NewMTRequest {
  const { born: text, phone: number, commune } = told(seeker, draft, today);
  const born = bornOf(text, today);
  const { family, given } = seeker.patient;
  const phone = number.replaceAll('\u00a0', ' ').trim();
  const chronicDisease = draft.chronicDisease.trim();
  const medication = draft.medication.trim();
  return {
    territory: seeker.territory,
    origin: 'regulation',
    ...(seeker.case && { case: seeker.case }),
    patient: {
      family,
      ...(given && { given }),
      ...(born && 'birthDate' in born && born),
      ...(phone && { phone }),
    },
    ...(born && 'birthYear' in born && born),
    commune: commune ?? '',
    criteria: draft.criteria,
    homeVisits: draft.homeVisits,
    ...(chronicDisease && { chronicDisease }),
    ...(medication && { medication }),
    consent: { on: today, collector: draft.collector.trim() },
  };
}
