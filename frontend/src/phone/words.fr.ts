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
  undo: 'Remettre',

  views: {
    label: 'Parties de la page',
    day: 'Mon jour',
    week: 'Ma semaine',
    patients: 'Patients',
    settings: 'Réglages',
    failed: 'Cette partie n’a pas pu s’ouvrir. Réessayez une fois le réseau revenu.',
    toTell: (n: number) => `${n} à confirmer`,
    toAnswer: (n: number) => counted(n, 'proposition à répondre', 'propositions à répondre'),
  },
  fresh: {
    text: 'Une nouvelle version de la page est prête.',
    take: 'L’ouvrir',
  },
  stale: (day: string, time: string) => `Pas de réseau : ce que vous voyez date ${day} à ${time}.`,
  ofDay: { today: 'd’aujourd’hui', other: (day: string) => `du ${day}` },

  next: {
    title: 'Prochain patient',
    none: 'Personne n’est attendu pour le moment.',
    unknown: 'Qui vient n’est pas gardé sur ce téléphone : la liste s’affiche dès le retour du réseau.',
    extra: 'en sus',
    call: (name: string, phone: string) => `Appeler ${name} au ${phone}`,
    age: (years: number) => counted(years, 'an', 'ans'),
    now: 'en ce moment',
  },
  outcome: {
    title: 'Venu ou pas venu ?',
    count: (n: number) => counted(n, 'à confirmer', 'à confirmer'),
    lead: 'Un geste par patient, tout de suite ou le soir.',
    certificates: 'Mes attestations',
    came: 'Venu',
    absent: 'Pas venu',
    cameOf: (name: string) => `Venu, ${name}`,
    absentOf: (name: string) => `Pas venu, ${name}`,
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
    swept: 'Retirer',
    withdrawnAt: (time: string) => `Créneau de ${time} retiré.`,
    counts: (free: number, taken: number) =>
      `${counted(free, 'libre', 'libres')}, ${counted(taken, 'prise', 'prises')}`,
    seats: (taken: number, all: number) => `${taken}/${seats(all)}`,
    details: (time: string) => `Créneau de ${time}`,
    blocked: 'retiré',
    lapsed: 'non pris',
    withdraw: 'Retirer ce créneau',
    restore: 'Remettre ce créneau',
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
  },

  seen: {
    title: 'Vu par la régulation',
    states: {
      free: 'proposé à un appelant',
      held: 'un régulateur est en ligne pour ce créneau',
      booked: 'n’est plus proposé',
      blocked: 'n’est plus visible',
      lapsed: 'n’est plus proposé : l’heure est passée',
    },
    regulation: 'Seuls les régulateurs le voient.',
    cpts: 'Les régulateurs et les professionnels de la CPTS le voient.',
    nobody: 'Jamais de patient ni de motif sur cette ligne.',
  },

  news: {
    title: 'Depuis votre dernière visite',
    booked: (when: string) => `Nouveau rendez-vous ${when}`.trim(),
    booking_cancelled: (when: string) => `Rendez-vous annulé ${when}`.trim(),
    others: {
      solicitation_settled: 'La demande en sus est réglée : un confrère l’a prise.',
      mt_offered: 'Un patient cherche un médecin traitant et vous est proposé.',
      mt_offer_withdrawn: 'Une proposition de patient est retirée.',
    } as Record<string, string>,
    close: 'Compris',
  },

  asked: {
    title: 'Un patient en sus ?',
    lead: (by: string) => `${by} cherche un médecin.`,
    from: (commune: string, km?: string) => (km ? `${commune}, à ${km} km à vol d’oiseau` : commune),
    here: (commune: string) => `${commune}, votre commune`,
    noCommune: 'Commune inconnue',
    noReason: 'Motif non précisé',
    within: (delay: string) => `Souhaité sous ${delay}`,
    minutes: (n: number) => `${n} min`,
    hours: (n: number) => `${n} h`,
    left: 'Il reste',
    yes: 'Je le prends',
    no: 'Non merci',
    when: 'À quelle heure ?',
    chips: {
      quarter: 'Dans 15 min',
      half: 'Dans 30 min',
      hour: 'Dans 1 h',
      evening: 'Fin de journée',
      other: 'Autre heure',
    },
    gaps: { gap: 'premier temps libre', later: 'temps libre suivant' },
    marks: { booked: 'déjà pris', free: 'votre créneau' },
    meets: (who: string | undefined, time: string) => `Vous recevez déjà ${who ?? 'un patient'} à ${time}.`,
    onFree: (times: string, n: number, stays: boolean) =>
      `Sur ${n > 1 ? 'vos créneaux libres' : 'votre créneau libre'} de ${times}${stays ? ` : ${n > 1 ? 'ils restent proposés' : 'il reste proposé'}` : ''}.`,
    onHeld: (time: string) => `Sur votre créneau de ${time}, qu’un régulateur retient pour un patient.`,
    onRange: (from: string, to: string) => `Pendant votre plage de ${from} à ${to} : elle reste proposée.`,
    withdraw: (times: string, n: number) =>
      `Retirer ${n > 1 ? 'mes créneaux libres' : 'mon créneau libre'} de ${times}`,
    day: 'Jour',
    time: 'Heure',
    where: 'Où ?',
    confirm: (when: string) => `Recevoir le patient ${when}`,
    bad: 'Choisissez une heure dans les 24 prochaines heures.',
    won: 'C’est pour vous. Le rendez-vous est pris.',
    lost: 'Déjà pris par un confrère, ou la demande est retirée. Merci d’avoir répondu.',
    declined: 'C’est noté, merci. La régulation cherche ailleurs.',
    close: 'Fermer',
  },

  install: {
    title: 'Gardez Relais sous la main',
    lead: 'Sur l’écran d’accueil, la page s’ouvre d’un geste, même sans réseau.',
    add: 'Installer',
    ios: 'Sur iPhone et iPad : touchez Partager, puis « Sur l’écran d’accueil ».',
    later: 'Plus tard',
  },

  cancel: {
    title: (name: string | undefined, time: string) =>
      `Annuler le rendez-vous de ${name ?? 'ce patient'} à ${time}`,
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
    weeklyTitle: 'Ajouter une permanence',
    when: 'Quand',
    chips: {
      now: 'Maintenant',
      hour: 'Dans 1 h',
      later: 'Plus tard',
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
    from: 'À partir du',
    firstTime: (when: string) => `Première fois : ${when}`,
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
    lately: 'Vos heures habituelles',
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
    refused: 'Refusé',
    late: 'Trop tard',
    expired: 'L’heure est passée : rien n’a été publié',
    lead: 'Rien n’est perdu : chaque publication part dès que possible, et jamais après son heure.',
    retry: 'Réessayer maintenant',
    drop: 'Retirer de la liste',
  },

  notice: {
    booked: (when: string) => `Nouveau rendez-vous ${when}.`,
    cancelled: (when: string) => `Rendez-vous ${when} annulé.`,
    at: (day: string, time: string) => `${day} à ${time}`,
  },
});
