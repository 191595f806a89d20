package indicator

import (
	"maps"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// What a figure about speed must stand on: so many calls, answered by so many
// people. Below it the row may be one regulator's shift, and the figure a
// judgement on a person.
const (
	fewestCalls = 5
	fewestDesks = 2
)

// CallFact is one case as it went. Who answered the call is not among the facts:
// no report can group by a person, or narrow down to one.
type CallFact struct {
	OpenedAt time.Time
	// Desk tells calls answered by one person from those of others, among the
	// facts of one reading; the number means nothing else.
	Desk    int
	Commune string             // INSEE code of the caller, "" when unknown
	Outcome regulation.Outcome // "" while open
	WhyKind regulation.WhyKind // of a case without solution
	Effort  *regulation.Effort // nil when the console did not tell it
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
// when fewer than five calls, or one person alone, stand behind them.
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
	sum                  CallRow
	proposal, hold, book figure
	keys, conflicts      figure
}

func (c *calls) add(f CallFact) {
	c.sum.Calls++
	*c.sum.ended(f.Outcome)++
	c.proposal.since(f, f.ProposedAt)
	c.hold.since(f, f.HeldAt)
	booked := f.Outcome == regulation.Booked
	if booked {
		c.book.since(f, f.BookedAt)
	}
	if f.Effort == nil {
		return
	}
	c.conflicts.add(f.Desk, float64(f.Effort.Conflicts))
	if booked {
		c.keys.add(f.Desk, float64(f.Effort.Keys))
	}
}

// figure is what was measured of some calls, and how many people answered them.
type figure struct {
	values []float64
	desks  map[int]bool
}

func (f *figure) add(desk int, value float64) {
	if f.desks == nil {
		f.desks = map[int]bool{}
	}
	f.values, f.desks[desk] = append(f.values, value), true
}

// since adds the seconds from the opening of a call to a moment of it, if it came.
func (f *figure) since(c CallFact, moment time.Time) {
	if !moment.IsZero() {
		f.add(c.Desk, max(0, moment.Sub(c.OpenedAt)).Seconds())
	}
}

// tellable reports whether the figure stands on enough calls of enough people.
func (f *figure) tellable() bool {
	return len(f.values) >= fewestCalls && len(f.desks) >= fewestDesks
}

func (f *figure) median() *float64 {
	if !f.tellable() {
		return nil
	}
	return median(f.values, func(v float64) float64 { return v })
}

func (f *figure) perHundred() *float64 {
	if !f.tellable() {
		return nil
	}
	var sum float64
	for _, v := range f.values {
		sum += v
	}
	v := tenth(100 * sum / float64(len(f.values)))
	return &v
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

func (c *calls) row(key, label string) CallRow {
	r := c.sum
	r.Key, r.Label = key, label
	r.ProposalSeconds, r.HoldSeconds, r.BookSeconds = c.proposal.median(), c.hold.median(), c.book.median()
	r.Keys, r.ConflictsPer100 = c.keys.median(), c.conflicts.perHundred()
	return r
}
