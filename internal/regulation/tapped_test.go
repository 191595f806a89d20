package regulation_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/regulation"
)

// tapped is a record that one listens to and may disturb.
type tapped struct {
	regulation.Store
	audited []audit.Entry
	looked  int // for a solicitation that waits
	// disturb makes the next transaction meet a conflict when it reads a booking, after which the record runs it again.
	disturb bool
}

var errConflict = errors.New("could not serialize access")

func (s *tapped) InTx(ctx context.Context, fn func(ctx context.Context, tx regulation.Tx) error) error {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx regulation.Tx) error { return fn(ctx, tappedTx{tx, s}) })
	if errors.Is(err, errConflict) {
		return s.InTx(ctx, fn)
	}
	return err
}

type tappedTx struct {
	regulation.Tx
	tap *tapped
}

func (t tappedTx) Booking(ctx context.Context, id string) (regulation.Booking, error) {
	if t.tap.disturb {
		t.tap.disturb = false
		return regulation.Booking{}, errConflict
	}
	return t.Tx.Booking(ctx, id)
}

func (t tappedTx) Audit(ctx context.Context, e audit.Entry) error {
	t.tap.audited = append(t.tap.audited, e)
	return t.Tx.Audit(ctx, e)
}

func (t tappedTx) AuditAll(ctx context.Context, entries []audit.Entry) error {
	t.tap.audited = append(t.tap.audited, entries...)
	return t.Tx.AuditAll(ctx, entries)
}

func (t tappedTx) WaitingSolicitation(ctx context.Context, caseID string) (regulation.Solicitation, bool, error) {
	t.tap.looked++
	return t.Tx.WaitingSolicitation(ctx, caseID)
}

// tap listens to the record from now on.
func (w *world) tap() *tapped {
	tap := &tapped{Store: w.svc.Store}
	w.svc.Store = tap
	return tap
}

func TestACancellationSurvivesAConflict(t *testing.T) {
	each(t, func(w *world) {
		b := w.book(rosa, w.request(w.publish(1, 0)[0], "Zoé"))
		w.tap().disturb = true

		cancelled, err := w.svc.Cancel(w.Context(), rosa, b.ID, regulation.ByPatient, "")
		w.must(err)
		if cancelled.State != regulation.StateCancelled {
			w.Errorf("booking %+v", cancelled)
		}
	})
}

func TestAPatientShownByAChangeThatChangesNothingIsAudited(t *testing.T) {
	each(t, func(w *world) {
		slots := w.publish(2, 0)
		gone, came := w.book(rosa, w.request(slots[0], "Zoé")), w.book(rosa, w.request(slots[1], "Léa"))
		_, err := w.svc.Cancel(w.Context(), rosa, gone.ID, regulation.ByPatient, "")
		w.must(err)
		w.clock.Advance(2 * time.Hour)
		_, err = w.svc.Tell(w.Context(), w.gp, came.ID, regulation.StateHonoured)
		w.must(err)
		tap := w.tap()

		_, err = w.svc.Cancel(w.Context(), omar, gone.ID, regulation.ByPatient, "")
		w.must(err)
		_, err = w.svc.Tell(w.Context(), w.gp, came.ID, regulation.StateHonoured)
		w.must(err)

		if len(tap.audited) != 2 {
			w.Fatalf("audited %+v", tap.audited)
		}
		for i, want := range []struct{ actor, target string }{{omar.ID, "booking:" + gone.ID}, {w.gp.ID, "booking:" + came.ID}} {
			if e := tap.audited[i]; e.Actor != want.actor || e.Target != want.target || e.Action != "patient.read" {
				w.Errorf("audited %+v, want %+v", e, want)
			}
		}
	})
}

func TestBookingsOfAForeignGPAreOutOfReach(t *testing.T) {
	each(t, func(w *world) {
		w.book(rosa, w.request(w.publish(1, 0)[0], "Zoé"))
		abroad := regulator("lin")
		abroad.Territories = []string{"cpts-autre", "cpts-tierce"}
		q := regulation.BookingQuery{Practitioner: w.gp.Practitioner, From: w.clock.Now(), To: w.clock.Now().Add(24 * time.Hour), Limit: 9}

		list, err := w.svc.Bookings(w.Context(), abroad, q)
		w.refused(err, account.ErrForbidden)
		if len(list) != 0 {
			w.Errorf("a foreign regulator read %d patients", len(list))
		}
		own, err := w.svc.Bookings(w.Context(), w.gp, q)
		w.must(err)
		if len(own) != 1 {
			w.Errorf("the GP reads %d of 1", len(own))
		}
	})
}

func TestEveryPatientOfAListIsAudited(t *testing.T) {
	each(t, func(w *world) {
		slots := w.publish(3, 0)
		want := map[string]bool{}
		for i, slot := range slots {
			r := w.request(slot, []string{"Zoé", "Léa", "Ana"}[i])
			r.Case = w.openCase(rosa).ID
			want["booking:"+w.book(rosa, r).ID], want["case:"+r.Case] = true, true
		}
		tap := w.tap()

		_, err := w.svc.Bookings(w.Context(), w.gp, regulation.BookingQuery{Practitioner: w.gp.Practitioner, From: w.clock.Now(), To: w.clock.Now().Add(24 * time.Hour), Limit: 9})
		w.must(err)
		_, err = w.svc.Cases(w.Context(), omar, regulation.CaseQuery{Territory: senart, Limit: 9})
		w.must(err)

		for _, e := range tap.audited {
			if !want[e.Target] || e.Action != "patient.read" || e.Territory != senart {
				w.Errorf("audited %+v", e)
			}
			delete(want, e.Target)
		}
		if len(want) > 0 {
			w.Errorf("not audited: %v", want)
		}
	})
}
