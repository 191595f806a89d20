import type { components } from '../../api/schema';
import { counted } from '../../ui/plural';
import { withSpaces } from '../../ui/spaces';

export const words = withSpaces({
  none: '–',
  month: 'Mois',
  doctor: 'Médecin',
  everyone: 'Tous les médecins',
  unnamed: 'Médecin retiré de l’annuaire',
  csv: 'CSV',
  csvLabel: 'CSV : les actes du mois, un par ligne',
  file: 'attestations',
  noPractitioner:
    'Votre compte n’est relié à aucun médecin du territoire. Demandez-le à la coordination de votre CPTS.',
  empty: 'Aucun acte à attester pour ce mois',
  emptyHint:
    'Un acte paraît ici dès que le médecin a indiqué « venu » pour un rendez-vous pris par la régulation.',
  emptyOwn:
    'Indiquez « venu » sur votre téléphone après chaque patient adressé par la régulation : l’acte paraît ici aussitôt.',
  noneOf: 'Aucun acte de ce médecin ce mois-ci.',
  noPatient: 'Aucun patient n’est nommé : ni ici, ni sur le papier, ni dans le fichier.',
  onPaper: 'À l’impression, une page par médecin.',
  onPaperOwn: 'Imprimez la page pour la faire signer par votre CPTS.',
  summary: 'Actes adressés par la régulation',
  sum: (acts: number, doctors: number, total: string) =>
    `${counted(acts, 'acte', 'actes')} de ${counted(doctors, 'médecin', 'médecins')}, ${total} de majorations.`,

  columns: {
    doctor: 'Médecin',
    rpps: 'RPPS',
    acts: 'Actes',
    earning: 'Majorés',
    total: 'Majorations',
    sheet: 'Attestation',
    appointment: 'Rendez-vous',
    booked: 'Réservé',
    delay: 'Délai',
    majorations: 'Majoration et motifs',
    amount: 'Montant',
    day: 'Rendez-vous le',
    hour: 'à',
    bookedDay: 'Réservé le',
    bookedHour: 'à (réservation)',
    delayMinutes: 'Délai (min)',
    ownMT: 'Patient du médecin',
    because: 'Motifs',
    payer: 'Payeur',
    amountEuros: 'Montant (€)',
  },
  see: 'Voir',
  seeOf: (name: string) => `Voir l’attestation : ${name}`,
  one: 'Attestation de cet acte',
  seeAct: (on: string) => `Voir l’attestation de l’acte du ${on}`,
  oneOf: (on: string) => `Attestation de l’acte du ${on}`,
  back: 'Revenir au mois',
  total: 'Total',
  yes: 'oui',
  no: 'non',

  sheet: {
    title: 'Attestation de régulation',
    month: (month: string) => `Actes de ${month}`,
    statesMonth: (territory: string, who: string, acts: number, month: string) =>
      `La ${territory} atteste que ${who} a honoré ${counted(acts, 'rendez-vous adressé', 'rendez-vous adressés')} par la régulation en ${month} (116 117 ou service d’accès aux soins), ${acts < 2 ? 'inscrit' : 'inscrits'} dans l’agenda partagé Relais.`,
    statesOne: (territory: string, who: string, on: string) =>
      `La ${territory} atteste que ${who} a honoré le ${on} un rendez-vous adressé par la régulation (116 117 ou service d’accès aux soins), inscrit dans l’agenda partagé Relais.`,
    who: (name: string, rpps: string) => (rpps ? `${name} (RPPS ${rpps})` : name),
    territory: 'Communauté',
    doctor: 'Médecin',
    rpps: 'RPPS',
    noRpps: 'non renseigné',
    total: 'Total des majorations',
    noPatient: 'L’identité des patients reste dans le dossier du médecin et n’est pas portée ici.',
    simulated: 'Données simulées : ce document n’a pas de valeur.',
    made: (on: string) => `Établi le ${on} d’après le registre de Relais.`,
    signature: 'Pour la communauté, nom et signature',
    booking: 'Référence du rendez-vous',
    sent: 'Adressé par la régulation',
    ownMT: 'Médecin traitant du patient',
  },

  because: {
    regulated: 'adressé par la régulation',
    in_time: 'vu dans le délai',
    not_own_mt: 'pas le médecin traitant du patient',
    under_cap: 'sous le plafond de la semaine',
    without_cap: 'sans plafond',
  } satisfies Record<components['schemas']['MajorationReason'], string>,
  nth: (n: number) => `${n === 1 ? '1er' : `${n}e`} acte majoré de la semaine, sous le plafond`,
  earned: (name: string, payer: string) => (payer ? `${name}, ${payer}` : name),
  nothing: 'aucune majoration',
  ownMTShort: 'patient du médecin',
});
