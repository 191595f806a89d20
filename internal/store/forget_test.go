package store_test

import (
	"path/filepath"
	"testing"

	"github.com/relais-snp/relais/internal/store"
)

func TestARecordThatLastsForgetsNoTerritory(t *testing.T) {
	keys, err := store.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "relais.db"), Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := db.ForgetTerritory(t.Context(), "cpts-senart"); err == nil {
		t.Error("a real territory was forgotten")
	}
}
