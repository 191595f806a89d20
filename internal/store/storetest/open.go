package storetest

import (
	"path/filepath"
	"sync"
	"testing"

	"github.com/relais-snp/relais/internal/store"
)

var sharedKeys = sync.OnceValues(store.NewKeys)

// Keys are those of every database this package opens in the process.
func Keys(t testing.TB) *store.Keys {
	t.Helper()
	keys, err := sharedKeys()
	if err != nil {
		t.Fatalf("make keys: %v", err)
	}
	return keys
}

// Each runs a test twice, on a migrated SQLite file and on a migrated PostgreSQL
// database, both empty.
func Each(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Run("SQLite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, Postgres(t)) })
}

// EachBare is Each without the migration.
func EachBare(t *testing.T, test func(t *testing.T, db *store.DB)) {
	t.Run("SQLite", func(t *testing.T) { test(t, Open(t, store.Options{Path: sqlitePath(t)})) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, Open(t, store.Options{URL: PostgresURL(t)})) })
}

// SQLite opens a new migrated file, closed when the test ends.
func SQLite(t testing.TB) *store.DB {
	t.Helper()
	return migrated(t, store.Options{Path: sqlitePath(t)})
}

// Postgres opens a new migrated database, dropped when the test ends.
func Postgres(t testing.TB) *store.DB {
	t.Helper()
	return migrated(t, store.Options{URL: PostgresURL(t)})
}

// Open opens a record without migrating it, closed when the test ends. Keys are
// those of the process unless the options have others.
func Open(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	if o.Keys == nil {
		o.Keys = Keys(t)
	}
	db, err := store.Open(t.Context(), o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return db
}

func migrated(t testing.TB, o store.Options) *store.DB {
	t.Helper()
	db := Open(t, o)
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatalf("migrate: %v", err)
	}
	return db
}

func sqlitePath(t testing.TB) string { return filepath.Join(t.TempDir(), "relais.db") }
