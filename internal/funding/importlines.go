package funding

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/sheet"
	"github.com/relais-snp/relais/internal/territory"
)

// The journals and accounts that files are written with, when they say no other:
// the plan of associations.
const (
	journalBank     = "BQ"
	journalInvoices = "AC"
	journalOther    = "OD"

	accountSuppliers   = "401"
	accountWagesDue    = "421"
	accountSocialDue   = "431"
	accountOthersDue   = "467"
	accountBank        = "512"
	accountFees        = "6226"
	accountWages       = "6411"
	accountSocialCosts = "645"

	fixedAssets = "2" // what accounts of things kept for years begin with
)

var (
	errBothSides   = fault.New(fault.Invalid, "funding.sides", "Une ligne est au débit ou au crédit, d’un montant non nul.")
	errCounterpart = fault.New(fault.Invalid, "funding.counterpart",
		"Ce mouvement ne dit pas son compte : ajoutez une colonne « compte de contrepartie », ou choisissez un compte pour les lignes sans compte, par exemple 471.")
	errSameAccount = fault.New(fault.Invalid, "funding.account_class", "Le compte de contrepartie n’est pas le compte de banque lui-même.")
	errExpense     = fault.New(fault.Invalid, "funding.account_class", "Une facture va sur un compte de charges (6) ou d’immobilisation (2).")
	errIndemnity   = fault.New(fault.Invalid, "funding.account_class", "Une indemnité va sur un compte de charges (6).")
	errPayslip     = fault.New(fault.Invalid, "funding.unbalanced", "Le salaire brut n’est pas la somme du net avant impôt et des cotisations salariales.")
	errPresent     = fault.New(fault.Invalid, "funding.yes_no", "Cette cellule se remplit par oui ou non.")
	errPerson      = fault.New(fault.Invalid, "funding.person", "Aucun professionnel du territoire ne correspond.")
	errPersons     = fault.New(fault.Invalid, "funding.person", "Plusieurs professionnels correspondent : indiquez le RPPS.")
	errIndemnified = fault.New(fault.Invalid, "funding.duplicate", "Ce professionnel figure déjà à cette réunion dans le fichier.")
)

// movement reads what came to a bank account, at its debit in the books, or left it.
func (in *importing) movement(l *sheet.Line) (Draft, []string) {
	on, chart := in.day(l)
	label := importText(l, columnLabel, maxLabel, true)
	amount := received(l)
	counterpart := in.counterpart(l, chart)
	bank := in.account(l, columnBank, chart, treasury(chart))
	if counterpart != "" && counterpart == bank {
		l.Fail(columnCounterpart, errSameAccount)
	}
	d := Draft{Territory: in.Territory, Journal: journalBank, On: on, Label: label, Piece: importText(l, columnPiece, maxPiece, false),
		Lines: twoLines(bank, counterpart, amount)}
	if d.Piece == "" {
		d.Piece = "Relevé " + month(on)
	}
	d.PieceOn, d.Lines[1].Dimensions = on, in.dimensions(l, on)
	return d, []string{bank, on.String(), label, amount.String()}
}

// counterpart is the account that a movement goes to or comes from: the line's, or
// the one that the caller chose for lines without.
func (in *importing) counterpart(l *sheet.Line, chart Chart) string {
	if in.Counterpart == "" && l.Text(columnCounterpart, maxCell) == "" {
		l.Fail(columnCounterpart, errCounterpart)
		return ""
	}
	return in.account(l, columnCounterpart, chart, in.Counterpart)
}

// received is the amount of a movement, below zero for what left.
func received(l *sheet.Line) Cents {
	debit, one := importAmount(l, columnDebit)
	credit, two := importAmount(l, columnCredit)
	amount, three := importAmount(l, columnAmount)
	if !one || !two || !three {
		return 0
	}
	sides := 0
	for _, side := range []Cents{debit, credit, amount} {
		if side != 0 {
			sides++
		}
	}
	switch {
	case sides != 1:
		l.Fail("", errBothSides)
	case debit < 0:
		l.Fail(columnDebit, errSign)
	case credit < 0:
		l.Fail(columnCredit, errSign)
	}
	return amount + credit - debit
}

// treasury is the chart's first account of a bank.
func treasury(chart Chart) string {
	for _, a := range chart.Accounts {
		if strings.HasPrefix(a.Number, accountBank) {
			return a.Number
		}
	}
	return accountBank
}

// twoLines are those of an amount that goes to one account from another, or the
// other way when it is below zero. The second line bears what it is about.
func twoLines(to, from string, amount Cents) []Line {
	if amount < 0 {
		return []Line{{Account: to, Credit: -amount}, {Account: from, Debit: -amount}}
	}
	return []Line{{Account: to, Debit: amount}, {Account: from, Credit: amount}}
}

func month(on civil.Date) string { return fmt.Sprintf("%04d-%02d", on.Year, on.Month) }

// invoice reads what a supplier asks for, or gives back when it is below zero.
func (in *importing) invoice(l *sheet.Line) (Draft, []string) {
	on, chart := in.day(l)
	number, supplier := importText(l, columnNumber, maxPiece, true), importText(l, columnSupplier, maxLabel/2, true)
	label := importText(l, columnLabel, maxLabel/2-3, false)
	amount := neededAmount(l, columnAmount)
	expense := in.account(l, columnExpense, chart, "")
	if a, known := chart.Account(expense); known && a.Class != Expenses && !strings.HasPrefix(expense, fixedAssets) {
		l.Fail(columnExpense, errExpense)
	}
	d := Draft{Territory: in.Territory, Journal: journalInvoices, On: on, PieceOn: on, Label: supplier, Piece: number, Lines: twoLines(accountSuppliers, expense, -amount)}
	if label != "" {
		d.Label += " – " + label
	}
	d.Lines[1].Dimensions = in.dimensions(l, on)
	return d, []string{territory.Fold(supplier), strings.ToUpper(number)}
}

// payslip reads what a salaried person costs in a month.
func (in *importing) payslip(l *sheet.Line) (Draft, []string) {
	on, _ := in.day(l)
	who := importText(l, columnEmployee, maxLabel/2, true)
	gross, net := unsigned(l, columnGross), unsigned(l, columnNet)
	own, employer := unsigned(l, columnEmployeeDue), unsigned(l, columnEmployerDue)
	switch {
	case !l.Good():
	case gross == 0:
		l.Fail(columnGross, errZero)
	case gross != net+own:
		l.Fail("", errPayslip)
	}
	d := Draft{Territory: in.Territory, Journal: journalOther, On: on, PieceOn: on, Label: "Paie " + month(on) + " – " + who, Piece: importText(l, columnPiece, maxPiece, false)}
	if d.Piece == "" {
		d.Piece = "Paie " + month(on)
	}
	about := in.dimensions(l, on)
	for _, line := range []Line{
		{Account: accountWages, Debit: gross, Dimensions: about}, {Account: accountSocialCosts, Debit: employer, Dimensions: about},
		{Account: accountWagesDue, Credit: net}, {Account: accountSocialDue, Credit: own + employer},
	} {
		if line.Debit != 0 || line.Credit != 0 {
			d.Lines = append(d.Lines, line)
		}
	}
	return d, []string{on.String(), territory.Fold(who), gross.String()}
}

// indemnity reads what is owed to a professional who was at a meeting; a draft
// without lines for who was not.
func (in *importing) indemnity(l *sheet.Line) (Draft, []string) {
	on, chart := in.day(l)
	meeting := importText(l, columnMeeting, maxLabel/2, true)
	person := in.person(l)
	there := present(l)
	if !there {
		return Draft{}, nil
	}
	amount := neededAmount(l, columnAmount)
	if amount < 0 {
		l.Fail(columnAmount, errSign)
	}
	expense := in.account(l, columnExpense, chart, accountFees)
	if a, known := chart.Account(expense); known && a.Class != Expenses {
		l.Fail(columnExpense, errIndemnity)
	}
	d := Draft{Territory: in.Territory, Journal: journalOther, On: on, PieceOn: on, Label: meeting + " – indemnité de " + person.Name(),
		Piece: importText(l, columnPiece, maxPiece, false), Lines: twoLines(accountOthersDue, expense, -amount)}
	if utf8.RuneCountInString(d.Label) > maxLabel {
		d.Label = meeting
	}
	if d.Piece == "" {
		d.Piece = "Émargement " + on.String()
	}
	d.Lines[1].Dimensions = in.dimensions(l, on)
	d.Lines[1].Person = person.ID
	identity := []string{on.String(), territory.Fold(meeting), person.ID}
	if l.Good() && in.seen[digest([]any{ImportAttendance, identity})] > 0 {
		l.Fail(columnPerson, errIndemnified)
	}
	return d, identity
}

// present reads who was there.
func present(l *sheet.Line) bool {
	switch territory.Fold(l.Text(columnPresent, maxCell)) {
	case "", "oui", "o", "x", "1", "present", "presente", "signe":
		return true
	case "non", "n", "0", "absent", "absente", "excuse", "excusee":
		return false
	}
	l.Fail(columnPresent, errPresent)
	return true
}

// person finds a professional of the territory by RPPS, else by name.
func (in *importing) person(l *sheet.Line) directory.Practitioner {
	name, rpps := l.Required(columnPerson, maxLabel), l.Text(columnRPPS, maxCell)
	if name == "" {
		return directory.Practitioner{}
	}
	words := strings.TrimPrefix(strings.TrimPrefix(territory.Fold(name), "dr "), "docteur ")
	found := slices.DeleteFunc(slices.Clone(in.people), func(p directory.Practitioner) bool {
		if rpps != "" {
			return string(p.RPPS) != rpps
		}
		return territory.Fold(p.Given+" "+p.Family) != words && territory.Fold(p.Family+" "+p.Given) != words
	})
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		l.Fail(columnPerson, errPerson)
	default:
		l.Fail(columnPerson, errPersons)
	}
	return directory.Practitioner{}
}
