package store_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// conflicts are errors after which the same transaction may pass.
func conflicts(t *testing.T) map[string]error {
	return map[string]error{
		"serialisation failure": &pgconn.PgError{Code: "40001"},
		"deadlock":              &pgconn.PgError{Code: "40P01"},
		"busy":                  busy(t),
	}
}

// busy provokes what a locked SQLite file answers.
func busy(t *testing.T) error {
	path := filepath.Join(t.TempDir(), "busy.db")
	var holders [2]*sql.DB
	for i := range holders {
		db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		holders[i] = db
	}
	held, err := holders[0].BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Rollback()
	_, err = holders[1].BeginTx(t.Context(), nil)
	if err == nil {
		t.Fatal("two writers at once")
	}
	return err
}

func TestAConflictRunsTheWholeUseCaseAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slot := w.slots("op-1", noon, 1, 1)[0]
		for name, conflict := range conflicts(t) {
			runs := 0
			err := store.Regulation{DB: db}.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) error {
				runs++
				r, err := tx.Touch(ctx, slot.ID)
				if err != nil || r.Slot.Revision != 2 {
					t.Errorf("%s: revision %d in run %d, %v", name, r.Slot.Revision, runs, err)
				}
				if runs < 3 {
					return conflict
				}
				return errors.New("enough") // leaves the revision as it was
			})
			if runs != 3 || fault.Reason(err) != "internal" {
				t.Errorf("%s: %d runs, %v", name, runs, err)
			}
		}
	})
}

func TestRetriesAreBoundedAndEndAsUnavailable(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		runs := 0
		err := store.Regulation{DB: db}.InTx(t.Context(), func(context.Context, regulation.Tx) error {
			runs++
			return &pgconn.PgError{Code: "40001"}
		})
		w.reason(err, "store.unavailable")
		if runs != 8 {
			t.Errorf("%d runs", runs)
		}
	})
}

func TestARefusalIsNotRetried(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		runs := 0
		err := store.Regulation{DB: db}.InTx(t.Context(), func(context.Context, regulation.Tx) error {
			runs++
			return regulation.ErrSlotTaken
		})
		if runs != 1 || !errors.Is(err, regulation.ErrSlotTaken) {
			t.Errorf("%d runs, %v", runs, err)
		}
	})
}

func TestDeadlockedBookingsBothPass(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon, 2, 1)
		var met, both sync.WaitGroup
		met.Add(2)
		for i := range 2 {
			both.Go(func() {
				first := true
				err := store.Regulation{DB: db}.InTx(t.Context(), func(ctx context.Context, tx regulation.Tx) error {
					if _, err := tx.LockSlot(ctx, slots[i].ID); err != nil {
						return err
					}
					if first && db.Kind() == "PostgreSQL" { // SQLite never has two at once
						first = false
						met.Done()
						met.Wait()
					}
					_, err := tx.Touch(ctx, slots[1-i].ID)
					return err
				})
				if err != nil {
					t.Errorf("transaction %d: %v", i, err)
				}
			})
		}
		both.Wait()
		for _, s := range slots {
			r, err := store.Regulation{DB: db}.Record(t.Context(), s.ID)
			w.must(err)
			if r.Slot.Revision != 2 {
				t.Errorf("%s at revision %d", s.ID, r.Slot.Revision)
			}
		}
	})
}

func TestTheDeadlineIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slot := w.slots("op-1", noon, 1, 1)[0]
		w.regulates(func(ctx context.Context, tx regulation.Tx) error { // holds the slot while another waits for it
			if _, err := tx.LockSlot(ctx, slot.ID); err != nil {
				return err
			}
			short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			begun := time.Now()
			err := store.Regulation{DB: db}.InTx(short, func(ctx context.Context, tx regulation.Tx) error {
				_, err := tx.LockSlot(ctx, slot.ID)
				return err
			})
			w.reason(err, "store.unavailable")
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 4*time.Second {
				t.Errorf("waited %v: %v", time.Since(begun), err)
			}
			return nil
		})
	})
}

func TestAMissingDatabaseIsUnavailableAndSaysNothingOfItsAddress(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	_, err := store.Open(ctx, store.Options{URL: "postgres://relais:mot-de-passe@127.0.0.1:1/relais", Keys: storetest.Keys(t)})
	if fault.Reason(err) != "store.unavailable" || containsAny(err.Error(), "mot-de-passe", "127.0.0.1") {
		t.Errorf("%v", err)
	}
	_, err = store.Open(ctx, store.Options{URL: "mysql://relais:mot-de-passe@localhost/", Keys: storetest.Keys(t)})
	if err == nil || containsAny(err.Error(), "mot-de-passe") {
		t.Errorf("%v", err)
	}
}
