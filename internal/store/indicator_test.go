package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
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
