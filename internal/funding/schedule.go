package funding

import (
	"fmt"
	"slices"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

// Schedule is what a kind of contract pays at most, and how, as a file of
// configs/funding holds it.
type Schedule struct {
	Code   string     `yaml:"code"`
	Name   string     `yaml:"name"`
	From   civil.Date `yaml:"from"`   // first day that a contract of this kind may be signed
	Source string     `yaml:"source"` // of every cell that has none of its own
	Years  int        `yaml:"years"`  // how long a contract runs
	// LeapDay is when a 29 February has its anniversary in a common year.
	LeapDay LeapDay `yaml:"leapDay"`
	// FixedPercent of a mission's base is due with time; the rest varies with
	// its indicators.
	FixedPercent   int64     `yaml:"fixedPercent"`
	AdvancePercent int64     `yaml:"advancePercent"` // of a year's amount, paid at its beginning
	Operating      Operating `yaml:"operating"`
	Missions       []Mission `yaml:"missions"`
}

// Amounts are the maxima a year by taille, 1 first.
type Amounts [4]Amount

// Of returns the amount of a taille from 1 to 4.
func (a Amounts) Of(taille int) Amount { return a[taille-1] }

// Amount is a cell of a schedule: known, or empty because nobody confirmed it.
type Amount struct {
	Cents Cents
	Known bool
}

// UnmarshalText reads what ParseCents reads; nothing is an unknown amount.
func (a *Amount) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*a = Amount{}
		return nil
	}
	c, err := ParseCents(string(text))
	*a = Amount{c, err == nil}
	return err
}

// Operating is the envelope that lets a CPTS run (fonctionnement).
type Operating struct {
	Code    string  `yaml:"code"`
	Label   string  `yaml:"label"`
	Source  string  `yaml:"source"`
	Amounts Amounts `yaml:"amounts"`
}

// Mission is one of the contract's missions.
type Mission struct {
	Code          string     `yaml:"code"`
	Label         string     `yaml:"label"`
	Source        string     `yaml:"source"`
	Optional      bool       `yaml:"optional"`
	MandatoryFrom civil.Date `yaml:"mandatoryFrom"` // zero when it was so from the beginning
	Amounts       Amounts    `yaml:"amounts"`       // its parts included
	// StartMonths and FullMonths are the deadlines after the signature, 0 for none.
	StartMonths int    `yaml:"startMonths"`
	FullMonths  int    `yaml:"fullMonths"`
	Parts       []Part `yaml:"parts"`
}

// Part is an envelope within a mission that is not halved.
type Part struct {
	Code      string  `yaml:"code"`
	Label     string  `yaml:"label"`
	Source    string  `yaml:"source"`
	Earmarked bool    `yaml:"earmarked"` // to be spent on nothing else
	Paid      Paid    `yaml:"paid"`
	Amounts   Amounts `yaml:"amounts"`
}

// Paid says how a part is paid.
type Paid string

// PaidDecided is for parts whose rule nobody confirmed: what the caisse says of a
// contract year, at most the part's amount for the days of the mission.
const PaidDecided Paid = "decided"

// Base is what remains of a mission's amount after its parts; unknown when one
// of them is.
func (m Mission) Base(taille int) Amount {
	base := m.Amounts.Of(taille)
	for _, p := range m.Parts {
		part := p.Amounts.Of(taille)
		base = Amount{base.Cents - part.Cents, base.Known && part.Known} // validated: ≥ 0
	}
	if !base.Known {
		return Amount{}
	}
	return base
}

// Halves splits a mission's base into the part that is due with time and the
// most that its indicators can earn.
func (s Schedule) Halves(m Mission, taille int) (fixed, variable Amount) {
	base := m.Base(taille)
	if !base.Known {
		return Amount{}, Amount{}
	}
	shares, _ := base.Cents.Share(s.FixedPercent, 100-s.FixedPercent) // validated: not both 0
	return Amount{shares[0], true}, Amount{shares[1], true}
}

// Total is the most that a year can bring, of what is known; complete says that
// no cell is empty.
func (s Schedule) Total(taille int) (total Cents, complete bool) {
	cells := []Amount{s.Operating.Amounts.Of(taille)}
	for _, m := range s.Missions {
		cells = append(cells, m.Amounts.Of(taille))
	}
	complete = true
	for _, c := range cells {
		total += c.Cents // validated: at most maxAmount each
		complete = complete && c.Known
	}
	return total, complete
}

// Mission returns the mission of a code, and false for an unknown one.
func (s Schedule) Mission(code string) (Mission, bool) {
	for _, m := range s.Missions {
		if m.Code == code {
			return m, true
		}
	}
	return Mission{}, false
}

// missionOf returns the code of the mission that a mission's or a part's code is
// of, "" for another one.
func (s Schedule) missionOf(code string) string {
	for _, m := range s.Missions {
		if m.Code == code || slices.ContainsFunc(m.Parts, func(p Part) bool { return p.Code == code }) {
			return m.Code
		}
	}
	return ""
}

// maxAmount bounds a cell: ten times the whole of the largest contract.
const maxAmount Cents = 1_000_000_000

// Validate returns an Invalid fault "funding.schedule" that names every wrong
// value.
func (s Schedule) Validate() error {
	var fields []fault.Field
	wrong := func(name, message string) {
		fields = append(fields, fault.Field{Name: name, Reason: "funding.schedule", Message: message})
	}
	if s.Code == "" || s.Name == "" || s.Source == "" {
		wrong("code", "Un barème a un code, un nom et une source.")
	}
	if !s.From.Valid() {
		wrong("from", "La date est obligatoire.")
	}
	if s.Years < 1 || s.Years > 20 {
		wrong("years", "Un contrat dure de 1 à 20 ans.")
	}
	if s.FixedPercent < 0 || s.FixedPercent > 100 {
		wrong("fixedPercent", "Une part va de 0 à 100 %.")
	}
	if s.AdvancePercent < 0 || s.AdvancePercent > 100 {
		wrong("advancePercent", "Une part va de 0 à 100 %.")
	}
	if s.LeapDay != Feb28 && s.LeapDay != March1 {
		wrong("leapDay", "L’anniversaire d’un 29 février tombe le 02-28 ou le 03-01.")
	}
	codes := map[string]bool{}
	row := func(at, code, label string, amounts Amounts) {
		if code == "" || label == "" || codes[code] {
			wrong(at+".code", "Chaque ligne a un code à elle et un libellé.")
		}
		codes[code] = true
		for i, a := range amounts {
			if a.Cents < 0 || a.Cents > maxAmount {
				wrong(fmt.Sprintf("%s.amounts[%d]", at, i), "Un montant va de 0 à 10 millions d’euros.")
			}
		}
	}
	row("operating", s.Operating.Code, s.Operating.Label, s.Operating.Amounts)
	for i, m := range s.Missions {
		at := fmt.Sprintf("missions[%d]", i)
		row(at, m.Code, m.Label, m.Amounts)
		for j, p := range m.Parts {
			row(fmt.Sprintf("%s.parts[%d]", at, j), p.Code, p.Label, p.Amounts)
			if p.Paid != PaidDecided {
				wrong(fmt.Sprintf("%s.parts[%d].paid", at, j), "Une part dit comment elle est payée : decided.")
			}
		}
		for taille := 1; taille <= len(m.Amounts); taille++ {
			if m.Base(taille).Cents < 0 {
				wrong(fmt.Sprintf("%s.amounts[%d]", at, taille-1), "Les parts d’une mission ne dépassent pas son montant.")
			}
		}
		if m.StartMonths < 0 || m.FullMonths < m.StartMonths || m.FullMonths > 240 {
			wrong(at+".fullMonths", "Les délais vont du démarrage au plein déploiement.")
		}
	}
	return fault.Fields("funding.schedule", "Ce barème est incorrect.", fields...)
}
