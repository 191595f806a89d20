// What is said of a request, in words.
import { locale } from '../../ui/messages';
import { dayInWords } from '../../ui/time';
import { birthText } from './birth';
import type { Choice, MTRequest } from './kinds';
import { words } from './words';

/** "Ada DURAND"; what is said instead when the identity is gone or not for this reader. */
export function nameOf({ patient, erased }: Pick<MTRequest, 'patient' | 'erased'>): string {
  if (!patient) return erased ? words.erasedPatient : words.hiddenPatient;
  return [patient.given, patient.family.toLocaleUpperCase('fr')].filter(Boolean).join(' ');
}

/** "74 ans" */
export const ageOf = ({ age }: Pick<MTRequest, 'age'>) =>
  age === undefined ? words.years.unknown : words.age(age);

/** "04/09/1952", or "en 1952" when the day is not known. */
export function bornOf({ patient, birthYear }: Pick<MTRequest, 'patient' | 'birthYear'>): string {
  if (patient?.birthDate) return birthText({ date: patient.birthDate });
  return birthYear ? words.dossier.bornIn(birthYear) : words.dossier.unsaid;
}

/** Why a request is in its tier: "ALD, 70 ans et plus". */
export function becauseOf({ because, tierSet }: Pick<MTRequest, 'because' | 'tierSet'>): string {
  if (tierSet) return words.setByNurse;
  return because.length > 0 ? words.because(because.map((one) => words.criteria[one])) : words.noCriterion;
}

/** Every criterion, and that the patient cannot come, in words. */
export function criteriaOf({ criteria, homeVisits }: Pick<MTRequest, 'criteria' | 'homeVisits'>): string[] {
  return [...criteria.map((one) => words.criteria[one]), ...(homeVisits ? [words.homeVisits] : [])];
}

/** "attend depuis 32 jours", or how long it took once it ended. */
export function waitOf({ state, waitingDays }: Pick<MTRequest, 'state' | 'waitingDays'>): string {
  return state === 'attached' || state === 'closed' ? words.took(waitingDays) : words.waits(waitingDays);
}

/** "22 novembre 2026" */
export function dateOf(day: string): string {
  return `${dayInWords(day, locale).replace(/^\S+ /, '')} ${day.slice(0, 4)}`;
}

/** "à 3 km à vol d’oiseau" */
export function farOf({ metres, unlocated }: Pick<Choice, 'metres' | 'unlocated'>): string {
  if (unlocated) return words.far.unknown;
  if (metres === 0) return words.far.same;
  return metres < 1000 ? words.far.near : words.far.km(Math.round(metres / 1000).toLocaleString(locale));
}

type Told = Pick<MTRequest, 'age' | 'criteria' | 'homeVisits' | 'chronicDisease' | 'medication'>;

// "aucune", said of a disease or a treatment, tells a GP nothing on its own.
const isNone = (text: string) => /^(aucune?s?|non|rien|néant)$/i.test(text);

/** A first text for GPs, from what the report says. It names nobody unless the report's texts do. */
export function suggestion(request: Told, commune: string): string {
  const { age, chronicDisease, medication } = request;
  const who = age === undefined ? '' : `${words.age(age)}, `;
  const parts = [`${who}${commune}`, criteriaOf(request).join(', '), chronicDisease, medication];
  return parts
    .map((part) => part?.trim().replace(/\.$/, ''))
    .filter((part) => part && !isNone(part))
    .map((part) => `${part!.charAt(0).toUpperCase()}${part!.slice(1)}.`)
    .join(' ')
    .slice(0, 1000);
}
