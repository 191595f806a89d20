package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestABackupOpensAsItIs(t *testing.T) {
	db := storetest.SQLite(t)
	w := newWorld(t, db)
	slot := w.slots("op-1", noon, 1, 1)[0]
	want := w.booking("b-1", slot, 1)
	w.must(w.books(want))

	path := filepath.Join(t.TempDir(), "copy.db")
	w.must(db.Backup(t.Context(), path))
	w.reason(db.Backup(t.Context(), path), "store.backup_exists")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	w.must(w.books(w.booking("b-2", w.slots("op-2", noon.AddDate(0, 0, 1), 1, 1)[0], 1))) // after the copy

	restored := migrate(t, storetest.Open(t, store.Options{Path: path}))
	got, err := store.Regulation{DB: restored}.Booking(t.Context(), "b-1")
	if err != nil || !cmp.Equal(got, want) {
		t.Errorf("%v %s", err, cmp.Diff(want, got))
	}
	_, err = store.Regulation{DB: restored}.Booking(t.Context(), "b-2")
	w.reason(err, "regulation.booking_unknown")
}

func TestPostgresIsBackedUpByItsOwnTools(t *testing.T) {
	db := storetest.Postgres(t)
	newWorld(t, db).reason(db.Backup(t.Context(), filepath.Join(t.TempDir(), "copy")), "store.backup_elsewhere")
}
