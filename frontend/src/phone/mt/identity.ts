// What a doctor reads of a patient they accepted, named line by line.
import type { MTOffer } from '../../api/types';
import { attribution } from '../../ui/attribution.fr';
import { capital, farWords, fullDay } from './offerwords';
import { w } from './words.fr';

interface Place {
  communeName: (insee?: string) => string | undefined;
}

/** How the patient of an offer is named; by age and commune while who they are is not known. */
export function who({ request, summary }: MTOffer, place: Place): { name: string; born?: string } {
  const age = summary.age === undefined ? '' : w.offers.age(summary.age);
  const patient = request?.patient;
  if (!patient) {
    const commune = place.communeName(summary.commune) ?? summary.commune;
    return { name: [age || w.offers.ageUnknown, commune].join(' · ') };
  }
  const name = [patient.given, patient.family.toLocaleUpperCase('fr')].filter(Boolean).join(' ');
  return { name, born: patient.birthDate ? w.patient.born(fullDay(patient.birthDate), age) : age };
}

/** What is told of the patient beside their name and number, as far as it is known. */
export function textsOf(offer: MTOffer, place: Place): { name: string; text: string }[] {
  const { request, summary } = offer;
  const commune = place.communeName(summary.commune) ?? summary.commune;
  const consent =
    request?.consent && w.patient.consentBy(request.consent.collector, fullDay(request.consent.on));
  const gone = request?.mtGoneSince && w.patient.goneSince(fullDay(request.mtGoneSince));
  const criteria = summary.criteria.map((one) => attribution.criteria[one]).join(', ');
  return [
    {
      name: w.patient.address,
      text: `${[request?.patient?.address, commune].filter(Boolean).join(', ')} (${farWords(offer)})`,
    },
    { name: w.sheet.criteria, text: capital(criteria || w.offers.noCriteria) },
    { name: w.sheet.visits, text: summary.homeVisits ? w.offers.visits : w.offers.noVisits },
    { name: w.offers.synthesis, text: offer.synthesis ?? request?.synthesis },
    { name: w.patient.chronic, text: request?.chronicDisease },
    { name: w.patient.medication, text: request?.medication },
    { name: w.patient.gone, text: gone },
    { name: w.patient.reporter, text: request?.reporter },
    { name: w.patient.consent, text: consent },
  ].filter((line): line is { name: string; text: string } => Boolean(line.text));
}
