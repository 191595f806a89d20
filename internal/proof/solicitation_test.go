package proof_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// Every GP says yes from several devices at the same moment, and each caller
// gets one visit. Then yes races what else may end the question: its regulator
// stops asking, or books the caller into a published slot.
func TestOneYesWins(t *testing.T) {
	for _, p := range []pair{small, large} {
		t.Run(p.String(), func(t *testing.T) {
			s := raise(t, p, tune{})
			for _, gp := range s.GPs {
				if err := gp.AcceptExtras(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			consoles := map[string]*proof.Console{"one": s.console("one", s.Regulators[0])}
			s.await(consoles["one"], "it follows", follows)
			for range 5 {
				s.manyYes(4)
			}
			for range 10 {
				s.yesAgainst(func(a question) error { return s.Regulators[0].StopAsking(t.Context(), a.ID) }, "regulation.solicitation_settled")
			}
			seats := s.publish(s.GPs[2], s.start, 10)
			for _, seat := range seats {
				s.yesAgainst(func(a question) error {
					b, err := s.Regulators[1].Book(t.Context(), proof.NewBooking{Slot: seat.ID, Case: a.kase, Patient: a.patient}, a.key)
					if err == nil {
						s.checks.Booked(a.key, b)
					}
					return err
				}, "regulation.case_closed", "regulation.same_patient") // the visit en sus is the other appointment
			}
			s.settle(consoles)
		})
	}
}

// question is a solicitation that waits.
type question struct {
	proof.Solicitation
	kase, key string
	patient   proof.Patient
}

// asks opens a case for somebody new, and asks every GP.
func (s *stage) asks() question {
	s.Helper()
	a := question{patient: s.patient(), key: s.key()}
	kase, err := s.Regulators[0].Open(s.Context(), proof.NewCase{Territory: proof.Territory, Patient: &a.patient})
	if err != nil {
		s.Fatal(err)
	}
	a.kase = kase.ID
	if a.Solicitation, err = s.Regulators[0].Solicit(s.Context(), kase.ID, 10, 10, s.key()); err != nil {
		s.Fatal(err)
	}
	if len(a.Practitioners) != len(s.GPs) {
		s.Fatalf("%d GPs asked of %d", len(a.Practitioners), len(s.GPs))
	}
	return a
}

// yes accepts, and says so to the checker.
func (s *stage) yes(gp *proof.Client, a question, where, key string) error {
	b, err := gp.Accept(s.Context(), a.ID, proof.Acceptance{Start: s.start.Add(time.Hour), Minutes: 15, Location: where}, key)
	if err == nil {
		s.checks.Booked(key, b)
	}
	return err
}

// manyYes lets every GP say yes n times at once, each time as if for the first.
func (s *stage) manyYes(n int) {
	s.Helper()
	a := s.asks()
	answers := make([]error, n*len(s.GPs))
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range answers {
		gp, key := s.GPs[i%len(s.GPs)], s.key()
		where := s.opening(gp, s.start, 1).Location
		all.Go(func() {
			<-start
			answers[i] = s.yes(gp, a, where, key)
		})
	}
	close(start)
	all.Wait()
	reasons := map[string]int{}
	for _, err := range answers {
		reasons[proof.Reason(err)]++
		if err != nil && proof.Reason(err) == "" {
			s.Errorf("no reason: %v", err)
		}
	}
	if reasons[""] != 1 || reasons["regulation.solicitation_settled"] != len(answers)-1 {
		s.Errorf("answers by reason: %v", reasons)
	}
	s.ended(a, "accepted")
}

// yesAgainst lets one GP's yes race something else that ends the question. One of
// them is done; the other is told why not.
func (s *stage) yesAgainst(end func(question) error, refusals ...string) {
	s.Helper()
	a, gp := s.asks(), s.GPs[0]
	where, key := s.opening(gp, s.start, 1).Location, s.key()
	start := make(chan struct{})
	var yes, other error
	var all sync.WaitGroup
	all.Go(func() { <-start; yes = s.yes(gp, a, where, key) })
	all.Go(func() { <-start; other = end(a) })
	close(start)
	all.Wait()
	switch {
	case yes == nil && slices.Contains(refusals, proof.Reason(other)):
		s.ended(a, "accepted")
	case other == nil && proof.Reason(yes) == "regulation.solicitation_settled":
		s.ended(a, "withdrawn")
	default:
		s.Errorf("yes: %v; the other: %v", yes, other)
	}
}

func (s *stage) ended(a question, state string) {
	s.Helper()
	list, err := s.Regulators[0].Solicitations(s.Context(), proof.Territory, a.kase)
	if err != nil || len(list) != 1 || list[0].State != state || (list[0].Booking != "") != (state == "accepted") {
		s.Errorf("ended %+v, %v; want %s", list, err, state)
	}
}
