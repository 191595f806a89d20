package indicator

import (
	"cmp"
	"maps"
	"slices"

	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// UnmetReport is the demand that found no solution (demande non satisfaite).
type UnmetReport struct {
	Query     Query
	Simulated bool
	Total     int
	Rows      []UnmetRow // most cases first, then by name
}

// UnmetRow is the cases of one commune that ended without solution for one
// reason.
type UnmetRow struct {
	Commune string // INSEE code, "" when the caller's commune is unknown
	Name    string // of the commune, French
	WhyKind regulation.WhyKind
	Cases   int
}

// Unmet counts the cases of the period that ended without solution, by commune
// and reason. A case of before reasons were counted stands under other.
func Unmet(facts []CallFact, q Query) UnmetReport {
	type place struct {
		commune string
		why     regulation.WhyKind
	}
	counts, period := map[place]int{}, q.period()
	r := UnmetReport{Query: q, Rows: []UnmetRow{}}
	for _, c := range facts {
		if c.Outcome != regulation.NoSolution || !period.Contains(c.OpenedAt) {
			continue
		}
		counts[place{c.Commune, cmp.Or(c.WhyKind, regulation.WhyOther)}]++
		r.Total++
	}
	for at := range maps.Keys(counts) {
		r.Rows = append(r.Rows, UnmetRow{at.commune, communeName(at.commune), at.why, counts[at]})
	}
	slices.SortFunc(r.Rows, func(a, b UnmetRow) int {
		return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Commune, b.Commune), cmp.Compare(a.WhyKind, b.WhyKind))
	})
	return r
}

func communeName(insee string) string {
	if insee == "" {
		return "Commune inconnue"
	}
	if c, ok := territory.Communes().ByINSEE(territory.INSEE(insee)); ok {
		return c.Name
	}
	return insee
}

// whyFrench says a reason as the pages do.
func whyFrench(k regulation.WhyKind) string {
	switch k {
	case regulation.WhyNoSlot:
		return "Aucun créneau libre"
	case regulation.WhyTooFar:
		return "Trop loin"
	case regulation.WhyTooLate:
		return "Trop tard"
	case regulation.WhyHomeVisit:
		return "Visite à domicile nécessaire"
	case regulation.WhyRefused:
		return "Refusé par l’appelant"
	}
	return "Autre raison"
}
