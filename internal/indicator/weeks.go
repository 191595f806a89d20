package indicator

import (
	"cmp"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/directory"
)

// WeekReport is what each GP opened and did week by week: the proof that the
// forfait for taking part in regulation asks for.
type WeekReport struct {
	Query     Query
	Name      string // of the territory
	MadeAt    time.Time
	Simulated bool
	Rows      []WeekRow // by name, then by week
}

// WeekRow is one GP's civil week.
type WeekRow struct {
	Practitioner string
	Name         string         // French, "Dr Ada Martin"
	RPPS         directory.RPPS // "" for somebody who left the territory
	PractitionerWeek
}

// Weeks computes the report of a query from the facts of its period. A GP has a
// row for each week in which they published something or took somebody en sus.
func Weeks(facts Facts, q Query, people []directory.Practitioner) WeekReport {
	q.By = ByPractitioner
	known := map[string]directory.Practitioner{}
	for _, p := range people {
		known[p.ID] = p
	}
	r := WeekReport{Query: q, MadeAt: q.Now, Rows: []WeekRow{}}
	for _, gp := range Fill(facts, q).Rows {
		name := gp.Key
		if p, ok := known[gp.Key]; ok {
			name = p.Name()
		}
		for _, week := range gp.Weeks {
			r.Rows = append(r.Rows, WeekRow{gp.Key, name, known[gp.Key].RPPS, week})
		}
	}
	slices.SortStableFunc(r.Rows, func(a, b WeekRow) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Practitioner, b.Practitioner), cmp.Compare(a.Week, b.Week))
	})
	return r
}

// total adds the rows up; weeks and caps of several GPs have no sum.
func (r WeekReport) total() WeekRow {
	sum := WeekRow{Name: totalLabel("Total", r.Simulated)}
	for _, row := range r.Rows {
		sum.HoursOpened += row.HoursOpened
		sum.Offered += row.Offered
		sum.Taken += row.Taken
		sum.SNPActs += row.SNPActs
		sum.Extra += row.Extra
	}
	return sum
}
