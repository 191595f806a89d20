import { attribution } from '../../ui/attribution.fr';
import { counted } from '../../ui/plural';
import { withSpaces } from '../../ui/spaces';
import { stepWords } from './stepwords.fr';
import type { Group } from './filter';
import type { MTState, OfferState, Origin } from './kinds';

const requests = (n: number) => counted(n, 'demande', 'demandes');

/** The words of requests: worklist, dossier, steps. Those of the forms are in formwords.fr.ts. */
export const words = withSpaces({
  criteria: attribution.criteria,
  origins: attribution.origins,
  byOrigin: {
    professional: 'un professionnel',
    dac: 'le DAC',
    cpam: 'la CPAM',
    prado: 'PRADO',
    regulation: 'la régulation',
  } satisfies Record<Origin, string>,
  closed: attribution.closed,
  declines: attribution.declines,

  tier: (n: number) => `Priorité ${n}`,
  because: (criteria: string[]) => criteria.join(', '),
  noCriterion: 'aucun critère prioritaire',
  setByNurse: 'fixée par l’infirmière',
  age: (n: number) => counted(n, 'an', 'ans'),
  years: { unknown: 'âge inconnu' },
  erasedPatient: 'Identité effacée',
  hiddenPatient: 'Identité non lisible',
  outside: (commune: string) => `${commune} (hors du territoire)`,
  homeVisits: 'à domicile',
  homeVisitsLong: 'Visites à domicile nécessaires',
  waits: (n: number) => (n === 0 ? 'arrivée aujourd’hui' : `attend depuis ${counted(n, 'jour', 'jours')}`),
  took: (n: number) => (n === 0 ? 'le jour même' : `en ${counted(n, 'jour', 'jours')}`),
  days: (n: number) => counted(n, 'jour', 'jours'),
  day: (day: string) => `le ${day}`,
  unknownGP: 'Médecin du territoire',

  states: {
    received: 'à qualifier',
    qualified: 'qualifiée',
    proposed: 'proposée',
    waiting: 'en attente',
    accepted: 'acceptée',
    attached: 'rattaché',
    closed: 'close',
  } satisfies Record<MTState, string>,

  list: {
    new: 'Nouvelle demande',
    import: 'Importer',
    group: 'État',
    groups: {
      received: 'À qualifier',
      waiting: 'En attente',
      proposed: 'Proposés',
      accepted: 'Acceptés',
      ended: 'Terminés',
    } satisfies Record<Group, string>,
    tier: 'Priorité',
    everyTier: 'Toutes',
    commune: 'Commune',
    everyCommune: 'Toutes',
    family: 'Nom de famille ou nom complet',
    familyHint: 'Accents et majuscules ne comptent pas',
    ended: (n: number) => `Terminées (${n})`,
    search: 'Chercher',
    clear: 'Revenir à la liste',
    found: (n: number) => `${requests(n)} à ce nom`,
    audited: 'Chaque lecture d’une identité est inscrite au journal d’audit.',
    title: (group: string) => `Demandes : ${group.toLowerCase()}`,
    count: (n: number, more: boolean) => (more ? `${n} premières demandes` : requests(n)),
    ofTier: (tier: number, n: number) => `${n} en priorité ${tier}`,
    more: 'Voir la suite',
    updated: (hour: string) => `À jour à ${hour}`,
    empty: {
      received: 'Rien à qualifier',
      waiting: 'Personne n’attend de proposition',
      proposed: 'Aucune proposition en attente de réponse',
      accepted: 'Aucun patient accepté en attente de rattachement',
      ended: 'Aucune demande terminée',
    } satisfies Record<Group, string>,
    emptyHint: 'Changez de filtre, ou saisissez une nouvelle demande.',
    notFound: 'Aucune demande à ce nom',
    notFoundHint: 'Vérifiez l’orthographe du nom de famille ; les accents et traits d’union ne comptent pas.',
  },

  dossier: {
    title: 'Dossier',
    close: 'Fermer le dossier',
    back: 'Retour',
    print: 'Imprimer la synthèse',
    received: (day: string, origin: string) => `Demande du ${day}, par ${origin}`,
    next: 'Et maintenant',

    patient: 'Patient',
    edit: 'Modifier',
    editTitle: 'Modifier la demande',
    name: 'Nom',
    born: 'Né(e)',
    bornIn: (year: number) => `en ${year}`,
    phone: 'Téléphone',
    address: 'Adresse',
    commune: 'Commune',
    reporter: 'Signalé par',
    entered: (by: string) => `saisi par ${by}`,
    consent: 'Consentement',
    consentBy: (day: string, by: string) => `recueilli le ${day} par ${by}`,
    consentOn: (day: string) => `recueilli le ${day}`,
    criteria: 'Critères',
    noCriteria: 'aucun',
    mobility: 'Mobilité',
    canCome: 'peut venir au cabinet',
    gone: (day: string) => `depuis le ${day}`,
    knownTo: 'Le connaît déjà',
    disease: 'Maladie chronique',
    medication: 'Traitement',
    unsaid: 'non renseigné',
    appointment: (day: string) => `Premier rendez-vous le ${day}`,
    attached: (day: string) => `Rattaché le ${day}`,
    closed: (day: string, why: string) => `Close le ${day} : ${why}`,
    erased: 'L’identité et les textes ont été effacés. Les statistiques restent.',
    merged: 'Voir la demande qui reste',

    synthesis: 'Synthèse pour les médecins',
    synthesisHint: 'Lue avant l’accord : ni nom, ni naissance, ni adresse, ni téléphone du patient.',
    synthesisNone: 'Aucune synthèse pour l’instant.',
    write: 'Rédiger',
    save: 'Enregistrer',
    suggest: 'Proposer un texte',
    saved: 'Synthèse enregistrée.',
    left: (n: number) => `${n} caractères restants`,

    history: 'Historique',
    service: 'Relais',
    duplicates: (n: number) =>
      n === 1
        ? 'Une autre demande peut être du même patient.'
        : `${n} autres demandes peuvent être du même patient.`,
    compare: 'Comparer',
    twinsStay: (n: number) =>
      n === 1
        ? 'Une autre demande, peut-être du même patient, garde son identité.'
        : `${n} autres demandes, peut-être du même patient, gardent leur identité.`,
    seeTwin: (n: number) => `Voir l’autre demande${n > 1 ? ` ${n}` : ''}`,
    meanwhile: (what: string) => `Entre-temps : ${what}. Les étapes possibles maintenant sont ci-dessous.`,
    happened: (what: string, by: string) => (by ? `${what}, par ${by}` : what),
  },

  offer: {
    to: (who: string) => `Proposé à ${who}`,
    by: (who: string) => `Accepté par ${who}`,
    sent: (day: string, by: string) => `Envoyée le ${day}${by && ` par ${by}`}`,
    acceptedOn: (day: string) => `acceptée le ${day}`,
    until: (day: string) => `réponse attendue avant le ${day}`,
    expired: 'Sans réponse à temps : la place est de nouveau libre.',
    callAsked: (day: string) => `Le médecin souhaite en parler : appelez-le (demandé le ${day}).`,
    states: {
      pending: 'en attente de réponse',
      accepted: 'acceptée',
      declined: 'refusée',
      expired: 'expirée',
      withdrawn: 'retirée',
      ended: 'interrompue',
    } satisfies Record<OfferState, string>,
  },

  steps: stepWords.steps,

  far: {
    same: 'dans sa commune',
    near: 'à moins de 1 km',
    km: (km: string) => `à ${km} km à vol d’oiseau`,
    unknown: 'distance inconnue',
  },

  propose: stepWords.propose,

  qualify: stepWords.qualify,

  forms: stepWords.forms,

  sheet: {
    title: 'Recherche d’un médecin traitant',
    lead: 'Synthèse pour le médecin',
    since: (day: string, n: number) => `Demande du ${day}, ${counted(n, 'jour', 'jours')} d’attente`,
    foot: 'Document sans identité : le nom du patient est communiqué au médecin qui accepte.',
  },
});
