package store_test

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// cramped keeps files of this process from growing beyond so many bytes, as a
// full disk does, until it is made roomy again.
func cramped(t *testing.T, bytes uint64) (roomy func()) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ) // so that writing fails instead
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	set := func(l syscall.Rlimit) {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
			t.Fatal(err)
		}
	}
	roomy = sync.OnceFunc(func() { set(before); signal.Reset(syscall.SIGXFSZ) })
	t.Cleanup(roomy)
	set(syscall.Rlimit{Cur: bytes, Max: before.Max})
	return roomy
}

func TestAFullDiskRefusesClearlyAndIsForgotten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "relais.db")
	db := migrate(t, storetest.Open(t, store.Options{Path: path}))
	w := newWorld(t, db)
	slots := w.slots("op-1", noon, 600, 1)
	room, err := os.Stat(path + "-wal")
	w.must(err)

	// Given room for a few more bookings, many are tried at once.
	roomy := cramped(t, uint64(room.Size())+256<<10)
	kept, refused := w.booksAll(slots[:500], "b")
	if len(kept) == 0 || refused["store.unavailable"] == 0 || len(refused) > 1 {
		t.Fatalf("%d kept, refused %v", len(kept), refused)
	}
	w.holdsExactly(kept, db)

	// When there is room again the same process goes on.
	roomy()
	more, refused := w.booksAll(slots[500:], "c")
	if len(refused) > 0 {
		t.Errorf("with room again: %v", refused)
	}
	kept = append(kept, more...)
	w.holdsExactly(kept, db)

	// And so does another that finds the file as it was left.
	w.holdsExactly(kept, storetest.Open(t, store.Options{Path: path}))
}

// booksAll books the slots from 16 clients and returns what was acknowledged,
// and how often each reason was given otherwise.
func (w world) booksAll(slots []agenda.Slot, prefix string) (kept []string, refused map[string]int) {
	refused = map[string]int{}
	next := make(chan int)
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for i := range next {
				id := fmt.Sprintf("%s-%d", prefix, i)
				reason := fault.Reason(w.books(w.booking(id, slots[i], 1)))
				mu.Lock()
				if reason == "" {
					kept = append(kept, id)
				} else {
					refused[reason]++
				}
				mu.Unlock()
			}
		})
	}
	for i := range slots {
		next <- i
	}
	close(next)
	all.Wait()
	return kept, refused
}

// holdsExactly checks that the record has the bookings and no other.
func (w world) holdsExactly(ids []string, db *store.DB) {
	w.Helper()
	all, err := store.Regulation{DB: db}.Bookings(w.Context(), regulation.BookingQuery{Territory: senart, From: noon, To: noon.AddDate(1, 0, 0)})
	w.must(err)
	have := map[string]bool{}
	for _, b := range all {
		have[b.ID] = true
	}
	for _, id := range ids {
		if !have[id] {
			w.Errorf("%s was acknowledged and is not there", id)
		}
	}
	if len(have) != len(ids) {
		w.Errorf("%d bookings kept, %d acknowledged", len(have), len(ids))
	}
}
