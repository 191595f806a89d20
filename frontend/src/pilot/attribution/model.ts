// The columns that an import knows, under the names it gives them (internal/attribution/import_rows.go).
const columns = [
  'Nom',
  'Prénom',
  'Date de naissance',
  'Année de naissance',
  'Téléphone',
  'Adresse',
  'Commune',
  'Code postal',
  'Origine',
  'Signalé par',
  'Reçu le',
  'Consentement le',
  'Consentement recueilli par',
  'ALD',
  'Soins palliatifs',
  'Sortie d’hospitalisation',
  'C2S',
  'Grossesse',
  'Handicap',
  'Médecin parti',
  'Médecin parti depuis',
  'Visite à domicile',
  'Maladie chronique',
  'Traitement',
  'Synthèse',
];

/**
 * The file to fill in, as a French spreadsheet opens it: its columns only. An invented line would one
 * day be imported as a patient.
 */
export const model = `\ufeff${columns.join(';')}\r\n`;
