package indicator

import (
	"maps"
	"math"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
)

// tally adds up the slots of one group.
type tally struct {
	q          Query
	sum        Row
	opened     time.Duration
	delays     []time.Duration
	within24h  int
	noSolution int
	offering   map[string]bool // practitioners
	weeks      map[string]*week
}

type week struct {
	sum    PractitionerWeek
	opened time.Duration
}

func newTally(q Query) *tally {
	return &tally{q: q, offering: map[string]bool{}, weeks: map[string]*week{}}
}

func (t *tally) add(s SlotFact) {
	if s.Extra {
		t.addExtra(s)
	} else {
		t.addPublished(s)
	}
	for _, b := range s.Bookings {
		t.addBooking(s, b)
	}
}

// addExtra counts a patient taken en sus. Nobody published the time, so that it
// is neither offered nor opened; what became of the booking counts as any.
func (t *tally) addExtra(s SlotFact) {
	taken := s.taken()
	t.sum.Extra += taken
	if taken > 0 {
		t.offering[s.Practitioner] = true
		t.weekOf(s.Start).sum.Extra += taken
	}
}

func (t *tally) addPublished(s SlotFact) {
	taken := s.taken()
	offered := s.offered(taken)
	t.sum.Offered += offered
	t.sum.Taken += taken
	t.sum.Withdrawn += s.Seats - offered
	t.sum.HeldThenLost += s.LostHolds
	if !s.Start.After(t.q.Now) {
		t.sum.Lapsed += offered - taken
	}
	if offered > 0 {
		t.opened += s.End.Sub(s.Start)
		t.offering[s.Practitioner] = true
		w := t.weekOf(s.Start)
		w.opened += s.End.Sub(s.Start)
		w.sum.Offered += offered
		w.sum.Taken += taken
	}
}

// offered counts the seats not withdrawn before the start; those that are taken
// stay.
func (s SlotFact) offered(taken int) int {
	if !s.WithdrawnAt.IsZero() && s.WithdrawnAt.Before(s.Start) {
		return taken
	}
	return s.Seats
}

// taken counts the seats with a booking not cancelled.
func (s SlotFact) taken() int {
	seats := map[int]bool{}
	for _, b := range s.Bookings {
		if b.live() {
			seats[b.Seat] = true
		}
	}
	return len(seats)
}

func (t *tally) addBooking(s SlotFact, b BookingFact) {
	if !b.live() {
		t.addCancelled(b)
		return
	}
	switch b.State {
	case regulation.StateHonoured:
		t.sum.Honoured++
	case regulation.StateNoShow:
		t.sum.NoShow++
	}
	switch b.MT {
	case regulation.MTHas:
		t.sum.WithMT++
	case regulation.MTNone:
		t.sum.WithoutMT++
	default:
		t.sum.UnknownMT++
	}
	delay := max(0, s.Start.Sub(b.CalledAt))
	t.delays = append(t.delays, delay)
	if delay <= 24*time.Hour {
		t.within24h++
	}
	if t.q.Rules.On(civil.DateOf(s.Start, t.q.Zone)).act(s.Start, b) {
		t.sum.SNPActs++
		t.weekOf(s.Start).sum.SNPActs++
	}
}

func (t *tally) addCancelled(b BookingFact) {
	switch b.CancelledBy {
	case regulation.ByPatient:
		t.sum.CancelledByPatient++
	case regulation.ByRegulator:
		t.sum.CancelledByRegulator++
	case regulation.ByPractitioner:
		t.sum.CancelledByPractitioner++
	}
}

func (t *tally) weekOf(start time.Time) *week {
	day := civil.DateOf(start, t.q.Zone)
	rule := t.q.Rules.On(day)
	key, first := rule.week(day)
	if t.weeks[key] == nil {
		t.weeks[key] = &week{sum: PractitionerWeek{Week: key, First: first}}
	}
	t.weeks[key].sum.Cap = rule.CapPerWeek
	return t.weeks[key]
}

func (t *tally) row(key, label string) Row {
	r := t.sum
	r.Key, r.Label = key, label
	r.Fill = share(r.Taken, r.Offered)
	r.Within24h = share(t.within24h, len(t.delays))
	r.MedianDelayMinutes = median(t.delays, time.Duration.Minutes)
	r.CasesWithoutSolution = t.noSolution
	r.Practitioners = len(t.offering)
	r.HoursOpened = t.opened.Hours()
	return r
}

func (t *tally) weekRows() []PractitionerWeek {
	rows := []PractitionerWeek{}
	for _, key := range slices.Sorted(maps.Keys(t.weeks)) {
		row := t.weeks[key].sum
		row.HoursOpened = t.weeks[key].opened.Hours()
		rows = append(rows, row)
	}
	return rows
}

func share(part, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	v := float64(part) / float64(whole)
	return &v
}

// median returns the middle value in a unit to one decimal, as sheets show it;
// the mean of the two middle ones of an even number, nil of none.
func median[V ~int | ~int64 | ~float64](values []V, unit func(V) float64) *float64 {
	if len(values) == 0 {
		return nil
	}
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	m := unit(sorted[half])
	if len(sorted)%2 == 0 {
		m = (unit(sorted[half-1]) + m) / 2
	}
	m = tenth(m)
	return &m
}

func tenth(v float64) float64 { return math.Round(v*10) / 10 }
