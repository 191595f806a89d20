package store_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestWhatWasAcknowledgedOutlivesAKilledPostgres(t *testing.T) {
	cluster := storetest.StartCluster(t, storetest.Settings{Fsync: true})
	db := migrate(t, storetest.Open(t, store.Options{URL: cluster.URL()}))
	w := newWorld(t, db)
	slots := w.slots("op-1", noon, 64, 1)

	acknowledged := map[string]bool{}
	for i, s := range slots {
		if i == 30 {
			cluster.Kill(t)
		}
		b := w.booking(fmt.Sprintf("b-%d", i), s, 1)
		switch reason := fault.Reason(w.books(b)); {
		case reason == "":
			acknowledged[b.ID] = true
		case reason != "store.unavailable":
			t.Fatalf("a database that is away: %q", reason)
		}
		if i == 33 {
			cluster.Restart(t)
		}
	}

	// Broken connections are replaced without a word once the server is back.
	if len(acknowledged) != 60 {
		t.Errorf("%d bookings acknowledged of 60", len(acknowledged))
	}
	for id := range acknowledged {
		if _, err := (store.Regulation{DB: db}).Booking(t.Context(), id); err != nil {
			t.Errorf("%s was acknowledged: %v", id, err)
		}
	}
}

func TestMistakesOfOursTellNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slot := w.slots("op-1", noon, 1, 1)[0]
		b := w.booking("b-1", slot, 1)
		b.Slot = "slot-that-never-was" // breaks a foreign key
		err := store.Regulation{DB: db}.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) error { return tx.AddBooking(ctx, b) })
		if fault.Reason(err) != "internal" || containsAny(err.Error(), "FOREIGN", "foreign", "bookings", "slot-that") {
			t.Errorf("%v", err)
		}
	})
}
