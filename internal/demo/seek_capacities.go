package demo

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/territory"
)

// guestPlaces is what the two GPs can take whom visitors sign in as; all but one
// of them are kept for what visitors find.
const guestPlaces = 5

// The search asks all GPs by now what they can take; a quarter before there were
// two fewer of them, and so back to the first.
const (
	seekQuarters = 4
	joining      = 2
)

// silent are the GPs who never said what they can take, and late those who did
// not yet for this quarter.
var (
	silent = map[int]bool{22: true, 23: true}
	late   = map[int]bool{17: true, 20: true}
)

// capacities has GPs say at the beginning of each quarter what they can take:
// those who have an account by themselves, the others to the nurse on the
// telephone.
func (h *search) capacities() {
	q, last := attribution.QuarterOf(h.today), attribution.QuarterOf(h.today)
	for back := range seekQuarters {
		for i, gp := range h.cast.Practitioners[:Size-joining*back] {
			at := h.at(q.First(), "07:00").Add(time.Duration(i) * time.Minute)
			if i%5 == 3 {
				at = h.at(q.First().AddDays(i%8+1), "12:40")
			}
			if silent[i] || q == last && late[i] || at.After(h.now.Add(-time.Hour)) {
				continue
			}
			d := h.capacity(i, q)
			by, ok := h.staff.gps[gp.ID]
			if !ok {
				by = h.nurse
			}
			h.then(at, func(ctx context.Context) error { return h.declare(ctx, by, d) })
		}
		q = attribution.QuarterOf(q.First().AddDays(-1))
	}
}

// declare says it; a GP who has more patients on their way than that says so many.
func (h *search) declare(ctx context.Context, by account.Actor, d attribution.Declaration) error {
	_, err := h.Attribution.Declare(ctx, by, d)
	if given, ok := fault.Of(err).Detail.(attribution.CapacityDetail); err != nil && ok {
		d.Places = given.Pending + given.Taken
		_, err = h.Attribution.Declare(ctx, by, d)
	}
	return err
}

// capacity is what a GP says for a quarter: few places, some with wishes, now and
// then a pause. The two whom visitors sign in as always take somebody; in the
// current quarter the first of them alone visits, so that a plan has to choose.
func (h *search) capacity(i int, q attribution.Quarter) attribution.Declaration {
	turn := i + q.Year*4 + q.Number
	d := attribution.Declaration{
		Territory: h.Territory.ID, Practitioner: h.cast.Practitioners[i].ID,
		Places: 2 + turn%4, HomeVisits: i%7 == 0 && (i == 0 || q != attribution.QuarterOf(h.today)), Paused: turn%8 == 5,
	}
	switch {
	case i < 2:
		d.Places, d.Paused = guestPlaces, false
	case i%6 == 4:
		d.Criteria, _ = attribution.SetOf(attribution.ALD, attribution.Aged70) // both are known
	case i%8 == 3:
		d.Communes = h.around(i)
	}
	return d
}

// around is the commune of a GP and two of the territory's others.
func (h *search) around(i int) []territory.INSEE {
	n := len(h.cast.communes)
	return []territory.INSEE{h.cast.communes[i%n].INSEE, h.cast.communes[(i+1)%n].INSEE, h.cast.communes[(i+3)%n].INSEE}
}
