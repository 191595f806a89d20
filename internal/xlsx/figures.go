package xlsx

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"github.com/relais-snp/relais/internal/funding"
)

// The names of the sheets.
const (
	sheetOperating = "Budget fonctionnement"
	sheetMissions  = "Budget opérationnel"
	sheetOutside   = "Hors budget"
	sheetEnvelopes = "Enveloppes"
	sheetPayments  = "Paiements attendus"
)

// Write writes figures as an XLSX file: both budgets, what was spent outside of
// them, the envelopes of the contract and its payments, a sheet each, even where
// there is nothing.
func Write(w io.Writer, f funding.Figures) error {
	file := excelize.NewFile()
	defer func() { _ = file.Close() }() // lets go of memory alone
	s, err := newStyles(file)
	if err != nil {
		return err
	}
	for _, write := range []func(*excelize.File, styles, funding.Figures) error{operating, missions, outside, envelopes, payments} {
		if err := write(file, s, f); err != nil {
			return err
		}
	}
	if err := file.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	file.SetActiveSheet(0)
	return file.Write(w)
}

func operating(file *excelize.File, s styles, f funding.Figures) error {
	return budget(file, s, f, sheetOperating, funding.Fonctionnement)
}

func missions(file *excelize.File, s styles, f funding.Figures) error {
	return budget(file, s, f, sheetMissions, funding.Operationnel)
}

// ofYear is the title of a sheet about the fiscal year; the contract's is of all of them.
func ofYear(f funding.Figures, what string) string {
	return fmt.Sprintf("%s – exercice %d", ofContract(f, what), f.Year.Year)
}

func ofContract(f funding.Figures, what string) string {
	return fmt.Sprintf("%s – %s", f.Territory, what)
}

// budget lists a budget: what was planned, committed, spent and is left of each line.
func budget(file *excelize.File, s styles, f funding.Figures, name string, of funding.Budget) error {
	p := begin(file, s, name, ofYear(f, name), []string{"Poste", "Compte", "Mission", "Enveloppe", "Prévu", "Engagé", "Dépensé", "Reste"},
		[]float64{40, 10, 30, 30, 16, 16, 16, 16})
	for _, l := range f.Lines {
		if l.Budget == of {
			p.add(p.text(l.Label), p.text(l.Account), p.text(named(f, l.Mission)), p.text(named(f, l.Envelope)),
				p.amount(4, l.Planned), p.amount(5, l.Committed), p.amount(6, l.Spent), p.result(7, l.Left(), "E%[1]d-F%[1]d-G%[1]d"))
		}
	}
	p.total(8)
	return p.end()
}

// outside tells once what no line of either budget covers: on a sheet of its own, so
// that whoever adds up the budgets counts it once.
func outside(file *excelize.File, s styles, f funding.Figures) error {
	p := begin(file, s, sheetOutside, ofYear(f, "dépenses hors budget"), []string{"Poste", "Dépensé"}, []float64{60, 16})
	p.add(p.text("Dépensé hors de toute ligne, les deux budgets confondus"), p.cents(s.money, f.Outside, ""))
	return p.end()
}

// named is the label of a code of the schedule, or the code.
func named(f funding.Figures, code string) string {
	if label := f.Labels[code]; label != "" {
		return label
	}
	return code
}

func envelopes(file *excelize.File, s styles, f funding.Figures) error {
	p := begin(file, s, sheetEnvelopes, ofContract(f, "enveloppes du contrat, tous exercices"),
		[]string{"Enveloppe", "Mission", "Fléchée", "Montant annuel", "Reçu", "Dépensé", "Reste"}, []float64{45, 30, 10, 16, 16, 16, 16})
	for _, e := range f.Envelopes {
		marked := "non"
		if e.Earmarked {
			marked = "oui"
		}
		p.add(p.text(e.Label), p.text(named(f, e.Mission)), p.text(marked), p.known(3, e.Yearly), p.amount(4, e.Received), p.amount(5, e.Spent),
			p.result(6, e.Left(), "E%[1]d-F%[1]d"))
	}
	p.total(7)
	return p.end()
}

// states says in French where a payment stands.
var states = map[funding.DueState]string{
	funding.DueLater: "à venir", funding.DueUnknown: "montant inconnu", funding.DueWaiting: "attendu", funding.DuePartly: "reçu en partie",
	funding.DueCame: "reçu", funding.DueVoid: "ne viendra pas",
}

func payments(file *excelize.File, s styles, f funding.Figures) error {
	p := begin(file, s, sheetPayments, ofContract(f, "paiements du contrat, tous exercices"),
		[]string{"Échéance", "Objet", "Nature", "Année du contrat", "Montant", "Reçu", "État"}, []float64{12, 45, 18, 10, 16, 16, 22})
	for _, d := range f.Dues {
		p.add(p.date(d.On), p.text(named(f, d.Code)), p.text(d.Kind.French()), d.Year, p.known(4, d.Amount), p.amount(5, d.Received), p.text(states[d.State]))
	}
	p.total(7)
	return p.end()
}
