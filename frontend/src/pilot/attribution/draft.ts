// A request as it is typed: a report that is being made, or one that is being mended.
import type { Commune } from '../../api/types';
import { birthOf, birthText } from './birth';
import { communeOf } from './communes';
import { formWords } from './formwords.fr';
import type { DeclaredCriterion, MTRequest, NewRequest, Origin, RequestChange } from './kinds';

export interface Draft {
  agreed: boolean;
  collector: string;
  consentOn: string;
  origin: Origin;
  reporter: string;
  since: string;
  family: string;
  given: string;
  /** A day or a year, as typed. */
  birth: string;
  phone: string;
  address: string;
  commune?: Commune;
  criteria: DeclaredCriterion[];
  homeVisits: boolean;
  mtGoneSince: string;
  knownTo: string;
  chronicDisease: string;
  medication: string;
  synthesis: string;
}

export type Slot = keyof Draft;
export type Wrongs = Partial<Record<Slot, string>>;

/** The criteria one can tick, in the order of the form. */
export const declared: DeclaredCriterion[] = [
  'ald',
  'palliative',
  'hospital_exit',
  'c2s',
  'pregnancy',
  'disability',
  'mt_gone',
];

export function blank(collector: string, today: string, origin: Origin): Draft {
  return {
    agreed: false,
    collector,
    consentOn: today,
    origin,
    reporter: '',
    since: today,
    family: '',
    given: '',
    birth: '',
    phone: '',
    address: '',
    criteria: [],
    homeVisits: false,
    mtGoneSince: '',
    knownTo: '',
    chronicDisease: '',
    medication: '',
    synthesis: '',
  };
}

/** A request as a draft, to be mended. */
export function draftOf(request: MTRequest, communes: Commune[]): Draft {
  const { patient, consent } = request;
  return {
    agreed: true,
    collector: consent?.collector ?? '',
    consentOn: consent?.on ?? '',
    origin: request.origin,
    reporter: request.reporter ?? '',
    since: request.since,
    family: patient?.family ?? '',
    given: patient?.given ?? '',
    birth: birthText({ date: patient?.birthDate, year: request.birthYear }),
    phone: patient?.phone ?? '',
    address: patient?.address ?? '',
    commune: communes.find(({ insee }) => insee === request.commune) ?? named(request),
    criteria: declared.filter((one) => request.criteria.includes(one)),
    homeVisits: request.homeVisits,
    mtGoneSince: request.mtGoneSince ?? '',
    knownTo: request.knownTo ?? '',
    chronicDisease: request.chronicDisease ?? '',
    medication: request.medication ?? '',
    synthesis: request.synthesis ?? '',
  };
}

// A commune outside the territory.
const named = (request: MTRequest): Commune => ({
  insee: request.commune,
  name: communeOf(request),
  postalCodes: [],
  population: 0,
  approximate: false,
});

/** What is wrong with a draft, by field, in words; the service looks at the rest. */
export function wrongsIn(draft: Draft, today: string): Wrongs {
  const w = formWords.wrong;
  const wrongs: Wrongs = {};
  if (!draft.agreed) wrongs.agreed = w.consent;
  if (!draft.collector.trim()) wrongs.collector = w.collector;
  if (!draft.consentOn) wrongs.consentOn = w.consentOn;
  if (!draft.family.trim()) wrongs.family = w.family;
  if (!draft.birth.trim()) wrongs.birth = w.birthMissing;
  else if (!soundBirth(draft.birth, today)) wrongs.birth = w.birth;
  if (draft.phone.trim() && !/^\+?[0-9 .()-]{4,20}$/.test(draft.phone.trim())) wrongs.phone = w.phone;
  if (!draft.commune) wrongs.commune = w.commune;
  for (const slot of ['consentOn', 'since', 'mtGoneSince'] as const)
    if (draft[slot] > today) wrongs[slot] = w.future;
  return wrongs;
}

function soundBirth(text: string, today: string): boolean {
  const birth = birthOf(text);
  const day = birth?.date ?? `${birth?.year}-01-01`;
  return birth !== undefined && day <= today && day >= '1880-01-01';
}

const some = (text: string) => text.trim() || undefined;

function patientOf(draft: Draft) {
  return {
    family: draft.family.trim(),
    given: some(draft.given),
    birthDate: birthOf(draft.birth)?.date,
    phone: some(draft.phone),
    address: some(draft.address),
  };
}

/** The report to send. What only nurses tell is left out for others. */
export function reportOf(draft: Draft, territory: string, nurse: boolean): NewRequest {
  return {
    territory,
    origin: draft.origin,
    since: nurse ? draft.since : undefined,
    patient: patientOf(draft),
    birthYear: birthOf(draft.birth)?.year,
    reporter: some(draft.reporter),
    consent: { on: draft.consentOn, collector: draft.collector.trim() },
    commune: draft.commune?.insee ?? '',
    criteria: draft.criteria,
    homeVisits: draft.homeVisits,
    mtGoneSince: draft.criteria.includes('mt_gone') ? some(draft.mtGoneSince) : undefined,
    knownTo: some(draft.knownTo),
    chronicDisease: some(draft.chronicDisease),
    medication: some(draft.medication),
    synthesis: nurse ? some(draft.synthesis) : undefined,
  };
}

const texts = ['reporter', 'chronicDisease', 'medication', 'synthesis', 'knownTo'] as const;
const ofPatient = ['family', 'given', 'birth', 'phone', 'address'] as const;

/** What differs from the draft before; undefined when nothing does. An emptied text takes its value away. */
export function changeOf(before: Draft, draft: Draft): RequestChange | undefined {
  const change: RequestChange = {};
  const differs = (...slots: Slot[]) =>
    slots.some((slot) => JSON.stringify(draft[slot]) !== JSON.stringify(before[slot]));
  for (const slot of texts) if (differs(slot)) change[slot] = draft[slot].trim();
  if (differs(...ofPatient)) {
    change.patient = patientOf(draft);
    const { year } = birthOf(draft.birth) ?? {};
    if (year !== undefined) change.birthYear = year;
  }
  if (differs('collector', 'consentOn'))
    change.consent = { on: draft.consentOn, collector: draft.collector.trim() };
  if (differs('commune') && draft.commune) change.commune = draft.commune.insee;
  if (differs('criteria')) change.criteria = draft.criteria;
  if (differs('homeVisits')) change.homeVisits = draft.homeVisits;
  if (differs('origin')) change.origin = draft.origin;
  if (differs('since')) change.since = draft.since;
  const gone = draft.criteria.includes('mt_gone') ? draft.mtGoneSince : '';
  if (gone !== before.mtGoneSince) change.mtGoneSince = gone;
  return Object.keys(change).length > 0 ? change : undefined;
}
