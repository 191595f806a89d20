package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func (w world) ground(db *store.DB) *regulation.Ground {
	w.Helper()
	g, err := store.Directory{DB: db}.Ground(w.Context(), senart)
	w.must(err)
	return g
}

func TestTheGroundShowsWhatThisProcessChangesAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		first := w.ground(db)
		if first.RPPS[w.gp.ID] != string(w.gp.RPPS) || first.Communes[w.at.ID].INSEE != w.at.Commune {
			t.Errorf("ground %+v", first)
		}
		if w.ground(db) != first {
			t.Error("another ground without a change")
		}

		moved := w.at
		moved.Commune = "77067"
		w.must(store.Directory{DB: db}.AddLocation(t.Context(), moved))

		if now := w.ground(db); now.Communes[w.at.ID].INSEE != "77067" {
			t.Errorf("ground %+v", now)
		}
	})
}

// A change that says nothing new to ranking leaves the ground as it is, so that
// what was laid out by it need not be laid out again.
func TestTheGroundStaysWhenNothingInItChanges(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		first, phone := w.ground(db), w.gp
		phone.Phone = "+33199000009"
		w.must(store.Directory{DB: db}.AddPractitioner(t.Context(), phone))
		if w.ground(db) != first {
			t.Error("another ground for another phone number")
		}
		undone := errors.New("undone")
		err := store.Directory{DB: db}.InTx(t.Context(), func(ctx context.Context, tx directory.Tx) error {
			moved := w.at
			moved.Commune = "77067"
			w.must(tx.SaveLocation(ctx, moved))
			return undone
		})
		if err == nil || w.ground(db) != first {
			t.Errorf("an import that was undone: %v", err)
		}
	})
}

// What another process imports is seen soon, without being asked to look.
func TestTheGroundFollowsAnotherProcess(t *testing.T) {
	for name, o := range map[string]store.Options{
		"SQLite":     {Path: t.TempDir() + "/relais.db"},
		"PostgreSQL": {URL: storetest.PostgresURL(t)},
	} {
		t.Run(name, func(t *testing.T) {
			here, there := migrate(t, storetest.Open(t, o)), storetest.Open(t, o)
			w := newWorld(t, here)
			w.ground(here)
			moved := w.at
			moved.Commune = "77067"
			w.must(store.Directory{DB: there}.AddLocation(t.Context(), moved))

			deadline := time.After(10 * time.Second) // two seconds are promised, by a machine that is not busy
			for every := time.Tick(50 * time.Millisecond); w.ground(here).Communes[w.at.ID].INSEE != "77067"; {
				select {
				case <-every:
				case <-deadline:
					t.Fatal("not seen")
				}
			}
		})
	}
}
