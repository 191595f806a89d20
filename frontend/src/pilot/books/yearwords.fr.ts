import { counted } from '../../ui/plural';
import { withSpaces } from '../../ui/spaces';
import type { ExportFormat } from './exports';
import type { ImportKind, Proposal } from './kinds';

/** The words of fiscal years, exports and imports. */
export const yearWords = withSpaces({
  views: { legend: 'Afficher', years: 'Exercices', exports: 'Exporter', import: 'Importer' },

  years: {
    heading: 'Exercices',
    title: (year: number) => `Exercice ${year}`,
    days: (first: string, last: string) => `Du ${first} au ${last}`,
    open: 'Ouvert',
    closed: (day: string, by: string | undefined) => (by ? `Clos le ${day} par ${by}` : `Clos le ${day}`),
    empty: 'Aucun exercice',
    emptyHint:
      'Un exercice est une année de comptes, souvent l’année civile. Ouvrez le premier pour écrire au livre.',
    emptyRead: 'La trésorière ou le trésorier ouvre le premier exercice.',
    entries: 'Écritures',
    entriesOf: (year: number) => `Écritures de ${year}`,
    totals: 'Soldes',
    totalsOf: (year: number) => `Soldes de ${year}`,
    end: 'Fin d’exercice',
    endOf: (year: number) => `Écritures de fin d’exercice ${year}`,
    close: 'Clore',
    closable: (day: string) => `Se clôt à partir du ${day}.`,
    closeOf: (year: number) => `Clore l’exercice ${year}`,
    new: 'Ouvrir un exercice',
    accounts: (n: number) => counted(n, 'compte au plan', 'comptes au plan'),
  },

  opening: {
    title: 'Ouvrir un exercice',
    lead: 'De 1 à 24 mois, à la suite d’un autre exercice ou juste avant. Le plan de comptes est celui des associations.',
    first: 'Premier jour',
    last: 'Dernier jour',
    confirm: 'Ouvrir',
    done: (year: number) => `Exercice ${year} ouvert.`,
    noFirst: 'Indiquez le premier jour.',
    noLast: 'Indiquez le dernier jour.',
    backwards: 'Le dernier jour vient avant le premier.',
  },

  closing: {
    title: (year: number) => `Clore l’exercice ${year}`,
    lead: (year: number) =>
      `Plus aucune écriture n’entrera en ${year}, pas même une contre-passation. Personne ne peut revenir en arrière.`,
    before: 'À regarder avant : les écritures de fin d’exercice, les soldes, l’accord du comptable.',
    waiting: (n: number) =>
      `${counted(n, 'écriture de fin d’exercice n’est pas écrite', 'écritures de fin d’exercice ne sont pas écrites')}.`,
    sure: (year: number) => `Je clos ${year} définitivement`,
    unsure: 'Cochez pour confirmer.',
    confirm: 'Clore définitivement',
    done: (year: number) => `Exercice ${year} clos.`,
  },

  end: {
    title: (year: number) => `Fin de l’exercice ${year}`,
    lead: 'Ce que les comptes demandent à la clôture, et les à-nouveaux une fois l’exercice clos et le suivant ouvert. Rien n’est écrit sans vous : regardez, puis écrivez.',
    none: 'Rien à écrire',
    noneHint: 'Aucun fonds fléché ne reste, aucun produit n’est à reporter.',
    why: {
      fund_kept: 'Argent fléché non dépensé, gardé pour l’année suivante',
      fund_taken: 'Argent fléché gardé, repris le premier jour suivant',
      deferred: 'Produit qui couvre des jours d’après la clôture, reporté',
      deferred_back: 'Produit reporté, rendu le premier jour suivant',
      opening: 'À-nouveaux : les soldes du bilan et le résultat, repris le premier jour suivant',
    } satisfies Record<Proposal['why'], string>,
    written: 'Écrite',
    waiting: 'À écrire',
    write: 'Écrire',
    writeOf: (label: string) => `Écrire : ${label}`,
    writeAll: (n: number) => `Écrire ${counted(n, 'écriture', 'écritures')}`,
    moves: (debit: string, credit: string) => `${debit} au débit, ${credit} au crédit`,
    progress: (done: number, all: number) => `${done} sur ${all}…`,
    report: (written: number, refused: number) =>
      [
        counted(written, 'écriture au livre', 'écritures au livre'),
        ...(refused > 0 ? [counted(refused, 'refusée', 'refusées')] : []),
      ].join(', ') + '.',
    nextYear: (year: number) => `Les reprises se datent de l’exercice ${year} : ouvrez-le d’abord.`,
    back: 'Fermer',
  },

  exports: {
    heading: 'Exporter un exercice',
    year: 'Exercice',
    format: {
      fec: 'FEC',
      hledger: 'Journal texte',
      beancount: 'Beancount',
      xlsx: 'Excel',
    } satisfies Record<ExportFormat, string>,
    hints: {
      fec: 'Le fichier des écritures comptables, pour l’expert-comptable ou l’administration.',
      hledger: 'Pour relire et contrôler les comptes avec hledger ou ledger.',
      beancount: 'Pour relire et contrôler les comptes avec Beancount.',
      xlsx: 'Le budget face au réel, pour le bureau et l’assemblée générale.',
    } satisfies Record<ExportFormat, string>,
    download: 'Télécharger',
    downloadOf: (format: string, year: number) => `Télécharger ${format} ${year}`,
    done: (name: string) => `${name} téléchargé.`,
    empty: 'Rien à exporter',
    emptyHint: 'Ouvrez un exercice et écrivez au livre.',
  },

  import: {
    heading: 'Importer un fichier',
    lead: 'Chaque bonne ligne devient une écriture ; les autres reviennent avec leur raison. Un essai ne garde rien.',
    kind: 'Ce que contient le fichier',
    kinds: {
      bank: 'Relevé de banque',
      invoices: 'Factures',
      payroll: 'Paie',
      attendance: 'Présence aux réunions',
    } satisfies Record<ImportKind, string>,
    model: 'Fichier modèle',
    columns: 'Les colonnes',
    column: 'Colonne',
    needed: 'obligatoire',
    optional: 'facultative',
    sample: (text: string) => `Exemple : ${text}`,
    modelFiles: {
      bank: 'banque',
      invoices: 'factures',
      payroll: 'paie',
      attendance: 'presence',
    } satisfies Record<ImportKind, string>,
    format:
      'Fichier CSV, une ligne d’en-tête, 2 000 lignes et 1 Mo au plus. Dates : 31/12/2026. Montants : 1 234,50.',
    counterpart: 'Compte pour les lignes sans contrepartie (facultatif)',
    counterpartHint: 'Elles y restent en attente, jusqu’à ce que vous les affectiez.',
    noCounterpart: 'Aucun : ces lignes sont refusées',
    choose: 'Fichier CSV',
    noFile: 'Choisissez un fichier.',
    emptyFile: 'Ce fichier est vide.',
    tooLarge: 'Ce fichier dépasse 1 Mo.',
    moved: 'Ce fichier n’est plus lisible : choisissez-le de nouveau.',
    check: 'Faire un essai',
    checking: 'Essai en cours…',
    checked: 'Essai : rien n’est encore écrit',
    imported: 'Import terminé',
    created: (n: number, dry: boolean) =>
      dry
        ? counted(n, 'écriture serait créée', 'écritures seraient créées')
        : counted(n, 'écriture créée', 'écritures créées'),
    unchanged: (n: number) => counted(n, 'ligne déjà importée', 'lignes déjà importées'),
    wrong: (n: number) => counted(n, 'ligne refusée', 'lignes refusées'),
    aside: (columns: string) => `Colonnes laissées de côté : ${columns}.`,
    keep: (n: number) => `Importer ${counted(n, 'écriture', 'écritures')}`,
    keeping: 'Import en cours…',
    report: 'Télécharger les lignes refusées',
    reportFile: 'lignes-refusees',
    line: 'Ligne',
    problem: 'Ce qui ne va pas',
    whole: 'toute la ligne',
    problems: 'Lignes refusées',
    again: 'Corrigez ces lignes et renvoyez le fichier : les lignes déjà importées ne le sont pas deux fois.',
    toLedger: 'Voir le livre',
    another: 'Importer un autre fichier',
    noYear: 'Ouvrez d’abord un exercice : les écritures s’y rangent.',
    readOnly: 'La trésorière ou le trésorier importe les fichiers.',
  },
});
