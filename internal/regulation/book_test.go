package regulation_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestACallFromCaseToBooking(t *testing.T) {
	each(t, func(w *world) {
		slot := w.publish(1, 0)[0]
		kase := w.openCase(rosa)
		board, err := w.svc.Slots(w.Context(), rosa, regulation.BoardQuery{Territory: senart, Case: kase.ID, FreeOnly: true})
		w.must(err)
		if len(board.Items) != 1 || board.Items[0].Rank == nil || board.Items[0].Rank.DistanceKm != 0 {
			w.Fatalf("proposals %+v", board.Items)
		}
		h := w.hold(rosa, slot, kase.ID)
		if s := w.state(slot); s.Free() != 0 || s.Held[0].By != "Rosa Démo" {
			w.Errorf("held slot on the board: %+v", s)
		}
		r := w.request("", "Zoé")
		r.Hold = h.Token
		b := w.book(rosa, r)

		if s := w.state(slot); s.Booked != 1 || len(s.Held) != 0 {
			w.Errorf("booked slot on the board: %+v", s)
		}
		if b.Case != kase.ID || b.State != regulation.StateBooked || b.Practitioner != w.gp.Practitioner {
			w.Errorf("booking %+v", b)
		}
		cases, err := w.svc.Cases(w.Context(), rosa, regulation.CaseQuery{Territory: senart, Limit: 10})
		w.must(err)
		c := cases[0]
		if c.Outcome != regulation.Booked || c.Open() || c.FirstProposalAt.IsZero() || c.HeldAt.IsZero() || c.Patient.Given != "Zoé" {
			w.Errorf("case %+v", c)
		}
		if got := w.notices.kinds(w.gp.Practitioner); !slices.Equal(got, []regulation.NoticeKind{regulation.NoticeBooked}) {
			w.Errorf("the GP was told %v", got)
		}
		seen, err := w.svc.Bookings(w.Context(), w.gp, regulation.BookingQuery{Territory: senart, Practitioner: w.gp.Practitioner,
			From: w.clock.Now(), To: w.clock.Now().Add(24 * time.Hour), Limit: 10})
		w.must(err)
		if len(seen) != 1 || seen[0].Patient.Family != "Fictif-Pinson" {
			w.Errorf("the GP sees %+v", seen)
		}
	})
}

func TestOneSeatIsTakenOnceByManyAtOnce(t *testing.T) {
	each(t, func(w *world) {
		const clients, seats = 60, 3
		slot := w.publish(1, seats)[0]
		errs := make([]error, clients)
		var wg sync.WaitGroup
		for i := range clients {
			wg.Go(func() {
				r := w.request(slot, string(rune('A'+i%26))+string(rune('a'+i/26)))
				_, errs[i] = w.svc.Book(w.Context(), rosa, r)
			})
		}
		wg.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				w.refused(err, regulation.ErrSlotTaken)
			}
		}
		if won != seats || w.state(slot).Booked != seats {
			w.Errorf("%d won, board shows %d of %d seats", won, w.state(slot).Booked, seats)
		}
	})
}

func TestARepeatedRequestIsAnsweredOnce(t *testing.T) {
	each(t, func(w *world) {
		slot := w.publish(1, 2)[0]
		h := w.hold(rosa, slot, "")
		r := w.request("", "Zoé")
		r.Hold = h.Token
		first := w.book(rosa, r)
		if again := w.book(rosa, r); again.ID != first.ID {
			w.Errorf("the same request made %s and %s", first.ID, again.ID)
		}
		direct := w.request(slot, "Léa")
		one := w.book(rosa, direct)
		if two := w.book(rosa, direct); two.ID != one.ID {
			w.Errorf("the same direct request made %s and %s", one.ID, two.ID)
		}
		if s := w.state(slot); s.Booked != 2 || len(s.Held) != 0 {
			w.Errorf("board after repetitions: %+v", s)
		}
		for _, other := range []regulation.BookRequest{direct, r} {
			other.Patient.Given = "Autre"
			_, err := w.svc.Book(w.Context(), rosa, other)
			if fault.Reason(err) != "request.key_reused" {
				w.Errorf("another request under the same key: %v", err)
			}
		}
	})
}

func TestAnExpiredHoldIsOver(t *testing.T) {
	each(t, func(w *world) {
		slots := w.publish(3, 0)
		h := w.hold(rosa, slots[0], "")
		w.clock.Advance(3*time.Minute + time.Second)
		later := w.hold(omar, slots[0], "")

		r := w.request("", "Zoé")
		r.Hold = h.Token
		_, err := w.svc.Book(w.Context(), rosa, r)
		f := fault.Of(err)
		if f.Reason != regulation.ErrHoldExpired.Reason && f.Reason != regulation.ErrHoldSuperseded.Reason {
			w.Fatalf("late booking: %v", err)
		}
		d, ok := f.Detail.(*regulation.RefusalDetail)
		if !ok || len(d.Alternatives) != 2 || d.Alternatives[0].State.Slot.ID != slots[1] {
			w.Errorf("alternatives %+v", f.Detail)
		}
		r = w.request("", "Léa")
		r.Hold = later.Token
		w.book(omar, r)
	})
}

func TestALostRaceNamesTheHolder(t *testing.T) {
	each(t, func(w *world) {
		slot := w.publish(1, 0)[0]
		w.hold(rosa, slot, "")
		for _, err := range []error{second(w.svc.Hold(w.Context(), omar, slot, "")),
			second(w.svc.Book(w.Context(), omar, w.request(slot, "Zoé")))} {
			w.refused(err, regulation.ErrSlotTaken)
			if d, ok := fault.Of(err).Detail.(*regulation.RefusalDetail); !ok || d.HeldBy == nil || d.HeldBy.By != "Rosa Démo" {
				w.Errorf("detail %+v", fault.Of(err).Detail)
			}
		}
	})
}

func TestTheSamePatientTwiceIsAWarning(t *testing.T) {
	each(t, func(w *world) {
		slots := w.publish(2, 0)
		w.book(rosa, w.request(slots[0], "Zoé"))
		h := w.hold(omar, slots[1], "")
		r := w.request("", "zoe")
		r.Hold = h.Token
		_, err := w.svc.Book(w.Context(), omar, r)
		w.refused(err, regulation.ErrSamePatient)
		if s := w.state(slots[1]); len(s.Held) != 1 {
			w.Errorf("the warning cost the hold: %+v", s)
		}
		r.Acknowledge = []string{regulation.AckSamePatient}
		w.book(omar, r)
	})
}

func TestWithoutAnEngineBookingGoesOn(t *testing.T) {
	each(t, func(w *world) {
		slot := w.publish(1, 0)[0]
		h := w.hold(rosa, slot, "")
		w.engineLeaves()

		_, err := w.svc.Hold(w.Context(), omar, slot, "")
		w.refused(err, regulation.ErrEngineAway)
		r := w.request("", "Zoé")
		r.Hold = h.Token // taken while the engine was there
		b := w.book(rosa, r)
		_, err = w.svc.Book(w.Context(), omar, w.request(slot, "Léa"))
		w.refused(err, regulation.ErrSlotTaken)
		board, err := w.svc.Slots(w.Context(), omar, regulation.BoardQuery{Territory: senart})
		w.must(err)
		if !board.Degraded || board.Items[0].State.Booked != 1 {
			w.Errorf("board %+v", board)
		}
		_, err = w.svc.Cancel(w.Context(), omar, b.ID, regulation.ByPatient, "guéri")
		w.must(err)
		w.engineReturns()
		w.book(omar, w.request(slot, "Léa")) // the engine follows and its fences still rise
	})
}

func TestASlotTheEngineHasNotYetHeardOf(t *testing.T) {
	each(t, func(w *world) {
		slot := w.publish(1, 0)[0]
		w.must(w.engine.Trim(w.Context(), senart, w.clock.Now().Add(24*time.Hour))) // as after an outage
		_, err := w.svc.Hold(w.Context(), rosa, slot, "")
		w.refused(err, regulation.ErrEngineAway)
		w.book(rosa, w.request(slot, "Zoé"))
	})
}

func TestWhoMayNotBook(t *testing.T) {
	each(t, func(w *world) {
		slot := w.publish(1, 0)[0]
		foreign := rosa
		foreign.Territories = []string{"cpts-autre"}
		_, err := w.svc.Book(w.Context(), foreign, w.request(slot, "Zoé"))
		w.refused(err, regulation.ErrSlotUnknown)
		_, err = w.svc.Book(w.Context(), w.gp, w.request(slot, "Zoé"))
		w.refused(err, account.ErrForbidden)
		h := w.hold(rosa, slot, "")
		for _, token := range []string{h.Token + "x", "forged", regulation.TokenFor("cpts-autre", slot, "s")} {
			r := w.request("", "Zoé")
			r.Hold = token
			_, err = w.svc.Book(w.Context(), rosa, r)
			w.refused(err, regulation.ErrHoldUnknown)
		}
		r := w.request("", "Zoé")
		r.Hold = h.Token
		_, err = w.svc.Book(w.Context(), omar, r)
		w.refused(err, regulation.ErrHoldUnknown)
	})
}

func TestBadBookingsAreRefusedWhole(t *testing.T) {
	each(t, func(w *world) {
		slot := w.publish(1, 0)[0]
		r := w.request(slot, "Zoé")
		r.Hold, r.Key, r.Patient.Family, r.Acknowledge = "both", "short", " ", []string{"everything"}
		r.Patient.MT.Status, r.Patient.Commune = "peut-être", "99999"
		_, err := w.svc.Book(w.Context(), rosa, r)
		var reasons []string
		for _, f := range fault.Of(err).Fields {
			reasons = append(reasons, f.Reason)
		}
		slices.Sort(reasons)
		want := []string{"booking.acknowledge", "booking.hold_or_slot", "patient.commune", "patient.family_missing",
			"patient.mt_status", "request.key_missing"}
		if !slices.Equal(reasons, want) {
			w.Errorf("reasons %v", reasons)
		}
	})
}

func second[T any](_ T, err error) error { return err }
