import type { FillGrouping } from '../api/types';
import { counted } from '../ui/plural';
import { withSpaces } from '../ui/spaces';

/** The pilot's own words; shared ones are in ui/messages. */
export const words = withSpaces({
  title: 'Taux de remplissage',
  simulated: 'Données simulées : ces chiffres viennent d’un territoire de démonstration.',
  admin:
    'Compte d’administration : vous voyez ici les taux de remplissage, jamais un patient. Les comptes s’ajoutent sur le serveur avec la commande « relais account add ».',
  denied: 'Votre compte ne donne pas accès aux indicateurs de ce territoire.',
  empty: 'Aucun créneau publié sur cette période.',

  period: {
    legend: 'Période',
    season: 'La saison',
    week: 'Cette semaine',
    today: 'Aujourd’hui',
    own: 'Au choix',
    from: 'Du',
    to: 'Au',
    backwards: 'La fin doit suivre le début, à 400 jours au plus.',
    unsound: 'Cette période n’est pas complète ou pas valable : aucun chiffre à montrer.',
    unsoundTitle: 'Période à corriger',
    needDay: 'Indiquez un jour.',
    inWords: (from: string, to: string) => (from === to ? `Le ${from}` : `Du ${from} au ${to}`),
  },
  by: {
    label: 'Regrouper par',
    names: {
      day: 'Jour',
      week: 'Semaine',
      month: 'Mois',
      practitioner: 'Praticien',
      location: 'Lieu',
      halfday: 'Demi-journée',
      hour: 'Jour et heure',
    } satisfies Record<FillGrouping, string>,
    files: {
      day: 'par-jour',
      week: 'par-semaine',
      month: 'par-mois',
      practitioner: 'par-praticien',
      location: 'par-lieu',
      halfday: 'par-demi-journee',
      hour: 'par-jour-et-heure',
    } satisfies Record<FillGrouping, string>,
  },

  totals: {
    heading: 'Sur la période',
    fill: 'Remplissage',
    offered: 'Places offertes',
    taken: 'Places prises',
    noShow: 'Pas venus',
    lapsed: 'Perdues',
    lapsedHint: 'offertes, jamais prises',
    noSolution: 'Sans solution',
    noSolutionHint: (n: number) => (n < 2 ? 'appel sans créneau' : 'appels sans créneau'),
    within24h: 'Sous 24\u00a0h',
    within24hHint: 'de l’appel au rendez-vous',
    delay: 'Délai médian',
    practitioners: 'Médecins',
    practitionersHint: 'ayant publié',
  },

  chart: {
    title: 'Places offertes et prises',
    offered: 'offertes',
    taken: 'prises',
    describe: (n: number) =>
      `Graphique en barres, ${counted(n, 'ligne', 'lignes')} ; le tableau donne les mêmes chiffres.`,
    bar: (label: string, taken: number, offered: number, fill: string) =>
      `${label} : ${taken} sur ${offered}, ${fill}`,
  },
  table: {
    title: 'Tableau',
    offered: 'Offertes',
    taken: 'Prises',
    fill: 'Taux',
    lapsed: 'Perdues',
    noShow: 'Pas venus',
    total: 'Total',
    simulated: 'simulées',
  },
  sheet: {
    offered: 'Places offertes',
    taken: 'Places prises',
    fill: 'Taux de remplissage',
    lapsed: 'Perdues',
    withdrawn: 'Retirées',
    heldThenLost: 'Retenues puis perdues',
    cancelledByPatient: 'Annulées par le patient',
    cancelledByRegulator: 'Annulées par la régulation',
    cancelledByPractitioner: 'Annulées par le médecin',
    honoured: 'Venus',
    noShow: 'Pas venus',
    withMT: 'Avec médecin traitant',
    withoutMT: 'Sans médecin traitant',
    unknownMT: 'Médecin traitant inconnu',
    medianDelayMinutes: 'Délai médian en minutes',
    within24h: 'Part sous 24 h',
    casesWithoutSolution: 'Appels sans créneau',
    practitioners: 'Médecins ayant publié',
    hoursOpened: 'Heures ouvertes',
    snpActs: 'Actes SNP',
    extra: 'Places en sus',
  },
  csv: 'Télécharger en CSV',
  print: 'Imprimer',
  none: '–',
  minutes: (n: number) =>
    n < 90
      ? `${Math.round(n)} min`
      : `${Math.floor(n / 60)} h ${String(Math.round(n % 60)).padStart(2, '0')}`,
});
