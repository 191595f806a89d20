import { attribution } from '../../ui/attribution.fr';
import { counted } from '../../ui/plural';
import { withSpaces } from '../../ui/spaces';
import type { Hurdle, RequestState } from './kinds';

const patients = (n: number) => counted(n, 'patient', 'patients');
const places = (n: number) => counted(n, 'place', 'places');
const are = (n: number, one: string, many: string) => `${n.toLocaleString('fr-FR')} ${n < 2 ? one : many}`;

/** The words of plan review and of places; those of the follow-up are in follow.fr.ts. */
export const words = withSpaces({
  criteria: attribution.criteria,
  tier: (n: number) => `Priorité ${n}`,
  days: (n: number) => counted(n, 'jour', 'jours'),
  places,
  patients,

  far: {
    same: 'dans la commune du patient',
    near: 'à moins de 1 km',
    km: (km: string) => `à ${km} km`,
    unknown: 'distance inconnue',
  },

  plan: {
    title: 'Plan d’attribution',
    lead: 'Le plan propose un médecin à chaque patient en attente, les plus prioritaires d’abord. Rien n’est envoyé sans vous.',
    compute: 'Calculer le plan',
    again: 'Recalculer le plan',
    computing: 'Calcul en cours…',
    computed: (placed: number, all: number) => `Plan calculé : ${placed} placés sur ${patients(all)}.`,
    none: 'Aucun plan n’a encore été calculé',
    noneHint:
      'Le plan regarde qui attend et les places que les médecins ont déclarées, puis propose. Vous relisez et vous envoyez.',
    nobody: 'Personne n’attend de médecin',
    nobodyHint: 'Les patients paraissent ici dès que leur demande est qualifiée.',
    made: (day: string, hour: string, by: string) => `Calculé le ${day} à ${hour}${by && ` par ${by}`}`,
    rule: (day: string) => `règle en vigueur depuis le ${day}`,
    heading: 'Résumé du plan',
    placed: 'Patients placés',
    of: (all: number) => `sur ${patients(all)} en attente`,
    tierOf: (placed: number, all: number) => `${placed} sur ${all}`,
    left: 'Places restantes',
    leftHint: (all: number, gps: number) => `sur ${places(all)} de ${counted(gps, 'médecin', 'médecins')}`,
    sent: 'Déjà proposés',
    sentHint: 'depuis ce calcul',
    stale: (n: number) =>
      `${are(n, 'ligne a changé', 'lignes ont changé')} depuis ce calcul et ne ${n < 2 ? 'peut' : 'peuvent'} plus être ${n < 2 ? 'envoyée' : 'envoyées'}.`,
  },

  names: {
    show: 'Afficher les noms',
    hide: 'Masquer les noms',
    loading: 'Lecture des noms…',
    audited: 'Chaque lecture d’un nom est inscrite au journal d’audit.',
    shown: 'Les noms sont affichés ; cette lecture est inscrite au journal d’audit.',
    unknown: 'nom non lisible',
  },

  line: {
    age: (n: number) => counted(n, 'an', 'ans'),
    noAge: 'âge inconnu',
    visits: 'à domicile',
    noCriteria: 'aucun critère',
    waits: (n: number) => `attend depuis ${counted(n, 'jour', 'jours')}`,
    take: (who: string, gp: string) => `Retenir : ${who}, ${gp}`,
    dossier: 'Dossier',
    dossierOf: (who: string) => `Dossier : ${who}`,
    change: 'Changer',
    changeOf: (who: string) => `Changer de médecin : ${who}`,
    choose: 'Choisir un médecin',
    chooseOf: (who: string) => `Choisir un médecin : ${who}`,
    back: 'Reprendre le plan',
    backOf: (who: string) => `Reprendre la proposition du plan : ${who}`,
    byHand: 'choisi par vous',
    unknownGP: 'Médecin du territoire',
    best: 'le plus proche qui convient',
    known: 'connaît déjà le patient',
    nearer: (n: number) =>
      `${are(n, 'médecin plus proche est complet', 'médecins plus proches sont complets')}`,
    sent: (day: string) => `Envoyée, réponse attendue avant le ${day}`,
    refused: (why: string) => `Non envoyée : ${why}`,
    states: {
      received: 'pas encore qualifiée',
      qualified: '',
      waiting: '',
      proposed: 'déjà proposée à un médecin',
      accepted: 'déjà acceptée par un médecin',
      attached: 'patient déjà rattaché',
      closed: 'demande close depuis',
    } satisfies Record<RequestState, string>,
  },

  tierHead: {
    placed: (placed: number, all: number) => `${placed} ${placed < 2 ? 'placé' : 'placés'} sur ${all}`,
    all: 'Tout cocher',
    none: 'Tout décocher',
    allOf: (tier: string) => `Tout cocher, ${tier.toLowerCase()}`,
    noneOf: (tier: string) => `Tout décocher, ${tier.toLowerCase()}`,
    served: 'Proposés',
    unserved: 'Sans place',
  },

  unserved: {
    nobody: 'Aucun médecin n’a déclaré de places.',
    none: (parts: string[]) => `Aucune place : ${parts.join(', ')}.`,
    hurdles: {
      full: (n) => are(n, 'complet', 'complets'),
      too_far: (n) => are(n, 'trop loin', 'trop loin'),
      no_home_visits: (n) => are(n, 'ne visite pas à domicile', 'ne visitent pas à domicile'),
      criteria: (n) => are(n, 'prend d’autres critères', 'prennent d’autres critères'),
      commune: (n) => are(n, 'prend d’autres communes', 'prennent d’autres communes'),
      paused: (n) => are(n, 'en pause', 'en pause'),
      refused: (n) => are(n, 'a déjà dit non', 'ont déjà dit non'),
    } satisfies Record<Hurdle, (n: number) => string>,
  },

  choice: {
    title: 'Choisir un médecin',
    lead: (who: string) => `Pour ${who}. Les plus proches d’abord, à vol d’oiseau.`,
    find: 'Chercher un médecin ou une commune',
    legend: 'Médecins',
    none: 'Aucun médecin ne correspond.',
    nobody: 'Aucun médecin n’a déclaré de places dans ce territoire.',
    left: (n: number) => (n === 0 ? 'aucune place' : `${places(n)} ${n < 2 ? 'libre' : 'libres'}`),
    planned: (n: number) => `dont ${n} ${n < 2 ? 'cochée' : 'cochées'} ici`,
    choose: 'Retenir ce médecin',
    hurdles: {
      full: 'Complet : plus de place ce trimestre',
      paused: 'En pause : ne prend personne en ce moment',
      refused: 'L’un des deux a déjà dit non',
      too_far: 'Plus loin que la règle ne le propose',
      no_home_visits: 'Ne visite pas à domicile',
      criteria: 'A demandé d’autres critères',
      commune: 'A demandé d’autres communes',
    } satisfies Record<Hurdle, string>,
  },

  send: {
    chosen: (n: number) => counted(n, 'proposition cochée', 'propositions cochées'),
    nothing: 'Cochez les propositions que vous approuvez.',
    send: (n: number) => (n === 0 ? 'Envoyer' : `Envoyer ${counted(n, 'proposition', 'propositions')}`),
    sending: (done: number, all: number) => `Envoi… ${done} sur ${all}`,
    done: (sent: number) => counted(sent, 'proposition envoyée', 'propositions envoyées'),
    refused: (n: number) => counted(n, 'refusée', 'refusées'),
    kept: 'Elles restent cochées ou signalées dans la liste.',
    stopped: (left: number) =>
      `${are(left, 'ligne n’a pas été envoyée et reste cochée', 'lignes n’ont pas été envoyées et restent cochées')}. Renvoyer ne fait pas de doublon.`,
    all: 'Tout cocher',
    none: 'Tout décocher',
    what: 'Le médecin verra l’âge, la commune, les critères et la synthèse ; le nom seulement s’il accepte.',
  },
});
