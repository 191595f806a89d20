import type { MTDeclineReason, MTOfferState } from '../../api/types';
import { counted } from '../../ui/plural';
import { withSpaces } from '../../ui/spaces';

const patients = (n: number) => counted(n, 'patient', 'patients');
const nth = ['', '1er', '2e', '3e', '4e'];

/** The words of "Patients", fetched with it. */
export const w = withSpaces({
  quarter: (year: number, number: number) => `${nth[number]} trimestre ${year}`,
  away: 'Les patients proposés ne sont pas gardés sur ce téléphone : ils s’affichent dès le retour du réseau.',
  stale: 'Pas de réseau : c’est la dernière liste connue. Une réponse ne part qu’avec le réseau.',

  home: {
    waits: (n: number) =>
      `${counted(n, 'patient cherche', 'patients cherchent')} un médecin traitant et ${n > 1 ? 'vous sont proposés' : 'vous est proposé'}.`,
    see: (n: number) => (n > 1 ? 'Voir les propositions' : 'Voir la proposition'),
    asksAgain: 'Nouveau trimestre : combien de nouveaux patients pouvez-vous prendre ?',
    confirm: 'Confirmer',
  },

  capacity: {
    title: 'Combien de nouveaux patients ce trimestre ?',
    lead: 'Comme médecin traitant. La CPTS ne vous en propose jamais plus, et vous restez libre de dire non.',
    never: 'Vous n’avez encore rien indiqué : aucun patient ne vous est proposé.',
    past: (n: number) =>
      n === 0
        ? 'Le trimestre a changé : confirmez ou changez le nombre.'
        : `Le trimestre a changé : vos ${patients(n)} d’avant ne comptent plus. Confirmez ou changez le nombre.`,
    paused: 'En pause : aucun patient ne vous est proposé.',
    none: 'Aucun nouveau patient ce trimestre : rien ne vous est proposé.',
    left: (n: number) =>
      n === 0 ? 'Il ne reste plus de place.' : `Il reste ${counted(n, 'place', 'places')}.`,
    given: (pending: number, taken: number) =>
      [
        pending > 0 && `${counted(pending, 'proposition attend', 'propositions attendent')} votre réponse`,
        taken > 0 && counted(taken, 'patient accepté', 'patients acceptés'),
      ]
        .filter(Boolean)
        .join(', '),
    places: 'Nouveaux patients',
    less: 'Un patient de moins',
    more: 'Un patient de plus',
    below: (pending: number, taken: number) => {
      const given = [
        pending > 0 &&
          `${patients(pending)} ${pending > 1 ? 'vous sont déjà proposés' : 'vous est déjà proposé'}`,
        taken > 0 && `${patients(taken)} ${taken > 1 ? 'sont déjà acceptés' : 'est déjà accepté'}`,
      ].filter(Boolean);
      return `${given.join(' et ')} ce trimestre : indiquez au moins ${pending + taken}. Pour ne plus rien recevoir, mettez en pause.`;
    },
    bound: (most: number) => `Indiquez un nombre entier, de 0 à ${most}.`,
    wishes: 'Souhaits',
    wishesOf: {
      all: 'tous les patients',
      criteria: (names: string[]) => names.join(', '),
      communes: (n: number) => counted(n, 'commune', 'communes'),
      visits: 'visites à domicile',
    },
    criteria: 'Seulement ces situations',
    criteriaHint: 'Sans choix : toutes.',
    communes: 'Seulement ces communes',
    communesHint: 'Sans choix : toutes, les plus proches d’abord.',
    addCommune: 'Ajouter une commune',
    outside: 'hors du territoire',
    unnamed: (code: string) => `${code}, commune hors du territoire`,
    dropCommune: (name: string) => `Retirer ${name}`,
    visits: 'Je prends aussi des patients à visiter à domicile',
    declare: (n: number) => `Annoncer ${patients(n)}`,
    confirm: (n: number) => `Confirmer ${patients(n)}`,
    save: 'Enregistrer',
    busy: 'Envoi…',
    saved: (n: number) =>
      n === 0
        ? 'C’est noté : aucun nouveau patient ce trimestre.'
        : `C’est noté : ${n > 1 ? 'jusqu’à ' : ''}${patients(n)} ce trimestre.`,
    pause: 'Faire une pause : ne plus rien me proposer',
    pausedNow: 'C’est noté : plus rien ne vous est proposé.',
    resumed: 'C’est noté : la CPTS peut de nouveau vous proposer des patients.',
  },

  offers: {
    title: 'Patients proposés',
    count: (n: number) => `${n} à répondre`,
    none: 'Aucune proposition n’attend votre réponse.',
    noneYet:
      'Quand un patient du territoire cherche un médecin traitant et correspond à vos souhaits, il apparaît ici, sans son nom.',
    past: 'Vos réponses',
    age: (years: number) => counted(years, 'an', 'ans'),
    ageUnknown: 'Âge inconnu',
    km: (km: number) => `à ${km.toLocaleString('fr-FR')} km à vol d’oiseau`,
    here: 'dans votre commune',
    unlocated: 'distance inconnue',
    visits: 'Visites à domicile nécessaires',
    noVisits: 'Peut venir au cabinet',
    known: 'Ce patient vous connaît déjà',
    since: (days: number) =>
      days === 0 ? 'Signalé aujourd’hui' : `Cherche depuis ${counted(days, 'jour', 'jours')}`,
    noCriteria: 'Aucune situation particulière',
    synthesis: 'Synthèse de l’infirmière',
    left: {
      today: (time?: string) => `À répondre aujourd’hui${time ? ` avant ${time}` : ''}`,
      tomorrow: (time?: string) => `À répondre d’ici demain ${time ?? 'soir'}`,
      days: (n: number, day: string) =>
        `Encore ${counted(n, 'jour', 'jours')} pour répondre, jusqu’au ${day}`,
    },
    noName: 'Son nom et ses coordonnées vous sont donnés si vous acceptez.',
    accept: 'Accepter',
    decline: 'Décliner',
    call: 'Être rappelé par l’infirmière',
    print: 'Imprimer',
    sure: 'Devenir son médecin traitant ?',
    sureLead: 'Son identité et ses coordonnées vous sont données aussitôt, et la place est comptée.',
    yes: 'Oui, j’accepte',
    why: 'Pourquoi ?',
    note: 'Un mot pour l’infirmière',
    noteHint: 'Facultatif. Pas de nom de patient.',
    declineNow: 'Décliner ce patient',
    fewer: (n: number) =>
      n === 0 ? 'Ne plus prendre de patient ce trimestre' : `Passer à ${patients(n)} ce trimestre`,
    needReason: 'Choisissez une raison.',
    callWhen: 'Quand vous joindre, ou votre question',
    callNow: 'Demander à être rappelé',
    callAsked: (day: string) => `Rappel demandé le ${day}. La proposition attend toujours votre réponse.`,
    busy: 'Envoi…',
    unsent:
      'Votre réponse n’est pas partie : pas de réseau. Rien n’est gardé pour plus tard ; envoyez-la de nouveau.',
    reasons: {
      full: 'Plus de place',
      distance: 'Trop loin',
      needs: 'Soins que je ne peux pas donner',
      relation: 'Nous nous connaissons',
      other: 'Autre raison',
    } satisfies Record<MTDeclineReason, string>,
    said: {
      accept: 'Accepté : voici le patient.',
      decline: 'C’est noté, merci. L’infirmière cherche ailleurs.',
      call: 'C’est noté : l’infirmière vous rappelle.',
    },
    otherwise: {
      answered: 'Cette proposition avait déjà sa réponse : voici où elle en est.',
      withdrawn: 'La CPTS avait retiré cette proposition : votre réponse n’est pas enregistrée.',
      expired: 'Trop tard : le délai est passé. L’infirmière cherche ailleurs.',
      gone: 'Cette proposition n’existe plus.',
    },
    states: {
      pending: 'en attente',
      accepted: 'accepté',
      declined: 'décliné',
      expired: 'sans réponse à temps',
      withdrawn: 'proposition retirée',
      ended: 'n’a pas abouti',
    } satisfies Record<MTOfferState, string>,
    on: (state: string, day: string) => `${state} le ${day}`,
    by: (who: string) => `par ${who}`,
    attached: (day: string) => `Rattaché le ${day}`,
    appointment: (day: string) => `Premier rendez-vous le ${day}`,
    open: 'Détails',
  },

  patient: {
    erased: 'Identité effacée à la demande du patient',
    born: (day: string, age: string) => `Né(e) le ${day}${age && ` · ${age}`}`,
    call: (name: string, phone: string) => `Appeler ${name} au ${phone}`,
    noPhone: 'Aucun numéro : voyez l’adresse, ou demandez à l’infirmière.',
    address: 'Adresse',
    chronic: 'Maladies chroniques',
    medication: 'Traitements',
    gone: 'Médecin traitant parti',
    goneSince: (day: string) => `depuis le ${day}`,
    reporter: 'Signalé par',
    consent: 'Accord du patient',
    consentBy: (who: string, day: string) => `Recueilli par ${who} le ${day}`,
    next: 'La suite',
    steps: [
      'Appelez le patient et fixez un premier rendez-vous.',
      'Ce jour-là, faites avec lui la déclaration de médecin traitant sur amelipro.',
      'L’infirmière de la CPTS suit le rattachement. Si rien n’aboutit, dites-le-lui.',
    ],
  },

  sheet: {
    title: 'Patient proposé',
    titleAccepted: 'Nouveau patient accepté',
    noName: 'Sans identité : elle est donnée après acceptation.',
    secret: 'Données de santé : à garder pour vous, puis à détruire.',
    printed: (day: string, time: string, by: string) => `Imprimé le ${day} à ${time} par ${by}`,
    patient: 'Patient',
    age: 'Naissance, âge',
    commune: 'Commune',
    distance: 'Distance',
    criteria: 'Situations',
    visits: 'Visites',
    waits: 'Attente',
    answer: 'Réponse',
    answerBefore: (day: string) => `À donner dans Relais jusqu’au ${day}`,
    phone: 'Téléphone',
  },

  report: {
    title: 'Signaler un patient',
    lead: 'Un patient sans médecin traitant que vous ne pouvez pas prendre ? Avec son accord, l’infirmière de la CPTS cherche pour lui.',
    open: 'Signaler un patient',
  },
});
