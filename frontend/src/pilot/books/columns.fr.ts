import type { ImportKind } from './kinds';

/** A column of a file that becomes entries: its name is what the service reads. */
export interface FileColumn {
  name: string;
  needed: boolean;
  meaning: string;
  /** What the model's line has there. */
  sample: string;
}

const column = (name: string, meaning: string, sample: string, needed = false): FileColumn => ({
  name,
  meaning,
  sample,
  needed,
});
const needed = (name: string, meaning: string, sample: string) => column(name, meaning, sample, true);

const mission = (sample: string) => column('mission', 'Code ou nom de la mission au contrat.', sample);
const envelope = (sample: string) => column('enveloppe', 'Code ou nom de l’enveloppe au contrat.', sample);
const budget = (sample: string) =>
  column('budget', 'fonctionnement ou opérationnel ; vide : celui de l’enveloppe.', sample);

/** The columns of a file of each kind, in the order of its model. */
export const columnsOf: Record<ImportKind, FileColumn[]> = {
  bank: [
    needed('date', 'Jour de l’opération.', '15/01/2026'),
    needed('libellé', 'Ce que dit la banque.', 'VIR CPAM ACI 2026'),
    needed('débit', 'Ce qui sort du compte. Ou une seule colonne montant, négative pour ce qui sort.', ''),
    needed('crédit', 'Ce qui entre sur le compte.', '50 000,00'),
    column(
      'compte de contrepartie',
      'Le compte d’en face, au plan de l’exercice. Vide : celui choisi plus bas.',
      '741',
    ),
    mission(''),
    envelope('fonctionnement'),
    budget('fonctionnement'),
    column('pièce', 'Vide : le relevé du mois.', 'Relevé 2026-01'),
  ],
  invoices: [
    needed('date', 'Date de la facture.', '12/03/2026'),
    needed('numéro de facture', 'Il devient la pièce.', 'F-2026-041'),
    needed('fournisseur', 'Son nom.', 'Imprimerie Fictive'),
    column('libellé', 'L’objet de la facture.', 'Affiches de prévention'),
    needed('montant', 'Toutes taxes comprises ; négatif pour un avoir.', '480,00'),
    needed('compte de charge', 'Un compte 6 du plan, ou 2 pour ce qui sert des années.', '623'),
    mission('prevention'),
    envelope('prevention'),
    budget('opérationnel'),
  ],
  payroll: [
    needed('date', 'Fin de la période.', '31/01/2026'),
    needed('salarié', 'Le poste plutôt que la personne.', 'Coordinatrice'),
    needed('salaire brut', 'Net avant impôt et cotisations salariales ensemble.', '3 400,00'),
    needed('cotisations salariales', '', '748,00'),
    needed('net avant impôt', '', '2 652,00'),
    needed('cotisations patronales', '', '1 454,00'),
    envelope('fonctionnement'),
    budget('fonctionnement'),
    column('pièce', 'Vide : la paie du mois.', 'Paie 2026-01'),
  ],
  attendance: [
    needed('date', 'Jour de la réunion.', '12/02/2026'),
    needed('réunion', 'Son objet.', 'Réunion pluriprofessionnelle'),
    needed('professionnel', 'Prénom et nom, comme à l’annuaire.', 'Ada Martin'),
    column('rpps', 'Quand deux professionnels ont le même nom.', ''),
    column('présent', 'oui ou non ; vide : oui. Un absent ne coûte rien.', 'oui'),
    needed('montant', 'L’indemnité ; elle compte pour le plafond de l’année.', '75,00'),
    mission('parcours'),
    envelope('parcours'),
    budget('opérationnel'),
    column('pièce', 'Vide : l’émargement du jour.', 'Feuille 2026-02-12'),
  ],
};
