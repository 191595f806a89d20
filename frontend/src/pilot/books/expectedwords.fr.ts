import { counted } from '../../ui/plural';
import { withSpaces } from '../../ui/spaces';
import type { Kind, Standing } from './expected';
import type { ExpectationState, MajorationReason } from './kinds';

/** The words of expected money and of indemnities. */
export const expectedWords = withSpaces({
  views: { legend: 'Afficher', list: 'Sommes attendues', indemnities: 'Indemnités' },
  kind: 'Nature',
  kinds: { all: 'Toutes', payment: 'Versements du contrat', majoration: 'Majorations' } satisfies Record<
    Kind,
    string
  >,
  standing: 'État',
  standings: { open: 'À recevoir', came: 'Reçues', ended: 'Sans suite', all: 'Toutes' } satisfies Record<
    Standing,
    string
  >,
  states: {
    pending: 'À recevoir',
    partly: 'Reçue en partie',
    posted: 'Reçue',
    voided: 'Ne viendra pas',
    withdrawn: 'Retirée',
  } satisfies Record<ExpectationState, string>,
  stateHints: { withdrawn: 'Le contrat ou l’acte ne la rend plus due.' },
  practitioner: 'Médecin',
  anyone: 'Tous',
  because: {
    regulated: 'envoyé par la régulation',
    in_time: 'dans les 48 h',
    not_own_mt: 'pas son médecin traitant',
    under_cap: 'sous le plafond de la semaine',
    without_cap: 'sans plafond',
  } satisfies Record<MajorationReason, string>,
  kindOf: { payment: 'Versement', majoration: 'Majoration' },
  contractYear: (year: number) => (year === 1 ? '1re année' : `${year}e année`),

  list: {
    heading: 'Sommes attendues',
    sum: (n: number, left: string) =>
      n === 0 ? 'Aucune somme.' : `${counted(n, 'somme', 'sommes')}, reste à recevoir ${left}.`,
    late: 'en retard',
    on: 'Attendue le',
    amount: 'Montant',
    received: 'Reçu',
    left: 'Reste',
    came: (received: string) => `reçu ${received}`,
    stays: (left: string) => `reste ${left}`,
    state: 'État',
    what: 'Ce qui est attendu',
    who: 'Médecin',
    why: 'Parce que',
    nature: 'Nature',
    code: 'Enveloppe',
    more: (n: number) => `Afficher ${counted(n, 'somme de plus', 'sommes de plus')}`,
    csv: 'CSV',
    file: 'sommes-attendues',
    empty: 'Rien à recevoir',
    emptyHint: 'Les versements du contrat et les majorations des actes honorés arrivent ici d’eux-mêmes.',
    narrowed: 'Aucune somme ne répond à ces filtres',
    narrowedHint: 'Choisissez une autre nature ou un autre état.',
    clear: 'Tout afficher',
    toContract: 'Voir le contrat',
    receive: 'Recevoir',
    receiveOf: (what: string) => `Recevoir : ${what}`,
    void: 'Ne viendra pas',
    voidOf: (what: string) => `Ne viendra pas : ${what}`,
    choose: (what: string) => `Choisir : ${what}`,
    actions: 'Actions',
  },

  bar: {
    title: 'Sélection',
    all: 'Tout choisir',
    none: 'Ne rien choisir',
    chosen: (n: number, sum: string) => `${counted(n, 'somme choisie', 'sommes choisies')}, ${sum}`,
    receive: 'Recevoir la sélection',
  },

  receive: {
    title: 'Recevoir une somme',
    titleMany: (n: number) => `Recevoir ${counted(n, 'somme', 'sommes')}`,
    amount: 'Montant reçu',
    amountHint: (left: string) => `Au plus ${left}. Moins : le reste est encore attendu.`,
    on: 'Date du relevé',
    piece: 'Pièce',
    pieceHint: 'La référence du relevé ou du virement.',
    pieceHintMany: 'Une même référence pour toutes.',
    label: 'Libellé (facultatif)',
    confirm: 'Écrire au livre',
    done: (label: string) => `Reçu : ${label}.`,
    sum: (n: number, sum: string) =>
      `${counted(n, 'somme', 'sommes')}, ${sum} en tout. Chacune a son écriture.`,
    progress: (done: number, all: number) => `${done} sur ${all}…`,
    report: (came: number, refused: number) =>
      [
        counted(came, 'somme reçue', 'sommes reçues'),
        ...(refused > 0 ? [counted(refused, 'refusée', 'refusées')] : []),
      ].join(', ') + '.',
    progressName: 'Sommes reçues',
    refusedList: 'Ce qui n’a pas été reçu',
    again: (n: number) => `Réessayer ${counted(n, 'somme', 'sommes')}`,
    close: 'Fermer',
  },

  wrong: {
    on: 'Indiquez la date.',
    noYear: 'Aucun exercice ouvert ne contient ce jour.',
    piece: 'Indiquez la pièce.',
  },

  voiding: {
    title: 'Dire que le reste ne viendra pas',
    sure: (what: string, left: string) =>
      `${what} : ${left} ne sont plus attendus. C’est définitif ; ce qui est déjà reçu reste au livre.`,
    confirm: 'Ne viendra pas',
    done: 'La somme n’est plus attendue.',
  },

  indemnities: {
    title: (year: number) => `Indemnités de ${year}`,
    year: 'Année civile',
    lead: (cap: string) =>
      `Plafond par professionnel : ${cap} par an. Une écriture qui le dépasserait est refusée.`,
    noCap: 'Aucun plafond n’est connu pour cette année.',
    who: 'Professionnel',
    paid: 'Versé',
    left: 'Reste sous le plafond',
    share: 'Part du plafond',
    file: 'indemnites',
    empty: 'Aucune indemnité cette année',
    emptyHint:
      'Elles viennent des feuilles de présence importées, ou d’une écriture « Indemnité de réunion ».',
    unnamed: 'Professionnel qui n’est plus à l’annuaire',
  },
});
