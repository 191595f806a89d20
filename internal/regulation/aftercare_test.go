package regulation_test

import (
	"slices"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

func TestAGPWhoCancelsGivesTheCaseBack(t *testing.T) {
	each(t, func(w *world) {
		slot := w.publish(1, 0)[0]
		kase := w.openCase(rosa)
		r := w.request(slot, "Zoé")
		r.Case = kase.ID
		b := w.book(rosa, r)

		_, err := w.svc.Cancel(w.Context(), w.gp, b.ID, regulation.ByPractitioner, " ")
		if fault.Reason(err) != "booking.invalid" {
			w.Errorf("without a reason: %v", err)
		}
		_, err = w.svc.Cancel(w.Context(), w.gp, b.ID, regulation.ByRegulator, "x")
		w.refused(err, account.ErrForbidden)
		_, err = w.svc.Cancel(w.Context(), rosa, b.ID, regulation.ByPractitioner, "x")
		w.refused(err, account.ErrForbidden)
		cancelled, err := w.svc.Cancel(w.Context(), w.gp, b.ID, regulation.ByPractitioner, "urgence au cabinet")
		w.must(err)
		if cancelled.State != regulation.StateCancelled || cancelled.CancelReason != "urgence au cabinet" {
			w.Errorf("booking %+v", cancelled)
		}
		if s := w.state(slot); s.Free() != 1 {
			w.Errorf("the seat is not free again: %+v", s)
		}
		open, err := w.svc.Cases(w.Context(), rosa, regulation.CaseQuery{Territory: senart, OpenOnly: true, Limit: 5})
		w.must(err)
		if len(open) != 1 || open[0].ID != kase.ID {
			w.Errorf("open cases %+v", open)
		}
		want := []regulation.NoticeKind{regulation.NoticeBookingCancelled, regulation.NoticeCaseReopened}
		if got := w.notices.kinds(rosa.ID); !slices.Equal(got, want) {
			w.Errorf("the regulator was told %v", got)
		}
		again, err := w.svc.Cancel(w.Context(), w.gp, b.ID, regulation.ByPractitioner, "encore")
		w.must(err)
		if again.CancelReason != "urgence au cabinet" {
			w.Errorf("a second cancellation changed %+v", again)
		}
		w.book(omar, w.request(slot, "Léa"))
	})
}

func TestAPatientMayCancelThroughTheGP(t *testing.T) {
	each(t, func(w *world) {
		r := w.request(w.publish(1, 0)[0], "Zoé")
		r.Case = w.openCase(rosa).ID
		b := w.book(rosa, r)

		cancelled, err := w.svc.Cancel(w.Context(), w.gp, b.ID, regulation.ByPatient, "va mieux")
		w.must(err)
		if cancelled.CancelledBy != regulation.ByPatient {
			w.Errorf("booking %+v", cancelled)
		}
		if got := w.notices.kinds(rosa.ID); !slices.Equal(got, []regulation.NoticeKind{regulation.NoticeBookingCancelled}) {
			w.Errorf("the regulator was told %v", got)
		}
		open, err := w.svc.Cases(w.Context(), rosa, regulation.CaseQuery{Territory: senart, OpenOnly: true, Limit: 5})
		w.must(err)
		if len(open) != 0 {
			w.Errorf("a patient who no longer comes has an open case: %+v", open)
		}
	})
}

func TestVenuPasVenu(t *testing.T) {
	each(t, func(w *world) {
		b := w.book(rosa, w.request(w.publish(1, 0)[0], "Zoé"))
		_, err := w.svc.Tell(w.Context(), w.gp, b.ID, regulation.StateHonoured)
		w.refused(err, regulation.ErrBookingState) // an hour too early
		w.clock.Advance(80 * time.Minute)
		for _, outcome := range []regulation.BookingState{regulation.StateNoShow, regulation.StateHonoured, regulation.StateHonoured} {
			told, err := w.svc.Tell(w.Context(), w.gp, b.ID, outcome)
			w.must(err)
			if told.State != outcome {
				w.Errorf("state %s after %s", told.State, outcome)
			}
		}
		_, err = w.svc.Tell(w.Context(), rosa, b.ID, regulation.StateNoShow)
		w.refused(err, account.ErrForbidden)
		_, err = w.svc.Cancel(w.Context(), rosa, b.ID, regulation.ByPatient, "")
		w.refused(err, regulation.ErrBookingState)
	})
}

func TestACaseEndsWithOneOutcome(t *testing.T) {
	each(t, func(w *world) {
		c := w.openCase(rosa)
		_, err := w.svc.CloseCase(w.Context(), rosa, c.ID, regulation.Closing{Outcome: regulation.NoSolution, Why: " "})
		if fault.Reason(err) != "case.invalid" {
			w.Errorf("no solution without why: %v", err)
		}
		_, err = w.svc.CloseCase(w.Context(), rosa, c.ID, regulation.Closing{Outcome: regulation.Booked})
		if fault.Reason(err) != "case.invalid" {
			w.Errorf("booked by hand: %v", err)
		}
		reason, wished := "Fièvre", 120
		changed, err := w.svc.ChangeCase(w.Context(), omar, c.ID, regulation.CaseDraft{Reason: &reason, WishedDelayMinutes: &wished})
		w.must(err)
		if changed.Commune != cesson || changed.Reason != reason {
			w.Errorf("changed case %+v", changed)
		}
		closed, err := w.svc.CloseCase(w.Context(), rosa, c.ID, regulation.Closing{Outcome: regulation.NoSolution, Why: "trop loin"})
		w.must(err)
		if closed.Open() || closed.Why != "trop loin" || closed.WhyKind != regulation.WhyOther {
			w.Errorf("closed case %+v", closed)
		}
		_, err = w.svc.CloseCase(w.Context(), rosa, c.ID, regulation.Closing{Outcome: regulation.Advice})
		w.refused(err, regulation.ErrCaseClosed)
		r := w.request(w.publish(1, 0)[0], "Zoé")
		r.Case = c.ID
		_, err = w.svc.Book(w.Context(), rosa, r)
		w.refused(err, regulation.ErrCaseClosed)
	})
}

func TestPagesOfTheBoardFollowEachOther(t *testing.T) {
	each(t, func(w *world) {
		all := w.publish(7, 0)
		for _, present := range []regulation.Present{w.engine, regulation.Away{}} {
			w.svc.Present = present
			var seen []string
			q := regulation.BoardQuery{Territory: senart, Limit: 3}
			for page := 0; page == 0 || q.After != (regulation.Key{}); page++ {
				b, err := w.svc.Slots(w.Context(), rosa, q)
				w.must(err)
				for _, it := range b.Items {
					seen = append(seen, it.State.Slot.ID)
				}
				if q.After = b.Next; page > 3 {
					w.Fatal("pages without end")
				}
			}
			if !slices.Equal(seen, all) {
				w.Errorf("pages gave %v of %v", seen, all)
			}
		}
	})
}
