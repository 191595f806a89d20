import { attribution } from '../../ui/attribution.fr';
import { counted } from '../../ui/plural';
import { withSpaces } from '../../ui/spaces';
import type { FigureKind } from './kinds';

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const capitals = <T extends Record<string, string>>(names: T) =>
  Object.fromEntries(Object.entries(names).map(([key, name]) => [key, capital(name)])) as T;

/** The words of the follow-up: what is measured here, and what the caisse declared. */
export const words = withSpaces({
  measured: 'Mesuré ici',
  measuredLead: 'Les demandes arrivées à la CPTS, du signalement au rattachement. Aucun patient n’est nommé.',
  tier: (n: number) => (n === 0 ? 'Ensemble' : `Priorité ${n}`),
  days: (n: number) => counted(Math.round(n * 10) / 10, 'jour', 'jours'),
  few: 'moins de 5 rattachés',
  none: '–',

  tiles: {
    heading: 'Maintenant et sur la période',
    open: 'Demandes ouvertes',
    openHint: (proposed: number, accepted: number) =>
      `${proposed} proposées, ${accepted} acceptées par un médecin`,
    oldest: (days: number) => `la plus ancienne : ${counted(days, 'jour', 'jours')}`,
    attached: 'Patients rattachés',
    attachedHint: (received: number) =>
      `${counted(received, 'demande reçue', 'demandes reçues')} sur la période`,
    median: (tier: string) => `Délai médian, ${tier.toLowerCase()}`,
    accepted: (days: string) => `acceptation : ${days}`,
    openOf: (n: number) => `${counted(n, 'ouverte', 'ouvertes')}`,
  },

  delays: {
    title: 'Délai médian jusqu’au rattachement, par mois',
    lead: 'Du signalement au rattachement, des patients rattachés dans le mois. Une valeur paraît à partir de 5 patients.',
    month: 'Mois',
    monthFrom: 'Mois du',
    inFile: (tier: string) => `${tier} (jours)`,
    partial: (months: string[]) =>
      `${months.join(', ')} : mois en cours ou incomplet, en pointillé. Chaque colonne est un mois.`,
    empty: 'Aucun patient rattaché sur cette période',
    emptyHint: 'Choisissez une période plus longue : un rattachement prend des semaines.',
  },
  flow: {
    title: 'Demandes reçues et patients rattachés, par mois',
    received: 'Reçues',
    attached: 'Rattachés',
    closed: 'Closes sans rattachement',
    empty: 'Aucune demande sur cette période',
    emptyHint: 'Les demandes paraissent ici dès qu’un signalement arrive.',
  },
  outcomes: {
    title: 'Issue des demandes',
    name: 'Issue',
    names: { attached: 'Rattaché', ...capitals(attribution.closed) } as Record<string, string>,
    empty: 'Aucune demande close sur cette période',
  },
  origins: {
    title: 'Origine des demandes reçues',
    name: 'Origine',
    names: { ...capitals(attribution.origins), professional: 'Professionnel du territoire' } as Record<
      string,
      string
    >,
    empty: 'Aucune demande reçue sur cette période',
  },
  offers: {
    title: 'Propositions et réponses',
    lead: (sent: number, calls: number, median: string) =>
      `${counted(sent, 'proposition envoyée', 'propositions envoyées')}${calls > 0 ? `, ${counted(calls, 'appel demandé', 'appels demandés')}` : ''}${median && `, réponse médiane en ${median}`}.`,
    name: 'Réponse',
    names: {
      accepted: 'Acceptées',
      declined: 'Déclinées',
      expired: 'Sans réponse',
      withdrawn: 'Retirées',
      pending: 'En attente',
    },
    empty: 'Aucune proposition envoyée sur cette période',
    emptyHint: 'Elles partent du plan d’attribution ou d’un dossier.',
  },
  declines: {
    title: 'Motifs de refus des médecins',
    name: 'Motif',
    names: capitals(attribution.declines) as Record<string, string>,
    empty: 'Aucun refus sur cette période',
  },
  noneHint: 'Choisissez une période plus longue.',
  count: 'Nombre',
  bar: (name: string, n: number) => `${name} : ${n.toLocaleString('fr-FR')}`,

  communes: {
    title: 'Patients en attente et places restantes, par commune',
    lead: 'Maintenant : les patients qui y habitent et qu’aucun médecin n’a encore acceptés, les places qui restent aux médecins qui y exercent. Un médecin prend aussi des patients d’ailleurs.',
    name: 'Commune',
    insee: 'Code commune',
    waiting: 'En attente',
    gps: 'Médecins',
    places: 'Places',
    left: 'Places restantes',
    bar: (name: string, waiting: number, left: number) =>
      `${name} : ${counted(waiting, 'patient en attente', 'patients en attente')}, ${counted(left, 'place restante', 'places restantes')}`,
    more: (n: number) =>
      `${counted(n, 'autre commune', 'autres communes')} dans le tableau, sans attente ni place restante.`,
  },

  declared: {
    band: 'Déclaré par la CPAM',
    lead: 'La caisse compte tous les assurés du territoire, qu’ils se soient signalés ou non. Ces chiffres ne s’additionnent pas à ceux mesurés ici.',
    title: 'Patients sans médecin traitant, d’après la caisse',
    kinds: {
      without_mt: 'Sans médecin traitant, 17 ans et plus',
      ald_without_mt: 'En ALD sans médecin traitant',
      aged_70_without_mt: '70 ans et plus sans médecin traitant',
      c2s_without_mt: 'Avec la C2S sans médecin traitant',
    } satisfies Record<FigureKind, string>,
    short: {
      without_mt: '17 ans et plus',
      ald_without_mt: 'En ALD',
      aged_70_without_mt: '70 ans et plus',
      c2s_without_mt: 'Avec la C2S',
    } satisfies Record<FigureKind, string>,
    none: 'pas encore de chiffre',
    shareOf: (share: string, base: string) => `${share} de ${base}`,
    on: (day: string) => `au ${day}`,
    source: (source: string) => `source : ${source}`,
    history: (kind: string) => `${kind} : au fil des déclarations`,
    all: (n: number) => counted(n, 'déclaration', 'déclarations'),
    enter: 'Saisir un chiffre',
    empty: 'Aucun chiffre de la caisse',
    emptyHint: 'Saisissez ceux de votre dernier échange avec la CPAM, avec leur date et leur source.',
    columns: {
      kind: 'Chiffre',
      on: 'Date',
      count: 'Nombre',
      base: 'Sur',
      share: 'Part',
      sharePercent: 'Part (%)',
      source: 'Source',
      by: 'Saisi par',
    },
    form: {
      title: 'Saisir un chiffre de la caisse',
      lead: 'Un chiffre du même intitulé et du même jour est remplacé.',
      kind: 'Chiffre',
      on: 'Date du chiffre',
      count: 'Nombre de patients',
      base: 'Sur combien en tout (facultatif)',
      baseHint: 'Pour en donner la part.',
      source: 'Source',
      sourceHint: 'Par exemple : tableau de bord CPAM 77, 3e trimestre.',
      needDay: 'Indiquez la date du chiffre.',
      needCount: 'Indiquez un nombre entier.',
      wrongBase: 'Ce total doit être un nombre entier, au moins égal au nombre de patients.',
      needSource: 'Indiquez d’où vient ce chiffre.',
      save: 'Enregistrer',
      saving: 'Enregistrement…',
      saved: 'Chiffre enregistré.',
    },
    remove: 'Supprimer',
    removing: (kind: string, day: string) => `Supprimer « ${kind} » au ${day}`,
    removeOf: (kind: string, day: string) => `Supprimer : ${kind}, ${day}`,
    sure: (kind: string, value: string, day: string) =>
      `Supprimer le chiffre « ${kind} : ${value} », au ${day} ? Le journal d’audit garde qu’il a été saisi.`,
    removed: 'Chiffre supprimé.',
  },
});
