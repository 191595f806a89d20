import { counted } from '../../ui/plural';
import { withSpaces } from '../../ui/spaces';
import type { DeclaredCriterion, Origin } from './kinds';

/** The words of the forms: a report, its correction, an import. */
export const formWords = withSpaces({
  optional: (label: string) => `${label} (facultatif)`,

  consent: {
    title: 'L’accord du patient',
    agreed: 'Le patient est d’accord pour que la CPTS cherche un médecin traitant avec lui',
    by: 'Accord recueilli par',
    on: 'Le',
    why: 'Sans son accord, rien n’est gardé. Il peut le retirer à tout moment.',
  },
  who: {
    title: 'Le patient',
    family: 'Nom de famille',
    given: 'Prénom',
    birth: 'Né(e) le, ou année',
    birthHint: '04/09/1952 ou 1952',
    phone: 'Téléphone',
    address: 'Adresse',
    addressHint: 'Sans la commune',
    commune: 'Commune',
  },
  situation: {
    title: 'Sa situation',
    criteria: 'Cochez ce qui est vrai',
    homeVisits: 'Ne peut pas se déplacer : visites à domicile',
    gone: 'Parti depuis le',
    knownTo: 'Un médecin du territoire le connaît déjà',
    knownToNobody: 'Non, ou on ne sait pas',
    disease: 'Maladie chronique',
    diseaseHint: 'Diabète, insuffisance cardiaque… ou « aucune »',
    medication: 'Traitement régulier',
    medicationHint: 'Les principaux médicaments, ou « aucun »',
    synthesis: 'Synthèse pour les médecins',
  },
  source: {
    title: 'Qui signale',
    origin: 'Origine',
    origins: {
      professional: 'Professionnel',
      dac: 'DAC',
      cpam: 'CPAM',
      prado: 'PRADO',
      regulation: 'Régulation',
    } satisfies Record<Origin, string>,
    reporter: 'Signalé par',
    reporterHint: 'Nom et téléphone',
    reach: 'Comment vous joindre',
    since: 'Reçu par la CPTS le',
  },
  criteria: {
    ald: 'Affection de longue durée (ALD)',
    palliative: 'Soins palliatifs',
    hospital_exit: 'Sort de l’hôpital sans médecin traitant',
    c2s: 'C2S ou AME',
    pregnancy: 'Grossesse',
    disability: 'Handicap',
    mt_gone: 'Son médecin traitant est parti',
  } satisfies Record<DeclaredCriterion, string>,
  aged70: '70 ans et plus se compte tout seul, par l’année de naissance.',

  wrong: {
    consent: 'Demandez d’abord l’accord du patient.',
    collector: 'Indiquez qui a recueilli l’accord.',
    consentOn: 'Indiquez le jour de l’accord.',
    future: 'Ce jour n’est pas encore venu.',
    family: 'Indiquez le nom de famille.',
    birth: 'Écrivez la date en chiffres (04/09/1952), ou l’année seule (1952).',
    birthMissing: 'Indiquez la date ou l’année de naissance.',
    phone: 'Ce numéro n’est pas lisible.',
    commune: 'Choisissez la commune dans la liste.',
  },

  kept: {
    outside: (commune: string) =>
      `${commune} est hors du territoire de votre CPTS. Enregistrer quand même cette demande ?`,
  },
  create: {
    title: 'Nouvelle demande',
    submit: 'Enregistrer la demande',
    busy: 'Enregistrement…',
    done: 'Demande enregistrée.',
    duplicates: (n: number) =>
      n === 1
        ? 'Demande enregistrée. Attention : une autre peut être du même patient.'
        : `Demande enregistrée. Attention : ${n} autres peuvent être du même patient.`,
    cancel: 'Revenir à la liste',
  },
  change: { submit: 'Enregistrer', done: 'Demande modifiée.', nothing: 'Rien n’a changé.' },

  report: {
    title: 'Signaler un patient sans médecin traitant',
    fromCall: 'La régulation crée une demande depuis le dossier de l’appel, dans la console.',
    submit: 'Signaler ce patient',
    done: 'Signalement transmis à l’infirmière de la CPTS.',
    mine: 'Vos signalements',
    none: 'Aucun signalement pour l’instant',
    noneHint: 'Vous suivrez ici ce que deviennent les patients que vous signalez.',
    states: {
      received: 'Reçu, l’infirmière va l’étudier',
      qualified: 'Étudié, un médecin est cherché',
      proposed: 'Proposé à un médecin',
      waiting: 'La recherche continue',
      accepted: 'Un médecin accepte',
      attached: 'A un médecin traitant',
      closed: 'Recherche terminée',
    },
    on: (day: string) => `signalé le ${day}`,
    ended: (n: number) => counted(n, 'recherche terminée', 'recherches terminées'),
  },

  import: {
    title: 'Importer des demandes',
    lead: 'Un fichier CSV de la CPAM, du DAC ou d’un tableur, une demande par ligne. Il est d’abord vérifié ; rien n’est gardé avant votre accord.',
    needs:
      'Colonnes nécessaires : nom, date ou année de naissance, commune, consentement le, consentement recueilli par. Les critères se remplissent par oui ou non, les dates s’écrivent 31/12/2026.',
    model: 'Télécharger le modèle',
    modelFile: 'modele-demandes-mt.csv',
    choose: 'Fichier CSV',
    chooseHint: '1 Mo et 2 000 lignes au plus',
    check: 'Vérifier le fichier',
    checking: 'Vérification…',
    keep: (n: number) => (n === 0 ? 'Importer' : `Importer ${counted(n, 'demande', 'demandes')}`),
    keeping: 'Import…',
    noFile: 'Choisissez un fichier.',
    tooLarge: 'Ce fichier dépasse 1 Mo. Coupez-le en plusieurs.',
    empty: 'Ce fichier est vide.',
    checked: 'Vérification',
    imported: 'Import terminé',
    created: (n: number, dry: boolean) =>
      dry
        ? `${counted(n, 'ligne bonne', 'lignes bonnes')} à importer`
        : `${counted(n, 'demande créée', 'demandes créées')}`,
    unchanged: (n: number) =>
      `${counted(n, 'ligne déjà importée', 'lignes déjà importées')}, laissées telles quelles`,
    duplicates: (n: number) =>
      `${counted(n, 'ligne', 'lignes')} dont le patient a peut-être déjà une demande : à comparer dans son dossier`,
    wrong: (n: number) => `${counted(n, 'ligne à corriger', 'lignes à corriger')}, non importées`,
    aside: (columns: string) => `Colonnes laissées de côté : ${columns}.`,
    line: 'Ligne',
    column: 'Colonne',
    problem: 'À corriger',
    whole: 'toute la ligne',
    problems: 'Lignes à corriger',
    again:
      'Corrigez ces lignes dans votre fichier, puis importez-le de nouveau : les lignes déjà importées ne le seront pas deux fois.',
    list: 'Voir les demandes à qualifier',
  },
});
