package demo

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
)

// How often things go otherwise, one in so many.
const (
	givesUp    = 14 // a booking that its patient or the regulation cancels, and that is taken again
	gpCancels  = 28 // a booking whose GP cancels, and whose case is booked elsewhere
	staysAway  = 16 // a visit whose patient does not come
	takesExtra = 5  // a day on which somebody is taken en sus
)

// callers takes n of a day's slots for callers, and lets some calls end
// otherwise.
func (s *season) callers(ctx context.Context, day civil.Date, slots []agenda.Slot, n int) error {
	order := s.dice.Perm(len(slots))
	spare := order[n:]
	for _, i := range order[:n] {
		lead := 20 + s.dice.IntN(400)
		if s.dice.IntN(6) == 0 {
			lead += 24 * 60 // not everything happens on the day
		}
		slot := slots[i]
		b, err := s.call(ctx, slot, slot.Start.Add(-time.Duration(lead)*time.Minute))
		if err != nil {
			return err
		}
		switch {
		case s.dice.IntN(givesUp) == 0:
			b, err = s.givesUp(ctx, b, slot)
		case len(spare) > 0 && s.dice.IntN(gpCancels) == 0:
			b, slot, err = s.gpCancels(ctx, b, slot, slots[spare[0]])
			spare = spare[1:]
		}
		if err != nil {
			return err
		}
		if err := s.visit(ctx, b, slot.End); err != nil {
			return err
		}
	}
	if s.dice.IntN(takesExtra) == 0 {
		if err := s.takesExtra(ctx, day); err != nil {
			return err
		}
	}
	return s.otherCalls(ctx, day, len(spare) == 0)
}

// call opens a case at a moment and books the slot for it.
func (s *season) call(ctx context.Context, slot agenda.Slot, at time.Time) (regulation.Booking, error) {
	s.clock.Set(at)
	p := s.cast.patient(s.dice, s.today)
	reason := reasons[s.dice.IntN(len(reasons))]
	c, err := s.Regulation.OpenCase(ctx, s.onCall[len(s.moments)%len(s.onCall)], regulation.CaseDraft{
		Territory: s.Territory.ID, Commune: &p.Commune, Reason: &reason, MT: &p.MT,
	})
	if err != nil {
		return regulation.Booking{}, err
	}
	m := s.callAt(at)
	s.moments[c.ID] = m
	s.clock.Set(m.booked)
	return s.book(ctx, slot, c.ID, p, reason)
}

func (s *season) book(ctx context.Context, slot agenda.Slot, kase string, p regulation.Patient, reason string) (regulation.Booking, error) {
	return s.Regulation.Book(ctx, s.regulator, regulation.BookRequest{
		Slot: slot.ID, Case: kase, Patient: p, Reason: reason, Key: s.key(), Acknowledge: []string{regulation.AckSamePatient},
	})
}

// givesUp cancels for the patient, sometimes for the regulation, half way to the
// appointment; another caller takes the seat.
func (s *season) givesUp(ctx context.Context, b regulation.Booking, slot agenda.Slot) (regulation.Booking, error) {
	s.clock.Set(between(b.BookedAt, slot.Start))
	by, reason := regulation.ByPatient, "Va mieux"
	if s.dice.IntN(4) == 0 {
		by, reason = regulation.ByRegulator, "Orienté vers les urgences"
	}
	if _, err := s.Regulation.Cancel(ctx, s.regulator, b.ID, by, reason); err != nil {
		return b, err
	}
	return s.call(ctx, slot, slot.Start.Add(-slot.Start.Sub(b.BookedAt)/4))
}

// gpCancels has the GP cancel half way; the caller is booked on the spare slot
// when it still lies ahead, and on the same one otherwise.
func (s *season) gpCancels(ctx context.Context, b regulation.Booking, slot, spare agenda.Slot) (regulation.Booking, agenda.Slot, error) {
	at := between(b.BookedAt, slot.Start)
	s.clock.Set(at)
	if _, err := s.Regulation.Cancel(ctx, s.gp(slot.Practitioner), b.ID, regulation.ByPractitioner, "Visite urgente"); err != nil {
		return b, slot, err
	}
	if !spare.Start.After(at.Add(time.Minute)) {
		spare = slot
	}
	s.clock.Set(at.Add(time.Minute))
	b, err := s.book(ctx, spare, b.Case, b.Patient, b.Reason)
	return b, spare, err
}

func between(a, b time.Time) time.Time { return a.Add(b.Sub(a) / 2) }

// visit tells how it went: most came.
func (s *season) visit(ctx context.Context, b regulation.Booking, end time.Time) error {
	s.clock.Set(end)
	outcome := regulation.StateHonoured
	if s.dice.IntN(staysAway) == 0 {
		outcome = regulation.StateNoShow
	}
	_, err := s.Regulation.Tell(ctx, s.gp(b.Practitioner), b.ID, outcome)
	return err
}
