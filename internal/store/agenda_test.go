package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestAnOpeningComesBackAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		once := w.opening("op-once", noon)
		weekly := w.opening("op-weekly", noon)
		weekly.SlotMinutes, weekly.Seats = 0, 6
		weekly.Repeat = &agenda.Repeat{Weekdays: []int{1, 4}, Until: civil.MustDate("2027-02-01"), SkipHolidays: true}
		stopped := weekly
		stopped.StoppedFrom, stopped.MaterialisedTo, stopped.Note = civil.MustDate("2026-12-07"), civil.MustDate("2026-12-20"), ""

		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			for _, o := range []agenda.Opening{once, weekly, stopped} { // the last writes over the second
				if err := tx.SaveOpening(ctx, o); err != nil {
					return err
				}
			}
			return nil
		})

		for _, want := range []agenda.Opening{once, stopped} {
			got, err := store.Agenda{DB: db}.Opening(t.Context(), want.ID)
			w.must(err)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", want.ID, diff)
			}
		}
		_, err := store.Agenda{DB: db}.Opening(t.Context(), "nowhere")
		w.reason(err, "agenda.opening_unknown")
	})
}

func TestOpeningsThatMayOccur(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		weekly := func(id, until, stoppedFrom string) agenda.Opening {
			o := w.opening(id, noon.AddDate(0, 0, -28))
			o.Repeat = &agenda.Repeat{Weekdays: []int{1}, Until: civil.MustDate(until)}
			if stoppedFrom != "" {
				o.StoppedFrom = civil.MustDate(stoppedFrom)
			}
			return o
		}
		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			for _, o := range []agenda.Opening{
				w.opening("inside", noon), w.opening("before", noon.AddDate(0, 0, -9)), w.opening("after", noon.AddDate(0, 0, 9)),
				weekly("running", "2027-01-01", ""), weekly("ended", "2026-11-16", ""), weekly("stopped", "2027-01-01", "2026-11-16"),
			} {
				if err := tx.SaveOpening(ctx, o); err != nil {
					return err
				}
			}
			return nil
		})

		found, err := store.Agenda{DB: db}.Openings(t.Context(), w.gp.ID, noon, noon.AddDate(0, 0, 7), 10)
		w.must(err)
		if got := idsOf(found, func(o agenda.Opening) string { return o.ID }); !cmp.Equal(got, []string{"inside", "running"}) {
			t.Errorf("openings %v", got)
		}
		due, err := store.Agenda{DB: db}.DueOpenings(t.Context(), civil.MustDate("2027-01-15"), 10)
		w.must(err)
		if got := idsOf(due, func(o agenda.Opening) string { return o.ID }); !cmp.Equal(got, []string{"ended", "running", "stopped"}) {
			t.Errorf("due %v", got)
		}
	})
}

func TestSlotsAreAddedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		first := w.slots("op-1", noon, 250, 1) // several statements
		if len(first) != 250 || first[0].Revision != 1 {
			t.Fatalf("%d slots, the first at revision %d", len(first), first[0].Revision)
		}
		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			again := slotOf(w.opening("op-1", noon), "another-id", noon, 1)
			fresh := slotOf(w.opening("op-1", noon), "fresh", noon.Add(-20*time.Minute), 1)
			added, err := tx.AddSlots(ctx, []agenda.Slot{again, fresh})
			if got := idsOf(added, func(s agenda.Slot) string { return s.ID }); !cmp.Equal(got, []string{"fresh"}) {
				t.Errorf("added %v", got)
			}
			return err
		})
		kept, err := store.Agenda{DB: db}.SlotsOf(t.Context(), "op-1")
		w.must(err)
		if len(kept) != 251 || kept[0].Slot.ID != "fresh" {
			t.Fatalf("%d slots, first %s", len(kept), kept[0].Slot.ID)
		}
		if diff := cmp.Diff(first[0], kept[1].Slot); diff != "" {
			t.Errorf("slot: %s", diff)
		}
	})
}

func TestOverlapping(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon, 3, 1) // 12:00, 12:20, 12:40
		withdrawn := slots[1]
		withdrawn.WithdrawnAt = noon.Add(-time.Minute)
		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			r, err := tx.SaveSlot(ctx, withdrawn)
			if r.Slot.Revision != 2 || !r.Slot.WithdrawnAt.Equal(withdrawn.WithdrawnAt) {
				t.Errorf("withdrawn slot: %+v", r.Slot)
			}
			return err
		})
		for _, c := range []struct {
			name     string
			from, to time.Duration
			want     []string
		}{
			{"touching on both sides", 20 * time.Minute, 40 * time.Minute, []string{}},
			{"all, the withdrawn one left out", -time.Hour, 3 * time.Hour, []string{"op-1-slot-1", "op-1-slot-3"}},
			{"inside one", 5 * time.Minute, 6 * time.Minute, []string{"op-1-slot-1"}},
		} {
			w.publishes(func(ctx context.Context, tx agenda.Tx) error {
				found, err := tx.Overlapping(ctx, w.gp.ID, noon.Add(c.from), noon.Add(c.to))
				if got := idsOf(found, func(s agenda.Slot) string { return s.ID }); !cmp.Equal(got, c.want) {
					t.Errorf("%s: %v", c.name, got)
				}
				return err
			})
		}
	})
}

func TestTheOutboxHandsOnTheNewestRecordUntilForgotten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon, 120, 2)
		var told []agenda.Announcement
		w.publishes(func(ctx context.Context, tx agenda.Tx) (err error) {
			var records []agenda.Record
			for _, s := range slots {
				records = append(records, agenda.Record{Slot: s})
			}
			told, err = tx.Announce(ctx, records...)
			return err
		})
		w.must(w.books(w.booking("b-1", slots[0], 2)))

		outbox := store.Live{DB: db}
		pending, err := outbox.Pending(t.Context(), 1000)
		w.must(err)
		if len(told) != 120 || len(pending) != 120 || pending[0].ID != told[0].ID {
			t.Fatalf("told %d, pending %d", len(told), len(pending))
		}
		if first := pending[0].Record; first.Slot.Revision != 2 || !cmp.Equal(first.Booked, []int{2}) {
			t.Errorf("an old record is pending: %+v", first)
		}
		var ids []int64
		for _, a := range pending {
			ids = append(ids, a.ID)
		}
		w.must(outbox.Forget(t.Context(), ids))
		w.must(outbox.Forget(t.Context(), ids)) // twice is harmless
		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			again, err := tx.Announce(ctx, agenda.Record{Slot: slots[0]})
			if again[0].ID <= ids[len(ids)-1] {
				t.Errorf("number %d was used before", again[0].ID)
			}
			return err
		})
		between, err := outbox.RecordsBetween(t.Context(), senart, noon, noon.Add(time.Hour))
		w.must(err)
		if len(between) != 3 {
			t.Errorf("%d records within the hour", len(between))
		}
	})
}

func idsOf[T any](list []T, id func(T) string) []string {
	ids := []string{}
	for _, one := range list {
		ids = append(ids, id(one))
	}
	return ids
}
