package attribution

import (
	"fmt"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// Quarter is a civil quarter; Number goes from 1 to 4.
type Quarter struct{ Year, Number int }

// QuarterOf returns the quarter of a day.
func QuarterOf(day civil.Date) Quarter { return Quarter{day.Year, (int(day.Month)-1)/3 + 1} }

// String returns "2026-Q4".
func (q Quarter) String() string { return fmt.Sprintf("%04d-Q%d", q.Year, q.Number) }

// First returns the first day of the quarter.
func (q Quarter) First() civil.Date {
	return civil.Date{Year: q.Year, Month: time.Month(q.Number*3 - 2), Day: 1}
}

// Last returns the last day of the quarter.
func (q Quarter) Last() civil.Date {
	next := Quarter{q.Year, q.Number + 1}
	if q.Number == 4 {
		next = Quarter{q.Year + 1, 1}
	}
	return next.First().AddDays(-1)
}

// Declaration is what a GP said they can take. Places hold for one quarter: in
// the next one they count as none until said again, while wishes stay.
type Declaration struct {
	Territory    string
	Practitioner string
	Quarter      Quarter
	Places       int // patients in that quarter, 0 to 200
	// Criteria, when any, are those of which a patient must have one.
	Criteria Set
	// Communes, when any, are those whose patients they take, however far.
	Communes   []territory.INSEE
	HomeVisits bool
	Paused     bool
	DeclaredAt time.Time
	DeclaredBy string // account id: the GP, or a nurse who asked them
	Revision   int64

	// Counted from offers when read, for the current quarter.
	Pending int // offers that wait for an answer
	Taken   int // accepted this quarter and not fallen through
}

// PlacesIn returns the places of a quarter: none when the declaration is about another.
func (d Declaration) PlacesIn(q Quarter) int {
	if d.Quarter != q {
		return 0
	}
	return d.Places
}

// LeftIn returns how many more patients may be offered in a quarter, never below 0.
func (d Declaration) LeftIn(q Quarter) int {
	return max(0, d.PlacesIn(q)-d.Pending-d.Taken)
}
