package indicator

import (
	"maps"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// fewestCalls is how many calls a figure about speed must stand on. Below it a
// row may be one regulator's shift, and the figure a judgement on a person.
const fewestCalls = 5

// CallFact is one case as it went. Who answered the call is not among the facts:
// no report can group by a person, or narrow down to one.
type CallFact struct {
	OpenedAt time.Time
	Commune  string             // INSEE code of the caller, "" when unknown
	Outcome  regulation.Outcome // "" while open
	WhyKind  regulation.WhyKind // of a case without solution
	Effort   *regulation.Effort // nil when the console did not tell it
	// The first of each, zero when there was none. A case that its GP's
	// cancellation opened again keeps them, and what it took the first time.
	ProposedAt, HeldAt, BookedAt time.Time
}

// CallReport is how calls went, by the time at which they came in.
type CallReport struct {
	Query     Query
	Simulated bool
	Total     CallRow
	Rows      []CallRow // one for each day, week or month of the period
}

// CallRow is the calls of one day, week or month. Figures about speed are nil
// when fewer than five calls stand behind them.
type CallRow struct {
	Key   string
	Label string // French
	Calls int    // by outcome:

	Booked, ToMT, Advice, To15, ToEmergency, NoSolution, Abandoned, Open int

	ProposalSeconds *float64 // median from opening to the first proposal
	HoldSeconds     *float64 // median from opening to the first hold
	BookSeconds     *float64 // median from opening to the first booking, of cases that ended booked
	Keys            *float64 // median of keys pressed, of cases that ended booked
	ConflictsPer100 *float64 // seats lost to somebody else, per hundred calls whose console told
}

// Calls computes the report of a query by day, week or month from the cases of
// its period; others are left aside.
func Calls(facts []CallFact, q Query) CallReport {
	total, groups := &calls{}, map[string]*calls{}
	for _, key := range q.emptyKeys() {
		groups[key] = &calls{}
	}
	period := q.period()
	for _, c := range facts {
		if key, ok := q.keyAt(c.OpenedAt); ok && period.Contains(c.OpenedAt) {
			total.add(c)
			groups[key].add(c)
		}
	}
	r := CallReport{Query: q, Total: total.row("total", "Total"), Rows: []CallRow{}}
	for _, key := range slices.Sorted(maps.Keys(groups)) {
		r.Rows = append(r.Rows, groups[key].row(key, q.label(key)))
	}
	return r
}

// calls adds up the cases of one group.
type calls struct {
	sum                          CallRow
	proposal, hold, book         []time.Duration
	keys                         []int
	conflicts, withConflictsTold int
}

func (c *calls) add(f CallFact) {
	c.sum.Calls++
	*c.sum.ended(f.Outcome)++
	c.proposal = since(c.proposal, f.OpenedAt, f.ProposedAt)
	c.hold = since(c.hold, f.OpenedAt, f.HeldAt)
	booked := f.Outcome == regulation.Booked
	if booked {
		c.book = since(c.book, f.OpenedAt, f.BookedAt)
	}
	if f.Effort == nil {
		return
	}
	c.withConflictsTold++
	c.conflicts += f.Effort.Conflicts
	if booked {
		c.keys = append(c.keys, f.Effort.Keys)
	}
}

// ended is the counter of an outcome.
func (r *CallRow) ended(o regulation.Outcome) *int {
	switch o {
	case regulation.Booked:
		return &r.Booked
	case regulation.ToMT:
		return &r.ToMT
	case regulation.Advice:
		return &r.Advice
	case regulation.To15:
		return &r.To15
	case regulation.ToEmergency:
		return &r.ToEmergency
	case regulation.NoSolution:
		return &r.NoSolution
	case regulation.Abandoned:
		return &r.Abandoned
	}
	return &r.Open
}

func since(all []time.Duration, opened, moment time.Time) []time.Duration {
	if moment.IsZero() {
		return all
	}
	return append(all, max(0, moment.Sub(opened)))
}

func (c *calls) row(key, label string) CallRow {
	r := c.sum
	r.Key, r.Label = key, label
	r.ProposalSeconds = ofMany(c.proposal, time.Duration.Seconds)
	r.HoldSeconds = ofMany(c.hold, time.Duration.Seconds)
	r.BookSeconds = ofMany(c.book, time.Duration.Seconds)
	r.Keys = ofMany(c.keys, func(n int) float64 { return float64(n) })
	if c.withConflictsTold >= fewestCalls {
		v := tenth(100 * float64(c.conflicts) / float64(c.withConflictsTold))
		r.ConflictsPer100 = &v
	}
	return r
}

// ofMany is the median of values, nil when they are too few to speak of.
func ofMany[V ~int | ~int64](values []V, unit func(V) float64) *float64 {
	if len(values) < fewestCalls {
		return nil
	}
	return median(values, unit)
}
