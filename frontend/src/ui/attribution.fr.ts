import type { components } from '../api/schema';
import { withSpaces } from './spaces';

type Schemas = components['schemas'];

/** How every page names what the search for a médecin traitant enumerates. */
export const attribution = withSpaces({
  criteria: {
    ald: 'ALD',
    palliative: 'soins palliatifs',
    hospital_exit: 'sortie d’hôpital',
    aged_70: '70 ans et plus',
    c2s: 'C2S ou AME',
    pregnancy: 'grossesse',
    disability: 'handicap',
    mt_gone: 'médecin traitant parti',
  } satisfies Record<Schemas['MTCriterion'], string>,
  states: {
    received: 'reçue',
    qualified: 'qualifiée',
    proposed: 'proposée à un médecin',
    waiting: 'de nouveau en attente',
    accepted: 'acceptée par un médecin',
    attached: 'patient rattaché',
    closed: 'close',
  } satisfies Record<Schemas['MTState'], string>,
  origins: {
    professional: 'professionnel',
    dac: 'DAC',
    cpam: 'CPAM',
    prado: 'PRADO',
    regulation: 'régulation',
  } satisfies Record<Schemas['MTOrigin'], string>,
  closed: {
    found_elsewhere: 'a trouvé ailleurs',
    patient_refused: 'le patient a refusé',
    unreachable: 'injoignable',
    moved: 'a déménagé',
    died: 'décédé',
    not_concerned: 'n’est pas concerné',
    duplicate: 'doublon',
    withdrawn: 'consentement retiré',
    other: 'autre raison',
  } satisfies Record<Schemas['MTClosedReason'], string>,
  declines: {
    full: 'plus de place',
    distance: 'trop loin',
    needs: 'soins qu’il ne peut pas donner',
    relation: 'se connaissent ou se sont séparés',
    other: 'autre raison',
  } satisfies Record<Schemas['MTDeclineReason'], string>,
});
