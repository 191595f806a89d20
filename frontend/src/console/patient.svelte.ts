import type { Commune, Patient } from '../api/types';
import type { Call } from './call.svelte';
import type { Communes } from './communes';
import { c } from './messages';
import { birthDateOf, birthDateText, phoneText } from './words';

export type PatientField = 'family' | 'given' | 'birthDate' | 'phone';

/** What is typed about the patient, kept in this page's memory only. */
export class PatientDraft {
  family = $state('');
  given = $state('');
  birthDate = $state('');
  phone = $state('');
  /** The patient's commune when it is not the caller's. */
  commune = $state.raw<Commune>();
  errors = $state<Partial<Record<PatientField, string>>>({});

  get empty(): boolean {
    return ![this.family, this.given, this.birthDate, this.phone].some((text) => text.trim());
  }

  clear() {
    this.family = this.given = this.birthDate = this.phone = '';
    this.commune = undefined;
    this.errors = {};
  }

  /** Goes on with what was typed on another board. */
  adopt({ family, given, birthDate, phone, commune }: PatientDraft) {
    Object.assign(this, { family, given, birthDate, phone, commune });
  }

  fill(patient: Patient | undefined, communes: Communes) {
    this.clear();
    if (!patient) return;
    this.family = patient.family;
    this.given = patient.given ?? '';
    this.birthDate = birthDateText(patient.birthDate);
    this.phone = phoneText(patient.phone ?? '');
    this.commune = communes.get(patient.commune);
  }

  /** The first field to mend, or undefined when the patient can be booked. Marks all that are wrong. */
  check(): PatientField | undefined {
    const digits = this.phone.replace(/\D/g, '');
    this.errors = {
      ...(!this.family.trim() && { family: c.patient.familyMissing }),
      ...(this.birthDate.trim() && !birthDateOf(this.birthDate) && { birthDate: c.patient.birthWrong }),
      ...(digits.length > 0 && digits.length < 10 && { phone: c.patient.phoneWrong }),
    };
    return (['family', 'birthDate', 'phone'] as const).find((field) => this.errors[field]);
  }

  /** The patient to book, with the call's commune and médecin traitant where nothing else is said. */
  patient(call: Call): Patient {
    const given = this.given.trim();
    const birthDate = birthDateOf(this.birthDate);
    const phone = this.phone.replaceAll('\u00a0', ' ').trim();
    const commune = (this.commune ?? call.commune)?.insee;
    return {
      family: this.family.trim(),
      ...(given && { given }),
      ...(birthDate && { birthDate }),
      ...(phone && { phone }),
      ...(commune && { commune }),
      mt: call.medecinTraitant,
    };
  }
}
