import { counted } from '../ui/plural';
import { withSpaces } from '../ui/spaces';
import type { Preset, Wrong } from './period';
import type { Group, Section } from './place';
import type { FillGrouping } from './reports';

/** The pilot's own words; shared ones are in ui/messages. */
export const words = withSpaces({
  simulated: 'Données simulées : ce territoire est une démonstration.',
  admin:
    'Compte d’administration : vous voyez ici les indicateurs, jamais un patient. Les comptes s’ajoutent sur le serveur avec la commande « relais account add ».',
  denied: 'Votre compte ne donne pas accès à ces chiffres. Demandez-le à la coordination de votre CPTS.',
  none: '–',
  print: 'Imprimer',
  printed: (territory: string, at: string) => `${territory} · imprimé le ${at}`,

  sections: {
    legend: 'Rubriques',
    names: {
      'demandes-mt': 'Demandes de MT',
      'plan-mt': 'Plan',
      'places-mt': 'Places des médecins',
      'suivi-mt': 'Médecins traitants',
      signaler: 'Signaler',
      ensemble: 'Vue d’ensemble',
      remplissage: 'Remplissage',
      heures: 'Heures',
      demandes: 'Demandes',
      appels: 'Appels',
      participation: 'Participation',
      couverture: 'Couverture',
      membres: 'Membres',
      contrat: 'Contrat et paiements',
      indicateurs: 'Indicateurs du contrat',
      dialogue: 'Dialogue annuel',
      enveloppes: 'Enveloppes',
      budget: 'Budget',
      livre: 'Livre',
      attendus: 'Sommes attendues',
      exercices: 'Exercices et échanges',
      attestations: 'Attestations',
    } satisfies Record<Section, string>,
    leads: {
      'demandes-mt': 'Chaque patient sans médecin traitant a une réponse. Les plus fragiles d’abord.',
      'plan-mt': 'Qui pourrait suivre qui, et pourquoi. Rien ne part sans votre accord.',
      'places-mt': 'Combien de patients chaque médecin peut prendre ce trimestre.',
      'suivi-mt': 'Le délai jusqu’au rattachement, priorité par priorité, et les places qui restent.',
      signaler: 'Un patient sans médecin traitant ? L’infirmière de la CPTS cherche avec lui.',
      ensemble: 'Où en sommes-nous, et que reste-t-il à couvrir ?',
      remplissage: 'Les places prises parmi les places offertes, par médecin, par lieu, par demi-journée.',
      heures: 'Les heures de la semaine qui se remplissent, et celles qui restent libres.',
      demandes: 'Qui a été orienté, dans quel délai, et qui est resté sans solution.',
      appels: 'Le temps que prend un appel, du premier mot au rendez-vous.',
      participation: 'Les heures que chaque médecin a ouvertes, semaine par semaine.',
      couverture: 'Qui reçoit dans les semaines qui viennent, et où personne ne reçoit encore.',
      membres: 'Les médecins du territoire, et ceux qui ont publié ces quatre dernières semaines.',
      contrat: 'Ce que le contrat ACI rapporte, ce qui est venu, et ce qui reste à venir.',
      indicateurs: 'Les objectifs de chaque année, où nous en sommes, et ce qui le prouve.',
      dialogue: 'Ce que la CPTS, l’Assurance Maladie et l’ARS regardent ensemble chaque année.',
      enveloppes: 'Ce qui peut être dépensé, et pour quoi.',
      budget: 'Ce qui est prévu, engagé et dépensé.',
      livre: 'Toutes les écritures, à la suite, jamais modifiées.',
      attendus: 'L’argent qui doit venir.',
      exercices: 'Ouvrir et clore une année, échanger avec la banque et le comptable.',
      attestations: 'Ce que la régulation a adressé à chaque médecin, mois par mois.',
    } satisfies Record<Section, string>,
    mine: { name: 'Mes attestations', lead: 'Ce que la régulation vous a adressé, mois par mois.' },
    groups: {
      activity: 'Activité',
      mt: 'Médecin traitant',
      contract: 'Contrat',
      funding: 'Financement',
    } satisfies Record<Group, string>,
  },

  period: {
    legend: 'Période',
    names: {
      week: 'Cette semaine',
      month: 'Ce mois',
      season: 'La saison',
      own: 'Dates',
    } satisfies Record<Preset, string>,
    byMonth: 'Six mois',
    from: 'Du',
    to: 'Au',
    wrong: {
      noFrom: 'Indiquez le premier jour.',
      noTo: 'Indiquez le dernier jour.',
      backwards: 'Le dernier jour vient avant le premier.',
      tooLong: 'Choisissez 400 jours au plus.',
    } satisfies Record<Wrong, string>,
    unsoundTitle: 'Période à corriger',
    inWords: (from: string, to: string) => (from === to ? `Le ${from}` : `Du ${from} au ${to}`),
  },
  ahead: {
    legend: 'Jusqu’où',
    weeks: (n: number) => counted(n, 'semaine', 'semaines'),
  },

  panel: {
    table: 'Tableau',
    tableOf: (title: string) => `Tableau : ${title}`,
    csv: 'CSV',
    csvOf: (title: string) => `CSV : ${title}`,
    picture: (title: string, what: string) => `${title} : ${what} ; le tableau donne les mêmes chiffres.`,
    bars: (n: number) => counted(n, 'barre', 'barres'),
    columns: (n: number) => counted(n, 'colonne', 'colonnes'),
    squares: (rows: number, columns: number) =>
      `grille de ${counted(rows, 'ligne', 'lignes')} et ${counted(columns, 'colonne', 'colonnes')}`,
  },
  sheet: { data: 'Données', simulated: 'simulées' },
  total: 'Total',

  by: {
    day: 'Jour',
    week: 'Semaine',
    month: 'Mois',
    practitioner: 'Médecin',
    location: 'Lieu',
    halfday: 'Demi-journée',
    hour: 'Jour et heure',
  } satisfies Record<FillGrouping, string>,
  files: {
    day: 'par-jour',
    week: 'par-semaine',
    month: 'par-mois',
    practitioner: 'par-medecin',
    location: 'par-lieu',
    halfday: 'par-demi-journee',
    hour: 'par-heure',
  } satisfies Record<FillGrouping, string>,
  over: { day: 'par jour', week: 'par semaine', month: 'par mois' },
  weekFrom: 'Semaine du',
  weekOf: (number: number, from: string, to: string) => `Sem. ${number} · ${from} – ${to}`,

  empty: {
    fill: 'Aucun créneau publié sur cette période',
    fillHint:
      'Choisissez une période plus longue, ou invitez un médecin à publier : trois gestes sur son téléphone suffisent.',
    unmet: 'Aucune demande sans solution',
    unmetHint: 'Chaque appelant de cette période a trouvé une réponse.',
    calls: 'Aucun appel sur cette période',
    callsHint: 'Les appels paraissent ici dès que la régulation ouvre un dossier.',
    weeks: 'Aucune heure ouverte sur cette période',
    weeksHint: 'Une heure compte dès qu’un médecin la publie, qu’elle soit prise ou non.',
    bookings: 'Aucun rendez-vous sur cette période',
    bookingsHint: 'Ils paraissent ici dès que la régulation réserve une place.',
    cover: 'Rien n’est encore publié pour ces semaines',
    coverHint: 'Les créneaux paraissent ici dès qu’un médecin les publie.',
    members: 'Aucun médecin dans ce territoire',
    membersHint: 'Les médecins sont inscrits par l’administration du service.',
  },

  fill: {
    over: 'Places offertes et prises',
    practitioner: 'Par médecin',
    location: 'Par lieu',
    halfday: 'Par demi-journée',
    taken: 'prises',
    free: 'non prises',
    bar: (name: string, taken: number, offered: number, fill: string) =>
      `${name} : ${taken} sur ${offered}, ${fill}`,
  },
  columns: {
    offered: 'Places offertes',
    taken: 'Places prises',
    fill: 'Remplissage',
    fillPercent: 'Remplissage (%)',
    lapsed: 'Perdues',
    cancelledByPatient: 'Annulées par le patient',
    cancelledByRegulator: 'Annulées par la régulation',
    cancelledByPractitioner: 'Annulées par le médecin',
    honoured: 'Venus',
    noShow: 'Pas venus',
    withMT: 'Avec médecin traitant',
    withoutMT: 'Sans médecin traitant',
    unknownMT: 'Médecin traitant inconnu',
    medianDelay: 'Délai médian',
    medianDelayMinutes: 'Délai médian (min)',
    within24h: 'Sous 24 h',
    within24hPercent: 'Sous 24 h (%)',
    casesWithoutSolution: 'Sans solution',
    practitioners: 'Médecins',
    hoursOpened: 'Heures ouvertes',
    hoursOpenedUnit: 'Heures ouvertes (h)',
    snpActs: 'Actes SNP',
    extra: 'En sus',
  },

  totals: {
    heading: 'Sur la période',
    lapsedHint: 'offertes, jamais prises',
    noSolutionHint: (n: number) => (n < 2 ? 'appel sans rendez-vous' : 'appels sans rendez-vous'),
    delayHint: 'de l’appel au rendez-vous',
    practitionersHint: 'ayant publié',
    extraHint: 'hors créneaux publiés',
  },

  overview: {
    now: 'Aujourd’hui et avant',
    today: 'Aujourd’hui, journée en cours',
    week: 'Cette semaine, jusqu’à cette heure',
    season: 'La saison',
    seats: (taken: number, offered: number) =>
      offered === 0
        ? 'aucune place offerte'
        : `${counted(taken, 'place prise', 'places prises')} sur ${offered.toLocaleString('fr-FR')}`,
    before: {
      today: (day: string) => `par rapport à ${day} dernier`,
      week: 'par rapport aux mêmes jours et heures de la semaine dernière',
      season: 'par rapport aux 61 jours d’avant',
    },
    same: 'comme avant',
    points: (n: number) => counted(n, 'point', 'points'),
    noBefore: 'pas de chiffres d’avant',
    soFar: (hour: number, fill: string) => `jusqu’à ${hour} h : ${fill},`,
    tooSoon: (day: string) => `trop tôt pour comparer à ${day} dernier`,
    weekTooSoon: 'trop tôt pour comparer à la semaine dernière',
    coming: 'Les sept jours qui viennent',
    seeCover: 'Voir toutes les semaines',
    multiples: 'Au fil du temps',
    practitioners: (n: number) => counted(n, 'médecin', 'médecins'),
  },

  hours: {
    title: 'Remplissage par jour et par heure',
    note: 'La barre au bas de chaque case et le pourcentage disent la part des places prises ; dessous, prises sur offertes.',
    hour: (n: number) => `${n} h`,
    days: ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'],
    notOffered: 'Une case vide : aucune place n’a été offerte à cette heure.',
  },

  needs: {
    unmetCommune: 'Sans solution, par commune',
    unmetWhy: 'Sans solution, par motif',
    commune: 'Commune',
    insee: 'Code commune',
    why: 'Motif',
    cases: 'Appels',
    unknown: 'Commune inconnue',
    mt: 'Patients avec et sans médecin traitant',
    with: 'avec',
    without: 'sans',
    unknownMT: 'inconnu',
    delays: 'Délai de l’appel au rendez-vous',
    outcome: 'Venus, pas venus, annulés',
    withExtra: (bookings: number, extra: number) =>
      `${counted(bookings, 'rendez-vous non annulé', 'rendez-vous non annulés')}, dont ${extra} en sus des places publiées.`,
    honoured: 'venus',
    noShow: 'pas venus',
    cancelled: 'annulés',
    bar: (name: string, cases: number) => `${name} : ${counted(cases, 'appel', 'appels')}`,
  },

  calls: {
    medians: 'Durées médianes d’un appel',
    mediansLead:
      'La moitié des appels sont plus courts. Jamais par personne ; une valeur paraît à partir de 5 appels, pris par 2 régulateurs au moins.',
    few: 'trop peu d’appels',
    fewLong: 'Il faut au moins 5 appels, pris par au moins 2 régulateurs.',
    outcomes: 'Issue des appels',
    calls: 'Appels',
    proposal: 'Première proposition',
    hold: 'Première retenue',
    book: 'Réservation',
    keys: 'Touches pressées',
    conflicts: 'Places perdues pour 100 appels',
    proposalSeconds: 'Première proposition (s)',
    holdSeconds: 'Première retenue (s)',
    bookSeconds: 'Réservation (s)',
    outcome: 'Issue',
    part: 'Part',
    partPercent: 'Part (%)',
    ends: {
      booked: 'Rendez-vous',
      toMT: 'Vers le médecin traitant',
      advice: 'Conseil',
      to15: 'Vers le 15',
      toEmergency: 'Vers les urgences',
      noSolution: 'Sans solution',
      abandoned: 'Abandon',
      open: 'En cours',
    },
  },

  proof: {
    who: 'Médecin',
    everyone: 'Tous les médecins',
    hours: 'Heures ouvertes à la régulation',
    hoursOf: (name: string) => `Heures ouvertes à la régulation par ${name}`,
    hoursLead: 'Établi d’après les créneaux publiés dans Relais, pris ou non.',
    acts: 'Actes SNP et plafond de la semaine',
    actsLead: (cap: number) =>
      `Au plus ${counted(cap, 'acte majoré', 'actes majorés')} par médecin et par semaine. ▲ proche du plafond, ✕ au-delà.`,
    extra: 'Patients pris en sus',
    extraNone: 'Aucun patient pris en sus',
    extraHint:
      'En sus : un médecin accepte un patient en plus de ses créneaux, quand la régulation le sollicite.',
    under: 'en dessous',
    near: 'proche',
    past: 'au-delà',
    state: 'État',
    cap: 'Plafond',
    week: 'Semaine',
    hoursCell: (name: string, week: string, hours: string) => `${name}, ${week} : ${hours}`,
    actsCell: (name: string, week: string, acts: number, cap: number) =>
      `${name}, ${week} : ${counted(acts, 'acte', 'actes')} pour un plafond de ${cap}`,
    weeksOpen: (weeks: number, of: number, hours: string) =>
      `${counted(weeks, 'semaine', 'semaines')} sur ${of} avec des heures ouvertes, ${hours} en tout.`,
    lastWeeks: (n: number) =>
      `L’image montre les ${n} dernières semaines ; le tableau et le fichier les ont toutes.`,
  },

  cover: {
    title: 'Calendrier',
    gaps: 'À couvrir',
    gapsNone: 'Tout ce qui est attendu est couvert',
    gapsNoneHint:
      'Un manque paraît ici quand une demi-journée a moins de médecins que le territoire n’en attend.',
    more: (n: number) => `et ${counted(n, 'autre jour', 'autres jours')}, plus bas.`,
    // "Samedi 28 novembre : personne le matin, 1 médecin sur 2 l’après-midi"
    gap: (day: string, parts: string[]) => `${day} : ${parts.join(', ')}`,
    weekend: (day: string, parts: string[]) => `${day} : ${parts.join(' ; ')}`,
    receive: (part: string, names: string[]) => `${part}, ${names.join(', ')}`,
    nobody: (parts: string[]) => `personne ${parts.join(' ni ')}`,
    few: (part: string, here: number, wanted: number) =>
      `${here} médecin${here < 2 ? '' : 's'} sur ${wanted} ${part}`,
    parts: { am: 'Matin', pm: 'Après-midi', eve: 'Soir' },
    atPart: { am: 'le matin', pm: 'l’après-midi', eve: 'le soir' },
    empty: 'personne',
    wanted: (n: number) => counted(n, 'attendu', 'attendus'),
    missing: (n: number) => `manque ${counted(n, 'médecin', 'médecins')}`,
    seats: (free: number, seats: number) => `${counted(free, 'libre', 'libres')} sur ${seats}`,
    free: (n: number) => counted(n, 'libre', 'libres'),
    none: 'complet',
    full: (seats: number) => `complet, ${counted(seats, 'place', 'places')}`,
    holiday: 'férié',
    who: (name: string, seats: number) => `${name} (${seats})`,
    legend: { covered: 'quelqu’un reçoit', empty: 'personne, rien n’est attendu', gap: 'manque' },
    columns: {
      day: 'Jour',
      part: 'Demi-journée',
      holiday: 'Férié',
      wanted: 'Médecins attendus',
      here: 'Médecins',
      seats: 'Places',
      free: 'Libres',
      who: 'Qui reçoit',
      state: 'État',
    },
    states: { covered: 'couvert', empty: 'personne', gap: 'manque' },
    yes: 'oui',
    week: (from: string, to: string) => `Semaine du ${from} au ${to}`,
    chosen: (from: string, to: string) => `Du ${from} au ${to}`,
  },

  members: {
    title: 'Médecins du territoire',
    lead: (published: number, all: number) =>
      `${counted(published, 'médecin a publié', 'médecins ont publié')} ces quatre dernières semaines, sur ${all}.`,
    name: 'Médecin',
    rpps: 'RPPS',
    sites: 'Lieux',
    published: 'A publié',
    publishedLong: 'A publié ces 4 dernières semaines',
    yes: 'oui',
    no: 'non',
    seats: 'Places offertes',
    taken: 'Places prises',
    hours: 'Heures ouvertes',
    hoursUnit: 'Heures ouvertes (h)',
    noSite: 'aucun lieu',
  },

  minutes: (n: number) =>
    n < 90
      ? `${Math.round(n)} min`
      : `${Math.floor(Math.round(n) / 60)} h ${String(Math.round(n) % 60).padStart(2, '0')}`,
  seconds: (n: number) =>
    n < 90
      ? `${Math.round(n)} s`
      : `${Math.floor(Math.round(n) / 60)} min ${String(Math.round(n) % 60).padStart(2, '0')}`,
  hoursShort: (n: number) => {
    const minutes = Math.round(n * 60);
    return minutes % 60 === 0
      ? `${minutes / 60} h`
      : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
  },
});
