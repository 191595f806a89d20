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
    leftHint: (all: number, gps: number) =>
      `si tout ce plan est envoyé, sur ${all.toLocaleString('fr-FR')} de ${counted(gps, 'médecin', 'médecins')}`,
    since: (n: number) => `dont ${counted(n, 'proposition envoyée', 'propositions envoyées')} depuis`,
    moreSince: (n: number) => `et ${counted(n, 'autre proposé', 'autres proposés')} depuis`,
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
      received: () => 'à relire avant d’être proposée',
      qualified: () => '',
      waiting: () => '',
      proposed: (gp) => `déjà proposée à ${gp || 'un médecin'}`,
      accepted: (gp) => `déjà acceptée par ${gp || 'un médecin'}`,
      attached: (gp) => (gp ? `a déjà ${gp} pour médecin traitant` : 'a déjà un médecin traitant'),
      closed: () => 'ne cherche plus de médecin',
    } satisfies Record<RequestState, (gp: string) => string>,
    given: 'sa place a été donnée à un autre patient : choisissez un autre médecin ou recalculez le plan',
    instead: (gp: string) => `le plan proposait ${gp}`,
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
      too_far: (n, km) => `${n} à plus de ${km} km`,
      no_home_visits: (n) => are(n, 'ne visite pas à domicile', 'ne visitent pas à domicile'),
      criteria: (n) => are(n, 'prend d’autres critères', 'prennent d’autres critères'),
      commune: (n) => are(n, 'prend d’autres communes', 'prennent d’autres communes'),
      paused: (n) => are(n, 'en pause', 'en pause'),
      refused: (n) => are(n, 'a déjà dit non ou n’a pas répondu', 'ont déjà dit non ou n’ont pas répondu'),
    } satisfies Record<Hurdle, (n: number, km: string) => string>,
  },

  choice: {
    title: 'Choisir un médecin',
    lead: (who: string) => `Pour ${who}. Les plus proches d’abord, à vol d’oiseau.`,
    find: 'Chercher un médecin ou une commune',
    legend: 'Médecins',
    none: 'Aucun médecin ne correspond.',
    nobody: 'Aucun médecin n’a déclaré de places dans ce territoire.',
    left: (n: number) => (n === 0 ? 'aucune place' : `${places(n)} ${n < 2 ? 'libre' : 'libres'}`),
    planned: (left: number, n: number) =>
      `${places(left)} libres, dont ${n} ${n < 2 ? 'prévue' : 'prévues'} par ce plan`,
    whose: (who: string, tier: number) => `${who} (priorité ${tier})`,
    takes: (left: number, whose: string) =>
      left < 2
        ? `${places(left)} libre, prévue par ce plan pour ${whose}`
        : `${places(left)} libres, toutes prévues par ce plan : ce choix prend celle de ${whose}`,
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
    over: 'Il ne reste rien à envoyer de ce plan.',
    send: (n: number) => (n === 0 ? 'Envoyer' : `Envoyer ${counted(n, 'proposition', 'propositions')}`),
    sending: (done: number, all: number) => `Envoi… ${done} sur ${all}`,
    done: (sent: number) => counted(sent, 'proposition envoyée', 'propositions envoyées'),
    refused: (n: number) => counted(n, 'refusée', 'refusées'),
    seeRefused: 'Voir la première refusée',
    stopped: (left: number) =>
      `${are(left, 'ligne n’a pas été envoyée et reste cochée', 'lignes n’ont pas été envoyées et restent cochées')}. Renvoyer ne fait pas de doublon.`,
    all: 'Tout cocher',
    none: 'Tout décocher',
    what: 'Le médecin verra l’âge, la commune, les critères et la synthèse ; le nom seulement s’il accepte.',
  },

  capacities: {
    title: 'Places des médecins',
    quarter: (n: number, year: string) => `${n === 1 ? '1er' : `${n}e`} trimestre ${year}`,
    lead: (quarter: string) =>
      `${quarter}. Une place compte jusqu’à la fin du trimestre ; une proposition sans réponse en retient une.`,
    heading: 'En tout',
    tiles: {
      left: 'Places restantes',
      leftHint: (all: number) => `sur ${places(all)} déclarées`,
      pending: 'En attente de réponse',
      taken: 'Patients pris',
      takenHint: 'ce trimestre',
      confirm: 'À confirmer',
      confirmHint: 'médecins, ce trimestre',
    },
    find: 'Médecin',
    findHint: 'Un nom ou une commune',
    commune: 'Commune',
    anywhere: 'Toutes les communes',
    which: 'Lesquels',
    filters: { all: 'Tous', left: 'Avec des places', confirm: 'À confirmer' },
    shown: (n: number, all: number) => `${counted(n, 'médecin', 'médecins')} sur ${all}`,
    empty: 'Aucun médecin ne correspond',
    emptyHint: 'Élargissez les filtres.',
    nobody: 'Aucun médecin dans ce territoire',
    nobodyHint: 'Les médecins sont inscrits par l’administration du service.',
    columns: {
      gp: 'Médecin',
      sites: 'Communes d’exercice',
      places: 'Places',
      pending: 'En attente',
      pendingLong: 'Propositions en attente de réponse',
      taken: 'Pris',
      takenLong: 'Patients pris ce trimestre',
      left: 'Restent',
      wishes: 'Souhaits',
      state: 'État',
      declared: 'Déclaré',
      declaredOn: 'Déclaré le',
      act: 'Saisir',
    },
    states: {
      open: 'ouvert',
      full: 'complet',
      paused: 'en pause',
      confirm: 'à confirmer ce trimestre',
      never: 'jamais déclaré',
    },
    wishes: {
      any: 'tous les patients',
      criteria: (list: string[]) => `seulement ${list.join(', ')}`,
      communes: (list: string[]) => `seulement de ${list.join(', ')}`,
      visits: 'visite à domicile',
      noVisits: 'pas de visite à domicile',
    },
    declared: (day: string, by: string) => (by ? `le ${day} par ${by}` : `le ${day}`),
    enter: 'Saisir',
    enterOf: (gp: string) => `Saisir pour ${gp}`,
  },

  declare: {
    title: (gp: string) => `Places de ${gp}`,
    lead: 'Ce que le médecin vous a dit, par exemple au téléphone. Il le verra et pourra le changer depuis son téléphone.',
    places: (quarter: string) => `Nouveaux patients pour le ${quarter}`,
    placesHint: 'De 0 à 200, tout le trimestre compris.',
    given: (pending: number, taken: number) =>
      `Déjà ${counted(pending, 'proposition en attente', 'propositions en attente')} et ${counted(taken, 'patient pris', 'patients pris')}.`,
    wrong: 'Indiquez un nombre entier de 0 à 200.',
    below: (pending: number, taken: number) =>
      `Il faut au moins ${places(pending + taken)} : ${counted(pending, 'proposition attend', 'propositions attendent')} sa réponse et ${counted(taken, 'patient est pris', 'patients sont pris')} ce trimestre. Retirez d’abord une proposition depuis son dossier, ou mettez en pause sans changer le nombre.`,
    visits: 'Visite à domicile',
    paused: 'En pause : ne prend personne en ce moment',
    criteria: 'Seulement ces critères',
    criteriaHint: 'Un patient doit avoir l’un d’eux. Aucun coché : tous les patients.',
    communes: 'Seulement ces communes',
    communesHint: 'Même éloignées. Aucune : selon la distance.',
    addCommune: 'Ajouter une commune',
    remove: (commune: string) => `Retirer ${commune}`,
    save: 'Enregistrer',
    saving: 'Enregistrement…',
    saved: (gp: string) => `Places de ${gp} enregistrées.`,
  },
});
