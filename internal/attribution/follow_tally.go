package attribution

import (
	"maps"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// Follow counts the facts of a territory over a period. It is pure; communes are
// for FollowCommunes.
func Follow(g FollowGround) FollowUp {
	f := FollowUp{Territory: g.Territory.ID, From: g.From, To: g.To, Communes: []FollowCommune{}}
	tiers, months := g.tiers(), g.months()
	whole := map[int]*lapse{}
	monthly := map[civil.Date]map[int]*lapse{}
	for _, tier := range tiers {
		whole[tier] = &lapse{}
	}
	for _, month := range months {
		monthly[month] = map[int]*lapse{}
		for _, tier := range tiers {
			monthly[month][tier] = &lapse{}
		}
	}
	outcomes, origins := map[Outcome]int{}, map[Origin]int{}
	for _, r := range g.Requests {
		for _, tier := range []int{0, r.Tier} {
			whole[tier].stands(r, g.today())
			g.count(r, func(day civil.Date) []*lapse { return []*lapse{whole[tier], monthly[day.MonthStart()][tier]} })
		}
		if how, day := g.ended(r); g.within(day) {
			outcomes[how]++
		}
		if g.within(r.Since) {
			origins[r.Origin]++
		}
	}
	for _, tier := range tiers {
		f.Tiers = append(f.Tiers, whole[tier].row(tier))
	}
	for _, month := range months {
		for _, tier := range tiers {
			f.Months = append(f.Months, monthly[month][tier].month(month, tier))
		}
	}
	f.Outcomes, f.Origins = counted(Outcomes(), outcomes), counted(Origins(), origins)
	f.Offers, f.Declines = g.offers()
	return f
}

// tiers lists 0, which is all, and every tier there may be or is.
func (g FollowGround) tiers() []int {
	found := map[int]bool{}
	for tier := range g.Tiers + 1 {
		found[tier] = true
	}
	for _, r := range g.Requests {
		found[r.Tier] = true
	}
	return slices.Sorted(maps.Keys(found))
}

func (g FollowGround) months() (list []civil.Date) {
	for month := g.From.MonthStart(); !month.After(g.To); month = month.NextMonth() {
		list = append(list, month)
	}
	return list
}

func (g FollowGround) today() civil.Date { return civil.DateOf(g.Now, g.Territory.Zone) }

func (g FollowGround) dayOf(t time.Time) civil.Date {
	if t.IsZero() {
		return civil.Date{}
	}
	return civil.DateOf(t, g.Territory.Zone)
}

func (g FollowGround) within(day civil.Date) bool {
	return !day.IsZero() && !day.Before(g.From) && !day.After(g.To)
}

// ended returns how and on which day a request ended; the zero day while it is open.
func (g FollowGround) ended(r RequestFact) (Outcome, civil.Date) {
	switch r.State {
	case Attached:
		return OutcomeAttached, r.AttachedOn
	case Closed:
		return Outcome(r.ClosedReason), g.dayOf(r.ClosedAt)
	}
	return "", civil.Date{}
}

// count adds what happened to a request in the period where it belongs.
func (g FollowGround) count(r RequestFact, where func(day civil.Date) []*lapse) {
	if g.within(r.Since) {
		for _, l := range where(r.Since) {
			l.received++
		}
	}
	if how, day := g.ended(r); g.within(day) {
		for _, l := range where(day) {
			l.ends(how, day.DaysSince(r.Since))
		}
	}
	if day := g.dayOf(r.AcceptedAt); g.within(day) {
		for _, l := range where(day) {
			l.accepted = append(l.accepted, float64(day.DaysSince(r.Since)))
		}
	}
}

// lapse gathers what happened to the requests of a tier in some time.
type lapse struct {
	received, closed, open, proposed, taken int
	oldest                                  *int
	attached, accepted                      []float64 // days from report
}

func (l *lapse) ends(how Outcome, days int) {
	if how == OutcomeAttached {
		l.attached = append(l.attached, float64(days))
		return
	}
	l.closed++
}

// stands counts a request as it stands today.
func (l *lapse) stands(r RequestFact, today civil.Date) {
	if r.State.Ended() {
		return
	}
	l.open++
	switch r.State {
	case Proposed:
		l.proposed++
	case Accepted:
		l.taken++
	}
	if days := max(0, today.DaysSince(r.Since)); l.oldest == nil || days > *l.oldest {
		l.oldest = &days
	}
}

func (l *lapse) row(tier int) FollowTier {
	return FollowTier{
		Tier: tier, Received: l.received, Attached: len(l.attached), Closed: l.closed,
		Open: l.open, Proposed: l.proposed, Accepted: l.taken,
		MedianDays: middle(l.attached), MedianAcceptedDays: middle(l.accepted), OldestDays: l.oldest,
	}
}

func (l *lapse) month(month civil.Date, tier int) FollowMonth {
	return FollowMonth{Month: month, Tier: tier, Received: l.received, Attached: len(l.attached), Closed: l.closed, MedianDays: middle(l.attached)}
}

func counted[K ~string](all []K, counts map[K]int) []Tally[K] {
	list := make([]Tally[K], len(all))
	for i, k := range all {
		list[i] = Tally[K]{k, counts[k]}
	}
	return list
}
