package indicator

import (
	"maps"
	"slices"
	"strings"

	"github.com/relais-snp/relais/internal/civil"
)

// Fill computes the report of a query from the facts of its period; facts
// outside the period are left aside. Rows are in order of their key.
//
// A seat counts as taken once, however often it was cancelled and booked
// again. Of a withdrawn slot the seats that stay booked are offered and taken,
// the others are withdrawn.
func Fill(facts Facts, q Query) Report {
	total, groups := newTally(q), map[string]*tally{}
	for _, key := range q.emptyKeys() {
		groups[key] = newTally(q)
	}
	period := q.period()
	for _, slot := range facts.Slots {
		if !period.Contains(slot.Start) {
			continue
		}
		total.add(slot)
		group(groups, q, q.keyOf(slot)).add(slot)
	}
	for _, at := range facts.NoSolution {
		if !period.Contains(at) {
			continue
		}
		total.noSolution++
		if key, ok := q.keyAt(at); ok {
			group(groups, q, key).noSolution++
		}
	}
	return report(q, total, groups)
}

func group(groups map[string]*tally, q Query, key string) *tally {
	if groups[key] == nil {
		groups[key] = newTally(q)
	}
	return groups[key]
}

func report(q Query, total *tally, groups map[string]*tally) Report {
	r := Report{Territory: q.Territory, From: q.From, To: q.To, By: q.By, Rows: []Row{}}
	r.Total = total.row("total", "Total")
	for _, key := range slices.SortedFunc(maps.Keys(groups), compareKeys) {
		row := groups[key].row(key, q.label(key))
		if q.By == ByPractitioner {
			row.Weeks = groups[key].weekRows()
		}
		r.Rows = append(r.Rows, row)
	}
	return r
}

// emptyKeys are the keys that have a row whatever happened.
func (q Query) emptyKeys() []string {
	if q.By != ByDay && q.By != ByWeek && q.By != ByMonth {
		return nil
	}
	var keys []string
	for day := q.From; !day.After(q.To); day = day.AddDays(1) {
		if key := q.dayKey(day, civil.Clock{}); len(keys) == 0 || keys[len(keys)-1] != key {
			keys = append(keys, key)
		}
	}
	return keys
}

// compareKeys orders keys as texts, and half-days by the clock.
func compareKeys(a, b string) int {
	dayA, partA, okA := strings.Cut(a, "-")
	dayB, partB, okB := strings.Cut(b, "-")
	i, j := slices.Index(Parts(), Part(partA)), slices.Index(Parts(), Part(partB))
	if okA && okB && i >= 0 && j >= 0 && dayA == dayB {
		return i - j
	}
	return strings.Compare(a, b)
}
