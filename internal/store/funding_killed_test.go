package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// keepOnAndOn posts entries from 8 goroutines and prints each one's id once it is
// acknowledged, until somebody kills it.
func keepOnAndOn(path string) {
	keys, err := store.NewKeys()
	if err != nil {
		panic(err)
	}
	db, err := store.Open(context.Background(), store.Options{Path: path, Keys: keys})
	if err != nil {
		panic(err)
	}
	books := serviceOver(store.Funding{DB: db})
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := 0; ; i++ {
				d := pays(100, "6226", "512")
				d.Lines[0].Envelope = "acces"
				e, err := books.Post(context.Background(), treasurer, d, fmt.Sprintf("%d-%d", n, i))
				if err != nil {
					panic(err)
				}
				fmt.Println(e.ID)
			}
		})
	}
	all.Wait()
}

func TestBooksOfAKilledProcessHold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "relais.db")
	o := newOffice(t, migrate(t, storetest.Open(t, store.Options{Path: path})))
	acknowledged := killed(t, keeperVariable, path, 200)
	entries, err := o.record.Entries(t.Context(), funding.EntryQuery{Territory: senart})
	o.must(err)
	for _, e := range entries {
		delete(acknowledged, e.ID)
	}
	if len(acknowledged) != 0 {
		t.Errorf("%d acknowledged entries are lost", len(acknowledged))
	}
	o.hold(int64(len(entries)))
}
