package funding

import (
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// keys begins those of a scheme's majorations.
func (s Scheme) keys() string { return "majoration:" + s.Code + ":" }

// expectation is a majoration as money that is owed to a doctor for an act.
func (m Majoration) expectation(c Contract, land territory.Territory) Expectation {
	x := Expectation{Territory: land.ID, Key: Scheme{Code: m.Scheme}.keys() + m.Booking, On: civil.DateOf(m.Start, land.Zone), Amount: m.Amount,
		Dimensions: Dimensions{Contract: c.ID, Budget: Operationnel, Evidence: m.Booking, Person: m.Practitioner}}
	for _, because := range m.Because {
		x.Because = append(x.Because, string(because))
	}
	return x
}

// withinPaid keeps a week under its cap once money came for an act that earns no
// more, because an earlier act was entered late: what was paid keeps its place,
// and the last acts of that week without money lose theirs.
func (s Scheme) withinPaid(earned []Majoration, kept map[string]Expectation, land territory.Territory) []Majoration {
	if s.CapPerWeek == 0 {
		return earned
	}
	type week struct {
		practitioner string
		first        civil.Date
	}
	places, earns := map[week]int{}, map[string]bool{}
	for _, m := range earned {
		places[week{m.Practitioner, s.weekOf(civil.DateOf(m.Start, land.Zone))}]++
		earns[s.keys()+m.Booking] = true
	}
	for key, x := range kept {
		if x.Received > 0 && !earns[key] {
			places[week{x.Person, s.weekOf(x.On)}]++
		}
	}
	var within []Majoration // from the last to the first
	for i := len(earned) - 1; i >= 0; i-- {
		m := earned[i]
		w := week{m.Practitioner, s.weekOf(civil.DateOf(m.Start, land.Zone))}
		if places[w] > s.CapPerWeek && kept[s.keys()+m.Booking].Received == 0 {
			places[w]--
			continue
		}
		within = append(within, m)
	}
	return within
}
