// What a regulator tells of a caller who has no médecin traitant, and how it becomes a request.
import type { MTDeclaredCriterion, NewMTRequest, Patient } from '../../api/types';
import { birthDateOf, birthDateText, phoneText } from '../words';

/** A caller without médecin traitant whose name is known, and the case they are known from. */
export interface Seeker {
  /** Missing until the case is opened. */
  case?: string;
  territory: string;
  patient: Patient;
}

/** What is typed before it is sent. */
export interface MtDraft {
  /** A day, or a year alone. */
  born: string;
  phone: string;
  commune?: string;
  criteria: MTDeclaredCriterion[];
  homeVisits: boolean;
  chronicDisease: string;
  medication: string;
  collector: string;
  agreed: boolean;
}

export type MtField = 'born' | 'commune' | 'phone' | 'collector' | 'agreed';

/** The form as it opens: what the call knows already, and who asks. */
export const draftOf = ({ patient }: Seeker, collector: string): MtDraft => ({
  born: birthDateText(patient.birthDate),
  phone: phoneText(patient.phone ?? ''),
  commune: patient.commune,
  criteria: [],
  homeVisits: false,
  chronicDisease: '',
  medication: '',
  collector,
  agreed: false,
});

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
export function missing(draft: MtDraft, today: string): MtField[] {
  const digits = draft.phone.replace(/\D/g, '').length;
  const wrong: Record<MtField, boolean> = {
    born: !bornOf(draft.born, today),
    phone: digits > 0 && digits < 10,
    commune: !draft.commune,
    collector: !draft.collector.trim(),
    agreed: !draft.agreed,
  };
  return (Object.keys(wrong) as MtField[]).filter((field) => wrong[field]);
}

/** The request, once nothing is missing. The patient agreed today. */
export function requestOf(seeker: Seeker, draft: MtDraft, today: string): NewMTRequest {
  const born = bornOf(draft.born, today);
  const { family, given } = seeker.patient;
  const phone = draft.phone.replaceAll('\u00a0', ' ').trim();
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
    commune: draft.commune ?? '',
    criteria: draft.criteria,
    homeVisits: draft.homeVisits,
    ...(chronicDisease && { chronicDisease }),
    ...(medication && { medication }),
    consent: { on: today, collector: draft.collector.trim() },
  };
}
