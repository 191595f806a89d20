package store_test

import (
	"sync"
	"testing"

	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestMigrateTwiceAndFromSeveralProcessesIsHarmless(t *testing.T) {
	storetest.EachBare(t, func(t *testing.T, db *store.DB) {
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := db.Migrate(t.Context()); err != nil {
					t.Errorf("migrate: %v", err)
				}
			})
		}
		all.Wait()
		current, newest, err := db.Version(t.Context())
		if err != nil || current != newest || current == 0 {
			t.Fatalf("version %d of %d, %v", current, newest, err)
		}
	})
}
