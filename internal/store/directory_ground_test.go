package store_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
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

// took is how long a reader waited for the ground that was known.
func (w world) took(known *regulation.Ground) time.Duration {
	w.Helper()
	began := time.Now()
	if now := w.ground(w.db); now != known {
		w.Error("another ground")
	}
	return time.Since(began)
}

func TestADatabaseThatHangsLeavesTheGroundThatIsKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, storetest.SQLite(t))
		known := w.ground(w.db)
		time.Sleep(3 * time.Second)
		release, err := w.db.HoldReaders(t.Context())
		w.must(err)

		// The first reader waits a moment, the next ones not at all,
		if first, next := w.took(known), w.took(known); first > 300*time.Millisecond || next > 0 {
			t.Errorf("waited %v, then %v", first, next)
		}
		// nor do they just after the look has failed,
		time.Sleep(10 * time.Second)
		if after := w.took(known); after > 0 {
			t.Errorf("waited %v after the failure", after)
		}
		// not even for what this process changes, for longer than a moment.
		moved := w.at
		moved.Commune = "77067"
		w.must(store.Directory{DB: w.db}.AddLocation(t.Context(), moved))
		if changed := w.took(known); changed > 300*time.Millisecond {
			t.Errorf("waited %v after a change", changed)
		}
		release()
		synctest.Wait()
		if now := w.ground(w.db); now.Communes[w.at.ID].INSEE != "77067" {
			t.Error("the change is not seen when the database is back")
		}
	})
}

func TestALookThatPanicsEndsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		db := storetest.SQLite(t)
		w := newWorld(t, db)
		mend := db.SpoilReaders()
		if g, err := (store.Directory{DB: db}).Ground(t.Context(), senart); g != nil || err == nil {
			t.Errorf("a first ground %v, %v", g, err)
		}
		mend()
		time.Sleep(time.Second)
		known := w.ground(db)
		for _, age := range []time.Duration{1500 * time.Millisecond, 3 * time.Second} {
			time.Sleep(age)
			mend = db.SpoilReaders()
			if waited := w.took(known); waited > 0 {
				t.Errorf("waited %v", waited)
			}
			synctest.Wait()
			mend()
		}
	})
}
