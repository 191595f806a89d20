package funding

import (
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/sheet"
	"github.com/relais-snp/relais/internal/territory"
)

// maxCell bounds a cell that holds a number, a date or a code.
const maxCell = 60

// maxImported bounds an amount of a file, far above what any CPTS handles.
const maxImported = maxPlanned

var (
	errImportDay    = fault.New(fault.Invalid, "funding.day", "Cette date n’existe pas : écrivez-la 31/12/2026.")
	errImportAmount = fault.New(fault.Invalid, "funding.amount", "Ce montant ne se lit pas sans ambiguïté : écrivez-le 1 234,50.")
	errZero         = fault.New(fault.Invalid, "funding.amount", "Le montant n’est pas nul.")
	errSign         = fault.New(fault.Invalid, "funding.amount", "Ce montant s’écrit sans signe.")
	errBounds       = fault.New(fault.Invalid, "funding.amount", "Ce montant est hors de proportion.")
	errFormula      = fault.New(fault.Invalid, "funding.formula", "Cette cellule commence comme une formule de tableur : retirez son premier signe.")
	errAccount      = fault.New(fault.Invalid, "funding.account_unknown", "Ce compte n’est pas au plan de l’exercice.")
	errEnvelopeName = fault.New(fault.Invalid, "funding.envelope", "Cette enveloppe n’est pas au barème du contrat.")
	errMissionName  = fault.New(fault.Invalid, "funding.mission", "Cette mission n’est pas au barème du contrat.")
	errMissionOther = fault.New(fault.Invalid, "funding.mission", "Cette enveloppe est d’une autre mission.")
	errBudgetName   = fault.New(fault.Invalid, "funding.budget", "Un budget est de fonctionnement ou opérationnel.")
	errOutside      = fault.New(fault.Invalid, "funding.date_outside", "Cette date est hors du contrat.")
)

// importText reads words, which no spreadsheet may take for a formula later.
func importText(l *sheet.Line, column string, longest int, needed bool) string {
	text := l.Text
	if needed {
		text = l.Required
	}
	cell := text(column, longest)
	if sheet.Text(cell) != cell {
		l.Fail(column, errFormula)
	}
	return cell
}

// day reads when a line is counted, and the chart of that day's year; an empty one
// when it has none.
func (in *importing) day(l *sheet.Line) (civil.Date, Chart) {
	cell := l.Required(columnDate, maxCell)
	if cell == "" {
		return civil.Date{}, Chart{}
	}
	on, err := importDay(cell)
	if err != nil {
		l.Fail(columnDate, errImportDay)
		return civil.Date{}, Chart{}
	}
	at := slices.IndexFunc(in.years, func(y FiscalYear) bool { return !on.Before(y.First) && !on.After(y.Last) })
	if at < 0 {
		l.Fail(columnDate, ErrNoYear)
		return on, Chart{}
	}
	if !in.years[at].ClosedAt.IsZero() {
		l.Fail(columnDate, ErrYearClosed)
	}
	chart, err := in.Charts.For(in.years[at])
	if err != nil {
		l.Fail(columnDate, err)
	}
	return on, chart
}

// importDay reads 31/12/2026, with dots or hyphens too, or 2026-12-31. A year of
// two digits is no year.
func importDay(cell string) (civil.Date, error) {
	if d, err := civil.ParseDate(cell); err == nil {
		return d, nil
	}
	parts := strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("/.-", r) })
	if len(parts) != 3 || len(parts[2]) != 4 || len(parts[0]) > 2 || len(parts[1]) > 2 {
		return civil.Date{}, civil.ErrDate
	}
	two := func(digits string) string { return strings.Repeat("0", 2-len(digits)) + digits }
	return civil.ParseDate(parts[2] + "-" + two(parts[1]) + "-" + two(parts[0]))
}

// importAmount reads an amount as accountants or files of ours write it, with a
// plus and a sign of euros as banks add them; zero for an empty cell, and false for
// one that cannot be read.
func importAmount(l *sheet.Line, column string) (amount Cents, read bool) {
	cell := l.Text(column, maxCell)
	if cell == "" {
		return 0, true
	}
	text := strings.Replace(cell, "−", "-", 1)
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(text, "€"), "EUR"))
	text = strings.TrimPrefix(text, "+")
	amount, err := ParseFrench(text)
	if err != nil {
		amount, err = ParseCents(text)
	}
	switch {
	case err != nil:
		l.Fail(column, errImportAmount)
		return 0, false
	case amount > maxImported || amount < -maxImported:
		l.Fail(column, errBounds)
		return 0, false
	}
	return amount, true
}

// neededAmount is an amount that is there and is not zero.
func neededAmount(l *sheet.Line, column string) Cents {
	if l.Required(column, maxCell) == "" {
		return 0
	}
	amount, read := importAmount(l, column)
	if read && amount == 0 {
		l.Fail(column, errZero)
	}
	return amount
}

// unsigned is an amount that is there, above zero, or zero.
func unsigned(l *sheet.Line, column string) Cents {
	if l.Required(column, maxCell) == "" {
		return 0
	}
	amount, _ := importAmount(l, column)
	if amount < 0 {
		l.Fail(column, errSign)
	}
	return amount
}

// account reads the number of an account, other when the cell is empty.
func (in *importing) account(l *sheet.Line, column string, chart Chart, other string) string {
	number := other
	if other == "" {
		number = l.Required(column, maxCell)
	} else if cell := l.Text(column, maxCell); cell != "" {
		number = cell
	}
	if number == "" {
		return ""
	}
	if _, known := chart.Account(number); !known && len(chart.Accounts) > 0 {
		l.Fail(column, errAccount)
	}
	return number
}

// budgets are the words for them, folded.
var budgets = map[string]Budget{
	"": "", "fonctionnement": Fonctionnement, "budget de fonctionnement": Fonctionnement,
	"operationnel": Operationnel, "budget operationnel": Operationnel,
}

// dimensions reads what the money of a line is about.
func (in *importing) dimensions(l *sheet.Line, on civil.Date) Dimensions {
	budget, known := budgets[territory.Fold(l.Text(columnBudget, maxCell))]
	if !known {
		l.Fail(columnBudget, errBudgetName)
	}
	d := Dimensions{Budget: budget}
	envelope, mission := l.Text(columnEnvelope, maxLabel), l.Text(columnMission, maxLabel)
	switch {
	case envelope == "" && mission == "":
		return d
	case !in.bound && envelope != "":
		l.Fail(columnEnvelope, ErrNoContract)
		return d
	case !in.bound:
		l.Fail(columnMission, ErrNoContract)
		return d
	}
	in.earmark(l, &d, envelope, mission)
	d.Contract = in.contract.ID
	if d.Year = in.contractYear(on); d.Year == 0 && !on.IsZero() {
		l.Fail(columnDate, errOutside)
	}
	return d
}

// earmark finds the envelope and the mission of a line by code or label.
func (in *importing) earmark(l *sheet.Line, d *Dimensions, envelope, mission string) {
	all := in.schedule.envelopes(in.contract.Taille)
	operating := in.schedule.Operating.Code
	find := func(text string) (Envelope, bool) {
		at := slices.IndexFunc(all, func(e Envelope) bool {
			return e.Code == text || territory.Fold(e.Code) == territory.Fold(text) || territory.Fold(e.Label) == territory.Fold(text)
		})
		if at < 0 {
			return Envelope{}, false
		}
		return all[at], true
	}
	if envelope != "" {
		e, known := find(envelope)
		if !known {
			l.Fail(columnEnvelope, errEnvelopeName)
		}
		d.Envelope, d.Mission = e.Code, e.Mission
		if e.Mission == "" && e.Code != operating {
			d.Mission = e.Code
		}
		if known && d.Budget == "" {
			d.Budget = Operationnel
			if e.Code == operating {
				d.Budget = Fonctionnement
			}
		}
	}
	if mission == "" {
		return
	}
	m, known := find(mission)
	switch {
	case !known || m.Mission != "" || m.Code == operating:
		l.Fail(columnMission, errMissionName)
	case d.Envelope != "" && d.Mission != m.Code:
		l.Fail(columnMission, errMissionOther)
	default:
		d.Mission = m.Code
	}
}

// contractYear is the year of the contract that holds a day, 0 for none.
func (in *importing) contractYear(on civil.Date) int {
	for k := 1; k <= in.schedule.Years; k++ {
		if !on.Before(in.schedule.Anniversary(in.contract.Signed, k-1)) && on.Before(in.schedule.Anniversary(in.contract.Signed, k)) {
			return k
		}
	}
	return 0
}
