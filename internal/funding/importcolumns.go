package funding

import (
	"io"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/sheet"
)

// The columns, by the names that a template and problems bear.
const (
	columnDate        = "date"
	columnLabel       = "libellé"
	columnPiece       = "pièce"
	columnDebit       = "débit"
	columnCredit      = "crédit"
	columnAmount      = "montant"
	columnCounterpart = "compte de contrepartie"
	columnBank        = "compte de banque"
	columnMission     = "mission"
	columnEnvelope    = "enveloppe"
	columnBudget      = "budget"
	columnNumber      = "numéro de facture"
	columnSupplier    = "fournisseur"
	columnExpense     = "compte de charge"
	columnEmployee    = "salarié"
	columnGross       = "salaire brut"
	columnEmployeeDue = "cotisations salariales"
	columnNet         = "net avant impôt"
	columnEmployerDue = "cotisations patronales"
	columnMeeting     = "réunion"
	columnPerson      = "professionnel"
	columnRPPS        = "rpps"
	columnPresent     = "présent"
)

// about are the columns that say what money is about, which any file may have.
var about = []sheet.Field{
	sheet.Takes(columnMission, "mission", "mission aci", "code mission"),
	sheet.Takes(columnEnvelope, "enveloppe", "code enveloppe", "enveloppe aci"),
	sheet.Takes(columnBudget, "budget"),
	sheet.Takes(columnPiece, "piece", "reference piece", "piece justificative", "reference", "ref", "justificatif"),
}

// importFields are the columns of each kind, under the words that exports of banks
// and lists of accountants use. A bank's "compte" is its own: it imputes nothing.
var importFields = map[ImportKind][]sheet.Field{
	ImportBank: {
		sheet.Needs(columnDate, "date", "date operation", "date de l operation", "date d operation", "date comptable", "date de comptabilisation"),
		sheet.Needs(columnLabel, "libelle", "libelle de l operation", "libelle operation", "libelle simplifie", "libelle complet", "operation", "intitule", "description"),
		sheet.Takes(columnDebit, "debit", "debit euros", "montant debit", "debit eur"),
		sheet.Takes(columnCredit, "credit", "credit euros", "montant credit", "credit eur"),
		sheet.Takes(columnAmount, "montant", "montant euros", "montant eur", "montant de l operation", "montant operation"),
		sheet.Takes(columnCounterpart, "compte de contrepartie", "contrepartie", "compte comptable", "compte d imputation", "imputation", "code comptable"),
		sheet.Takes(columnBank, "compte de banque", "compte de tresorerie"),
	},
	ImportInvoices: {
		sheet.Needs(columnDate, "date", "date de facture", "date facture", "date de la facture"),
		sheet.Needs(columnNumber, "numero de facture", "numero facture", "facture", "de facture", "facture n", "no facture", "reference facture"),
		sheet.Needs(columnSupplier, "fournisseur", "nom du fournisseur", "tiers", "prestataire"),
		sheet.Takes(columnLabel, "libelle", "objet", "designation", "nature"),
		sheet.Needs(columnAmount, "montant", "montant ttc", "ttc", "total ttc", "montant total"),
		sheet.Needs(columnExpense, "compte de charge", "compte de charges", "compte comptable", "compte", "compte d imputation", "imputation"),
	},
	ImportPayroll: {
		sheet.Needs(columnDate, "date", "date de paie", "date paie", "fin de periode", "date de fin de periode"),
		sheet.Needs(columnEmployee, "salarie", "salariee", "nom du salarie", "poste", "emploi", "employe"),
		sheet.Needs(columnGross, "salaire brut", "brut", "total brut"),
		sheet.Needs(columnEmployeeDue, "cotisations salariales", "charges salariales", "part salariale"),
		sheet.Needs(columnNet, "net avant impot", "net a payer avant impot", "net a payer avant impot sur le revenu"),
		sheet.Needs(columnEmployerDue, "cotisations patronales", "charges patronales", "part patronale"),
	},
	ImportAttendance: {
		sheet.Needs(columnDate, "date", "date de la reunion", "date de reunion", "date reunion"),
		sheet.Needs(columnMeeting, "reunion", "objet de la reunion", "objet", "intitule de la reunion"),
		sheet.Needs(columnPerson, "professionnel", "nom et prenom", "prenom et nom", "nom prenom", "participant", "nom"),
		sheet.Takes(columnRPPS, "rpps", "numero rpps"),
		sheet.Takes(columnPresent, "present", "presence", "emargement"),
		sheet.Needs(columnAmount, "montant", "indemnite", "montant de l indemnite"),
		sheet.Takes(columnExpense, "compte de charge", "compte de charges", "compte comptable", "compte"),
	},
}

// importSamples are a line of each template, in the columns that it shows.
var importSamples = map[ImportKind][][2]string{
	ImportBank: {
		{columnDate, "15/01/2026"}, {columnLabel, "VIR CPAM ACI 2026"}, {columnDebit, ""}, {columnCredit, "50 000,00"}, {columnCounterpart, "741"},
		{columnMission, ""}, {columnEnvelope, "fonctionnement"}, {columnBudget, "fonctionnement"}, {columnPiece, "Relevé 2026-01"},
	},
	ImportInvoices: {
		{columnDate, "12/03/2026"}, {columnNumber, "F-2026-041"}, {columnSupplier, "Imprimerie Fictive"}, {columnLabel, "Affiches de prévention"},
		{columnAmount, "480,00"}, {columnExpense, "623"}, {columnMission, "prevention"}, {columnEnvelope, "prevention"}, {columnBudget, "opérationnel"},
	},
	ImportPayroll: {
		{columnDate, "31/01/2026"}, {columnEmployee, "Coordinatrice"}, {columnGross, "3 400,00"}, {columnEmployeeDue, "748,00"}, {columnNet, "2 652,00"},
		{columnEmployerDue, "1 454,00"}, {columnEnvelope, "fonctionnement"}, {columnBudget, "fonctionnement"}, {columnPiece, "Paie 2026-01"},
	},
	ImportAttendance: {
		{columnDate, "12/02/2026"}, {columnMeeting, "Réunion pluriprofessionnelle"}, {columnPerson, "Ada Martin"}, {columnRPPS, ""}, {columnPresent, "oui"},
		{columnAmount, "75,00"}, {columnMission, "parcours"}, {columnEnvelope, "parcours"}, {columnBudget, "opérationnel"}, {columnPiece, "Feuille 2026-02-12"},
	},
}

// ImportTemplate returns the columns of a file of a kind, and a line that shows
// how they are filled; nothing for an unknown kind.
//
// Everywhere, a date is written 31/12/2026 or 2026-12-31, an amount "1 234,50" or
// "1234.50", and nothing that could be read in two ways is accepted. An envelope
// or a mission is named by its code or its label in the contract's schedule; with
// one, the date is of the contract. A budget is "fonctionnement" or "opérationnel",
// that of the envelope when empty.
//
//   - bank: one of débit and crédit, as the bank says them, or montant, above zero
//     for what came; the other side is the compte de contrepartie, the one of the
//     query for lines without. Without a pièce it is the month's statement, and
//     without a compte de banque the chart's first 512.
//   - invoices: montant is all taxes included, below zero for a credit note; 401
//     owes it. The account is of expenses or of what is kept for years (2).
//   - payroll: brut = net avant impôt + cotisations salariales; 6411 and 645
//     against 421 and 431. Name a post rather than a person.
//   - attendance: who was there (présent empty or "oui") gets montant as an
//     indemnity, 6226 unless said, owed by 467. A professional is found by RPPS,
//     else by name. Who was not there costs nothing.
func ImportTemplate(kind ImportKind) (header, line []string) {
	for _, cell := range importSamples[kind] {
		header, line = append(header, cell[0]), append(line, cell[1])
	}
	return header, line
}

var (
	errKind  = fault.New(fault.Invalid, "funding.kind", "Un fichier est de banque, de factures, de paie ou d’émargement.")
	errSides = fault.Fields("funding.file", "Il manque des colonnes dans la première ligne du fichier.",
		fault.Field{Name: columnAmount, Reason: "funding.column_missing", Message: "Il faut les colonnes « débit » et « crédit », ou la colonne « montant »."})
)

// read reads a file: the entries of its good lines, and the problems of the others.
func (in *importing) read(r io.Reader) (rows []importRow, err error) {
	fields, known := importFields[in.Kind]
	if !known {
		return nil, errKind
	}
	format := sheet.Format{Room: "funding", MaxBytes: 1 << 20, MaxLines: 2000, Fields: append(fields[:len(fields):len(fields)], about...)}
	file, err := format.Read(r)
	if err != nil {
		return nil, wholeFile(err)
	}
	if in.Kind == ImportBank && !file.Has(columnAmount) && !(file.Has(columnDebit) && file.Has(columnCredit)) {
		return nil, errSides
	}
	one := map[ImportKind]func(*sheet.Line) (Draft, []string){
		ImportBank: in.movement, ImportInvoices: in.invoice, ImportPayroll: in.payslip, ImportAttendance: in.indemnity,
	}[in.Kind]
	in.report.Problems = file.Each(func(l *sheet.Line) {
		if d, identity := one(l); l.Good() && len(d.Lines) > 0 {
			rows = append(rows, in.row(l, d, identity))
		}
	})
	in.report.Aside = file.Aside
	return rows, nil
}

// wholeFile says why a file as a whole cannot be read: "funding.file".
func wholeFile(err error) error {
	f := fault.Of(err)
	if f.Kind == fault.Internal {
		return err
	}
	whole := *f
	whole.Reason = "funding.file"
	return &whole
}
