package proof_test

import (
	"sync"
	"testing"

	"github.com/relais-snp/relais/internal/proof"
)

// Two hundred clients want the one seat there is at the same moment: half of
// them hold it first, half book straight away.
func TestOneOfTwoHundredWins(t *testing.T) {
	for _, p := range pairs {
		t.Run(p.String(), func(t *testing.T) {
			s := raise(t, p, tune{})
			seat := s.publish(s.GPs[0], s.start, 1)[0]
			consoles := map[string]*proof.Console{"one": s.console("one", s.Regulators[0]), "two": s.console("two", s.Regulators[1])}
			for name, c := range consoles {
				s.await(c, name+" follows", follows)
			}

			answers := s.rush(seat.ID, 200)

			reasons := map[string]int{}
			for _, err := range answers {
				if err != nil && proof.Reason(err) == "" {
					t.Errorf("no reason: %v", err)
				}
				reasons[proof.Reason(err)]++
			}
			if reasons[""] != 1 || reasons["regulation.slot_taken"]+reasons["regulation.hold_limit"] != 199 {
				t.Errorf("answers by reason: %v", reasons)
			}
			end := s.settle(consoles)
			if len(end.Bookings) != 1 || end.Slots[0].Booked != 1 {
				t.Errorf("%d bookings in the record, slots %+v", len(end.Bookings), end.Slots)
			}
		})
	}
}

// rush lets n clients try to book the slot at once.
func (s *stage) rush(slot string, n int) []error {
	answers := make([]error, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		who := s.Regulators[i%len(s.Regulators)]
		request, key := proof.NewBooking{Slot: slot, Patient: s.patient()}, s.key()
		all.Go(func() {
			<-start
			answers[i] = s.try(who, request, key, i%2 == 0)
		})
	}
	close(start)
	all.Wait()
	return answers
}

func (s *stage) try(who *proof.Client, request proof.NewBooking, key string, holdFirst bool) error {
	if holdFirst {
		hold, err := who.Hold(s.Context(), request.Slot, "")
		if err != nil {
			return err
		}
		request.Hold, request.Slot = hold.Token, ""
	}
	b, err := who.Book(s.Context(), request, key)
	if err == nil {
		s.checks.Booked(key, b)
	}
	return err
}
