import { counted } from '../ui/plural';
import { withSpaces } from '../ui/spaces';

const slots = (n: number) => counted(n, 'créneau', 'créneaux');
const seats = (n: number) => counted(n, 'place', 'places');

const list = new Intl.ListFormat('fr', { type: 'conjunction' });

/** The phone's own words; shared ones are in ui/messages. */
export const words = withSpaces({
  notAGp: 'Votre compte n’est relié à aucun praticien : vous ne pouvez pas publier de créneaux.',
  weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],

  /** "lundi", "lundi et jeudi", "lundi, mercredi et vendredi". */
  together: (names: (string | undefined)[]) => list.format(names.filter((name) => name !== undefined)),

  patient: 'Patient',

  next: {
    title: 'Prochain patient',
    none: 'Personne n’est attendu pour le moment.',
    call: (name: string, phone: string) => `Appeler ${name} au ${phone}`,
    age: (years: number) => counted(years, 'an', 'ans'),
    now: 'en ce moment',
  },
  outcome: {
    title: 'Venu ou pas venu ?',
    lead: 'Un geste par patient, tout de suite ou le soir.',
    came: 'Venu',
    absent: 'Pas venu',
    cameOf: (name: string) => `${name} est venu`,
    absentOf: (name: string) => `${name} n’est pas venu`,
    correct: 'Noté. Pour corriger, touchez l’autre réponse.',
    saidCame: (name: string) => `${name} : venu.`,
    saidAbsent: (name: string) => `${name} : pas venu.`,
  },
  states: {
    unsaid: 'à confirmer',
    booked: 'attendu',
    honoured: 'venu',
    no_show: 'pas venu',
    cancelled: 'annulé',
  },

  slots: {
    none: 'Aucun créneau publié.',
    counts: (free: number, taken: number) =>
      `${counted(free, 'libre', 'libres')}, ${counted(taken, 'prise', 'prises')}`,
    seats: (taken: number, all: number) => `${taken}/${seats(all)}`,
    details: (time: string) => `Créneau de ${time}`,
    blocked: 'retiré',
    lapsed: 'non pris',
    withdraw: 'Retirer ce créneau',
    restore: 'Remettre ce créneau',
    withdrawn: 'Créneau retiré.',
    restored: 'Créneau remis.',
    cancel: 'Annuler ce rendez-vous',
    heldBy: (who: string, until: string) => `${who} retient ce créneau jusqu’à ${until}.`,
    nobody: 'Personne n’y est inscrit.',
  },

  later: {
    title: 'Plus tard',
    open: 'Voir les 8 semaines suivantes',
    close: 'Replier',
    further: 'Afficher deux semaines de plus',
    none: 'Aucun créneau publié sur cette période.',
    until: (day: string) => `Jusqu’au ${day}`,
    recurrences: 'Chaque semaine',
    line: (days: string, from: string, to: string) => `Chaque ${days}, ${from} à ${to}`,
    ends: (day: string) => `jusqu’au ${day}`,
    stop: 'Arrêter',
    stopOf: (line: string) => `Arrêter : ${line}`,
    stopFrom: 'Arrêter à partir du',
    stopSubmit: (day: string) => `Arrêter à partir du ${day}`,
    stopHint: 'Les places libres seront retirées ; les rendez-vous déjà pris restent.',
    needDay: 'Indiquez un jour à partir d’aujourd’hui.',
    stopped: (day: string) => `Créneaux arrêtés à partir du ${day}.`,
  },

  cancel: {
    title: 'Annuler le rendez-vous',
    who: 'Qui annule ?',
    practitioner: 'Moi, le médecin',
    patient: 'Le patient',
    reason: 'Motif',
    hint: 'La régulation le lira pour rappeler le patient.',
    suggestions: {
      practitioner: ['Urgence au cabinet', 'Absence imprévue'],
      patient: ['A rappelé pour annuler', 'Va mieux'],
    },
    needReason: 'Indiquez un motif.',
    withdraw: 'Retirer aussi ce créneau',
    withdrawRange: 'Retirer aussi les places libres de cette plage',
    withdrawHint: 'Sinon la place est aussitôt proposée à un autre patient.',
    submit: 'Annuler le rendez-vous',
    done: 'Rendez-vous annulé : la régulation est prévenue.',
    doneWithdrawn: 'Rendez-vous annulé et créneau retiré : la régulation est prévenue.',
  },

  publish: {
    open: 'Publier',
    title: 'Publier des créneaux',
    when: 'Quand',
    chips: {
      now: 'Maintenant',
      hour: 'Dans 1 h',
      noon: 'Fin de matinée',
      evening: 'Ce soir',
      tomorrow: 'Demain 8 h',
      other: 'Autre heure',
    },
    day: 'Jour',
    time: 'Heure',
    many: 'Combien',
    long: 'Durée de chacun',
    minutes: (n: number) => `${n} min`,
    location: 'Lieu',
    more: 'Plus d’options',
    less: 'Moins d’options',
    shape: 'Forme',
    slotsShape: 'Des créneaux l’un après l’autre',
    rangeShape: 'Une plage avec des places',
    seats: 'Places',
    until: 'Jusqu’à',
    modality: 'Consultation',
    audience: 'Visible par',
    note: 'Note pour la régulation',
    noteHint: 'Jamais de nom de patient ici.',
    repeat: 'Répéter chaque semaine',
    weekdays: 'Jours',
    repeatUntil: 'Jusqu’au',
    skipHolidays: 'Sauf les jours fériés',
    submit: (n: number, asSeats: boolean) => `Publier ${asSeats ? seats(n) : slots(n)}`,
    busy: 'Envoi…',
    soonest: 'Au plus tôt',
    summary: (day: string, from: string, to: string) => `${day}, ${from} à ${to}`,
    weekly: (n: number, asSeats: boolean, days: string, times: number) =>
      `${asSeats ? seats(n) : slots(n)} chaque ${days}, ${times} fois`,
    total: (n: number, asSeats: boolean) => `${asSeats ? seats(n) : slots(n)} en tout`,
    done: (n: number, asSeats: boolean) =>
      asSeats
        ? `${seats(n)} ${n > 1 ? 'publiées' : 'publiée'}.`
        : `${slots(n)} ${n > 1 ? 'publiés' : 'publié'}.`,
    doneWeekly: (weekly: string, total: string) => `Publié : ${weekly} (${total}).`,
    taken: (hours: string) => `Vous avez déjà des créneaux ${hours}.`,
    between: (from: string, to: string) => `de ${from} à ${to}`,
    startAt: (when: string) => `Commencer ${when}`,
    incomplete: 'Complétez le jour et l’heure.',
    never: 'Aucun des jours cochés ne tombe dans cette période.',
    waiting: 'Pas de réseau : la publication partira dès son retour.',
    past: 'Cette heure est déjà passée.',
    badRange: 'La fin doit suivre le début.',
    needDays: 'Choisissez au moins un jour.',
    noLocation: 'Aucun lieu d’exercice n’est enregistré pour vous. Demandez à la coordination de l’ajouter.',
  },

  queue: {
    title: 'En attente d’envoi',
    waiting: 'Sera envoyé au retour du réseau',
    sending: 'Envoi…',
    refused: (why: string) => `Refusé : ${why}`,
    expired: 'L’heure est passée : rien n’a été publié',
    retry: 'Réessayer maintenant',
    drop: 'Retirer de la liste',
  },

  feed: {
    open: 'Agenda',
    title: 'Mon agenda dans mon téléphone',
    lead: 'Vos créneaux et rendez-vous dans l’agenda que vous utilisez déjà. Aucun nom de patient n’y figure.',
    create: 'Créer une adresse',
    address: 'Adresse à ajouter comme abonnement',
    once: 'Elle ne sera plus montrée : copiez-la maintenant. Qui la connaît peut lire cet agenda.',
    created: (day: string) => `Adresse créée le ${day}`,
    revoke: 'Révoquer',
    sure: 'Révoquer cette adresse ? Les agendas abonnés ne se mettront plus à jour.',
    revokeSure: 'Oui, révoquer',
    revoked: 'Adresse révoquée : elle ne répond plus.',
    none: 'Aucune adresse pour le moment.',
  },

  notice: {
    booked: (when: string) => `Nouveau rendez-vous ${when}.`,
    cancelled: (when: string) => `Rendez-vous ${when} annulé.`,
    at: (day: string, time: string) => `${day} à ${time}`,
  },
});
