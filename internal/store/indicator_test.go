package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestFactsTellWhatHappened(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon, 4, 2)
		regulator := person("acc-reg", "reg@relais.demo")
		regulator.Practitioner = ""
		nurse := person("acc-pro", "pro@relais.demo")
		nurse.Roles, nurse.Practitioner = []account.Role{account.Professional}, ""
		w.must(w.signsUp(regulator))
		w.must(w.signsUp(nurse))
		w.regulates(func(ctx context.Context, tx regulation.Tx) error {
			for id, outcome := range map[string]regulation.Outcome{"c-1": regulation.Booked, "c-2": regulation.NoSolution, "c-3": regulation.Advice} {
				if err := tx.SaveCase(ctx, regulation.Case{ID: id, Territory: senart, OpenedBy: "acc-reg", OpenedAt: noon.Add(time.Minute), Outcome: outcome}); err != nil {
					return err
				}
			}
			return nil
		})
		byCase, direct, byNurse := w.booking("b-1", slots[0], 2), w.booking("b-2", slots[1], 1), w.booking("b-3", slots[1], 2)
		byCase.Case, byCase.BookedBy, byCase.OwnMT = "c-1", "acc-pro", true
		byNurse.BookedBy, byNurse.State, byNurse.CancelledBy = "acc-pro", regulation.StateCancelled, regulation.ByPatient
		byNurse.Patient.MT.Status = regulation.MTNone
		for _, b := range []regulation.Booking{byCase, direct, byNurse} {
			w.must(w.books(b))
		}
		w.must(w.holds(slots[0], 901, 902, 903))
		w.must(w.holds(slots[1], 904, direct.Fence)) // one of them was booked

		got, err := store.Indicators{DB: db}.Facts(t.Context(), senart, noon, noon.Add(time.Hour))
		w.must(err)
		fact := func(i, lost int, bookings ...indicator.BookingFact) indicator.SlotFact {
			s := slots[i]
			return indicator.SlotFact{ID: s.ID, Practitioner: s.Practitioner, Location: s.Location, Start: s.Start, End: s.End, Seats: 2, LostHolds: lost, Bookings: bookings}
		}
		want := indicator.Facts{NoSolution: []time.Time{noon.Add(time.Minute)}, Slots: []indicator.SlotFact{
			fact(0, 3, indicator.BookingFact{Seat: 2, State: regulation.StateBooked, CalledAt: noon.Add(time.Minute), MT: regulation.MTHas, OwnMT: true, ByRegulation: true}),
			fact(1, 1, indicator.BookingFact{Seat: 1, State: regulation.StateBooked, CalledAt: noon, MT: regulation.MTHas, ByRegulation: true},
				indicator.BookingFact{Seat: 2, State: regulation.StateCancelled, CancelledBy: regulation.ByPatient, CalledAt: noon, MT: regulation.MTNone}),
			fact(2, 0),
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestFactsTellWhoWasTakenEnSus(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		published := w.opening("op-1", noon)
		slot := slotOf(published, "s-1", noon, 1)
		extra := slotOf(published, "s-2", noon.Add(time.Hour), 1)
		extra.Extra = true
		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			if err := tx.SaveOpening(ctx, published); err != nil {
				return err
			}
			_, err := tx.AddSlots(ctx, []agenda.Slot{slot, extra})
			return err
		})
		facts, err := store.Indicators{DB: db}.Facts(t.Context(), senart, noon, noon.Add(2*time.Hour))
		w.must(err)
		if len(facts.Slots) != 2 || facts.Slots[0].Extra || !facts.Slots[1].Extra {
			t.Errorf("%+v", facts.Slots)
		}
	})
}

func TestCallsAreToldWithoutWhoCalledOrAnswered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon.Add(time.Hour), 3, 1)
		who := patient()
		after := func(d time.Duration) time.Time { return noon.Add(d) }
		w.regulates(func(ctx context.Context, tx regulation.Tx) error {
			for _, c := range []regulation.Case{
				{ID: "c-1", OpenedAt: noon, Commune: "77445", Patient: &who, Reason: "toux", FirstProposalAt: after(4 * time.Second),
					HeldAt: after(9 * time.Second), ClosedAt: after(time.Hour), Outcome: regulation.Booked},
				{ID: "c-2", OpenedAt: noon, ClosedAt: after(time.Minute), Outcome: regulation.NoSolution, WhyKind: regulation.WhyTooFar, Why: "trop loin"},
				{ID: "c-3", OpenedAt: after(time.Minute)},
				{ID: "c-4", OpenedAt: after(time.Hour)}, // after the period
				{ID: "c-5", OpenedAt: after(-time.Microsecond)},
			} {
				c.Territory, c.OpenedBy = senart, "acc-reg"
				if c.ID == "c-3" {
					c.OpenedBy = "acc-reg-2"
				}
				if err := tx.SaveCase(ctx, c); err != nil {
					return err
				}
			}
			elsewhere := regulation.Case{ID: "c-6", Territory: "cpts-other", OpenedBy: "acc-reg", OpenedAt: noon}
			if err := tx.SaveCase(ctx, elsewhere); err != nil {
				return err
			}
			return tx.NoteEffort(ctx, "c-1", regulation.Effort{Keys: 17, Conflicts: 1})
		})
		// A first booking that its GP cancelled, and the one after it.
		first, second := w.booking("b-1", slots[0], 1), w.booking("b-2", slots[1], 1)
		first.Case, first.BookedAt, first.State, first.CancelledBy = "c-1", after(31*time.Second), regulation.StateCancelled, regulation.ByPractitioner
		second.Case, second.BookedAt = "c-1", after(time.Hour)
		w.must(w.books(second))
		w.must(w.books(first))

		got, err := store.Indicators{DB: db}.Calls(t.Context(), senart, noon, after(time.Hour))
		w.must(err)
		want := []indicator.CallFact{
			{OpenedAt: noon, Desk: 1, Commune: "77445", Outcome: regulation.Booked, Effort: &regulation.Effort{Keys: 17, Conflicts: 1},
				ProposedAt: after(4 * time.Second), HeldAt: after(9 * time.Second), BookedAt: after(31 * time.Second)},
			{OpenedAt: noon, Desk: 1, Outcome: regulation.NoSolution, WhyKind: regulation.WhyTooFar},
			{OpenedAt: after(time.Minute), Desk: 2},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestASimulatedRecordSaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		before, err := db.Simulated(t.Context())
		if before || err != nil {
			t.Errorf("new record: %v, %v", before, err)
		}
		empty, err := db.Empty(t.Context())
		if !empty || err != nil {
			t.Errorf("empty %v, %v", empty, err)
		}
		w := newWorld(t, db)
		w.must(db.MarkSimulated(t.Context()))
		w.must(db.MarkSimulated(t.Context()))
		after, err := store.Indicators{DB: db}.Simulated(t.Context())
		if !after || err != nil {
			t.Errorf("marked record: %v, %v", after, err)
		}
		if empty, err = db.Empty(t.Context()); empty || err != nil {
			t.Errorf("with a GP: empty %v, %v", empty, err)
		}
	})
}
