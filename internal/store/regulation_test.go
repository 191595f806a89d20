package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestABookingComesBackAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slot := w.slots("op-1", noon, 1, 3)[0]
		want := w.booking("b-1", slot, 2)
		want.OwnMT = true
		w.must(w.books(want))

		got, err := store.Regulation{DB: db}.Booking(t.Context(), "b-1")
		w.must(err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		_, err = store.Regulation{DB: db}.Booking(t.Context(), "b-2")
		w.reason(err, "regulation.booking_unknown")

		want.State, want.CancelledAt, want.CancelledBy, want.CancelReason = regulation.StateCancelled, noon.Add(time.Minute), regulation.ByPatient, "va mieux"
		want.ChangedAt = want.CancelledAt
		w.regulates(func(ctx context.Context, tx regulation.Tx) error { return tx.SaveBooking(ctx, want) })
		want.Revision = 2
		got, err = store.Regulation{DB: db}.Booking(t.Context(), "b-1")
		w.must(err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestTouchTellsTheLiveSeats(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slot := w.slots("op-1", noon, 1, 12)[0]
		for seat, state := range map[int]regulation.BookingState{
			11: regulation.StateBooked, 2: regulation.StateHonoured, 7: regulation.StateNoShow, 3: regulation.StateCancelled,
		} {
			b := w.booking(fmt.Sprintf("b-%d", seat), slot, seat)
			b.State = state
			w.must(w.books(b))
		}
		r, err := store.Regulation{DB: db}.Record(t.Context(), slot.ID)
		w.must(err)
		if r.Slot.Revision != 5 || !cmp.Equal(r.Booked, []int{2, 7, 11}) {
			t.Errorf("revision %d, booked %v", r.Slot.Revision, r.Booked)
		}
		_, err = store.Regulation{DB: db}.Record(t.Context(), "nowhere")
		w.reason(err, "regulation.slot_unknown")
	})
}

func TestASeatIsFreeAgainAfterCancellationAndItsFenceRises(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slot := w.slots("op-1", noon, 1, 1)[0]
		first := w.booking("b-1", slot, 1)
		first.Fence = 41
		w.must(w.books(first))
		w.reason(w.books(w.booking("b-2", slot, 1)), "regulation.slot_taken")

		first.State = regulation.StateCancelled
		w.regulates(func(ctx context.Context, tx regulation.Tx) error { return tx.SaveBooking(ctx, first) })
		w.must(w.books(w.booking("b-3", slot, 1)))
		w.regulates(func(ctx context.Context, tx regulation.Tx) error {
			last, err := tx.LastFence(ctx, slot.ID, 1)
			if last != 41 {
				t.Errorf("last fence %d", last)
			}
			other, err2 := tx.LastFence(ctx, slot.ID, 2)
			if other != 0 || err2 != nil {
				t.Errorf("fence of a new seat %d, %v", other, err2)
			}
			return err
		})
	})
}

func TestACaseComesBackAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		p := patient()
		c := regulation.Case{ID: "c-1", Territory: senart, OpenedBy: "acc-reg", OpenedAt: noon, Commune: "91577", Reason: "fièvre",
			WishedDelayMinutes: 90, MT: regulation.MT{Status: regulation.MTNone}, HeldAt: noon.Add(time.Minute)}
		save := func() {
			w.regulates(func(ctx context.Context, tx regulation.Tx) error { return tx.SaveCase(ctx, c) })
		}
		save()
		c.WhyKind = regulation.WhyHomeVisit
		c.Patient, c.Outcome, c.Why, c.ClosedAt = &p, regulation.NoSolution, "aucun créneau", noon.Add(2*time.Minute)
		c.FirstProposalAt = noon.Add(30 * time.Second)
		save()
		got, err := store.Regulation{DB: db}.Case(t.Context(), "c-1")
		w.must(err)
		if diff := cmp.Diff(c, got); diff != "" {
			t.Error(diff)
		}
		w.regulates(func(ctx context.Context, tx regulation.Tx) error {
			return tx.NoteEffort(ctx, "c-1", regulation.Effort{Keys: 24, Conflicts: 1})
		})
		save() // which knows nothing of the effort
		effort, err := db.QueryTexts(t.Context(), `SELECT keys || ' ' || conflicts FROM cases WHERE id = 'c-1'`)
		w.must(err)
		if !cmp.Equal(effort, []string{"24 1"}) {
			t.Errorf("effort %q", effort)
		}
		w.regulates(func(ctx context.Context, tx regulation.Tx) error {
			_, err := tx.Case(ctx, "c-2")
			w.reason(err, "regulation.case_unknown")
			return nil
		})
	})
}

func TestPagesOfSlotsBookingsAndCases(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon, 7, 1)
		for i, s := range slots {
			w.must(w.books(w.booking(fmt.Sprintf("b-%d", i), s, 1)))
			w.regulates(func(ctx context.Context, tx regulation.Tx) error {
				return tx.SaveCase(ctx, regulation.Case{ID: fmt.Sprintf("c-%d", i), Territory: senart, OpenedBy: "acc-reg",
					OpenedAt: noon.Add(time.Duration(i/2) * time.Minute), MT: regulation.MT{Status: regulation.MTUnknown}})
			})
		}
		r := store.Regulation{DB: db}
		var seen []string
		for key := (regulation.Key{}); ; {
			page, err := r.Records(t.Context(), regulation.SlotQuery{Territory: senart, From: noon, To: noon.Add(2 * time.Hour), Practitioner: w.gp.ID, After: key, Limit: 3})
			w.must(err)
			if len(page) == 0 {
				break
			}
			seen = append(seen, idsOf(page, func(r agenda.Record) string { return r.Slot.ID })...)
			last := page[len(page)-1].Slot
			key = regulation.Key{At: last.Start, ID: last.ID}
		}
		if len(seen) != 6 || seen[0] != slots[0].ID || seen[5] != slots[5].ID { // the seventh starts at the end
			t.Errorf("slots %v", seen)
		}
		bookings, err := r.Bookings(t.Context(), regulation.BookingQuery{Territory: senart, BookedBy: "acc-reg", From: noon, To: noon.Add(24 * time.Hour),
			After: regulation.Key{At: slots[4].Start, ID: "b-4"}, Limit: 5})
		w.must(err)
		if got := idsOf(bookings, func(b regulation.Booking) string { return b.ID }); !cmp.Equal(got, []string{"b-5", "b-6"}) {
			t.Errorf("bookings %v", got)
		}
		cases, err := r.Cases(t.Context(), regulation.CaseQuery{Territory: senart, OpenOnly: true,
			After: regulation.Key{At: noon.Add(2 * time.Minute), ID: "c-5"}, Limit: 3})
		w.must(err)
		if got := idsOf(cases, func(c regulation.Case) string { return c.ID }); !cmp.Equal(got, []string{"c-4", "c-3", "c-2"}) {
			t.Errorf("cases %v", got)
		}
	})
}

func TestNamesakesAreFoundHoweverTheNameIsWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon, 3, 1)
		for i, family := range []string{"Lé Goff-Fictif", "Autre", "LE GOFF FICTIF"} {
			b := w.booking(fmt.Sprintf("b-%d", i), slots[i], 1)
			b.Patient.Family = family
			if i == 2 {
				b.State = regulation.StateCancelled
			}
			w.must(w.books(b))
		}
		find := func(family string, to time.Time) (found []string) {
			w.regulates(func(ctx context.Context, tx regulation.Tx) error {
				list, err := tx.LiveBookingsNamed(ctx, []string{"cpts-cote", senart}, regulation.Patient{Family: family}, noon, to)
				found = idsOf(list, func(b regulation.Booking) string { return b.ID + " " + b.Patient.Given })
				return err
			})
			return found
		}
		if got := find("legoff fictif", noon.Add(time.Hour)); !cmp.Equal(got, []string{"b-0 Zoé"}) {
			t.Errorf("found %v", got)
		}
		if got := find("legoff fictif", noon); len(got) != 0 {
			t.Errorf("found %v outside the period", got)
		}
	})
}

func TestEqualRequestsHaveOneAnswer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		remember := func(actor, digest, made string) (before string, err error) {
			err = store.Regulation{DB: db}.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) error {
				if before, err = tx.Remembered(ctx, actor, "key-12345", digest); err != nil || before != "" {
					return err
				}
				return tx.Remember(ctx, actor, "key-12345", digest, made, noon)
			})
			return before, err
		}
		before, err := remember("acc-1", "d1", "b-1")
		if before != "" || err != nil {
			t.Fatalf("first: %q, %v", before, err)
		}
		if before, err = remember("acc-1", "d1", "b-2"); before != "b-1" || err != nil {
			t.Errorf("again: %q, %v", before, err)
		}
		_, err = remember("acc-1", "d2", "b-3")
		w.reason(err, "request.key_reused")
		if before, err = remember("acc-2", "d2", "b-4"); before != "" || err != nil {
			t.Errorf("another person's key: %q, %v", before, err)
		}
		w.must(db.ForgetAnswers(t.Context(), noon.Add(time.Second)))
		if before, err = remember("acc-1", "d2", "b-5"); before != "" || err != nil {
			t.Errorf("after forgetting: %q, %v", before, err)
		}
	})
}
