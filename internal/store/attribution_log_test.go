package store_test

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestAnErasureLeavesNothingInTheLogOfTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "relais.db")
	w := newSeeking(newWorld(t, migrate(t, storetest.Open(t, store.Options{Path: path}))))
	plantSeeker(w)
	parts := w.sealedParts()
	holds := func(file, part string) bool {
		kept, err := os.ReadFile(file)
		w.must(err)
		sealed, err := hex.DecodeString(part)
		w.must(err)
		return bytes.Contains(kept, sealed)
	}
	if !slices.ContainsFunc(parts, func(part string) bool { return holds(path+"-wal", part) }) {
		t.Fatal("the log never held the sealed bytes")
	}

	w.erases("r-secret")

	for _, part := range parts {
		if holds(path+"-wal", part) || holds(path, part) {
			t.Error("sealed bytes are still there")
		}
	}
}
