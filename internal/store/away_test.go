package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestPostgresKilledUnderLoadLosesNothingAcknowledged(t *testing.T) {
	cluster := storetest.StartCluster(t, storetest.Settings{Fsync: true})
	db := migrate(t, storetest.Open(t, store.Options{URL: cluster.URL()}))
	w := newWorld(t, db)
	slots := w.slots("op-1", noon, 600, 1)

	// When it is killed while sixteen clients book,
	busy := make(chan struct{})
	killed := make(chan struct{})
	var once sync.Once
	go func() {
		<-busy
		cluster.Kill(t)
		close(killed)
	}()
	var mu sync.Mutex
	acknowledged := map[string]bool{}
	reasons := crowd(func(n int) (last error) {
		for i := n; i < len(slots); i += 32 {
			b := w.booking(fmt.Sprintf("b-%d", i), slots[i], 1)
			last = w.books(b)
			mu.Lock()
			if last == nil {
				acknowledged[b.ID] = true
			}
			if len(acknowledged) == 100 {
				once.Do(func() { close(busy) })
			}
			mu.Unlock()
		}
		return last
	})
	<-killed
	if len(reasons) != 1 || reasons["store.unavailable"] != 32 {
		t.Errorf("while it is away: %v", reasons)
	}

	// then the first calls after its return pass, on connections that died idle,
	cluster.Restart(t)
	if reasons := crowd(func(i int) error { return w.holds(slots[i], 1) }); reasons[""] != 32 {
		t.Errorf("after its return: %v", reasons)
	}
	// and what was acknowledged is there.
	for id := range acknowledged {
		if !w.kept(id) {
			t.Errorf("%s was acknowledged and is not there", id)
		}
	}
}

func TestConnectionsThatDiedIdleTroubleNobody(t *testing.T) {
	cluster := storetest.StartCluster(t, storetest.Settings{})
	db := migrate(t, storetest.Open(t, store.Options{URL: cluster.URL()}))
	w := newWorld(t, db)
	slots := w.slots("op-1", noon, 32, 1)
	for round := range int64(3) {
		// Given a pool full of connections,
		if reasons := crowd(func(i int) error { return w.holds(slots[i], 2*round+1) }); reasons[""] != 32 {
			t.Fatalf("before: %v", reasons)
		}
		// when the server ends and is back at once,
		cluster.Kill(t)
		cluster.Restart(t)
		// then nobody notices.
		if reasons := crowd(func(i int) error { return w.holds(slots[i], 2*round+2) }); reasons[""] != 32 {
			t.Errorf("after: %v", reasons)
		}
	}
}

func TestALockHeldBySomebodyEndsInAClearRefusal(t *testing.T) {
	db := storetest.Postgres(t)
	w := newWorld(t, db)
	slot := w.slots("op-1", noon, 1, 1)[0]
	w.regulates(func(ctx context.Context, tx regulation.Tx) error {
		if _, err := tx.LockSlot(ctx, slot.ID); err != nil {
			return err
		}
		short, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		begun := time.Now()
		reasons := crowd(func(i int) error { return w.adding(short, fmt.Sprintf("b-%d", i), slot, touch(slot.ID)) })
		if reasons["store.unavailable"] != 32 || time.Since(begun) > 4*time.Second {
			t.Errorf("%v after %v", reasons, time.Since(begun))
		}
		return nil
	})
	// The connections they used are good for others.
	if reasons := crowd(func(i int) error { return w.holds(slot, int64(i)) }); reasons[""] != 32 {
		t.Errorf("afterwards: %v", reasons)
	}
	if _, err := (store.Regulation{DB: db}).Booking(t.Context(), "b-0"); !errors.Is(err, regulation.ErrBookingUnknown) {
		t.Errorf("a refused booking is there: %v", fault.Reason(err))
	}
}

func touch(slot string) func(ctx context.Context, tx regulation.Tx) error {
	return func(ctx context.Context, tx regulation.Tx) error {
		_, err := tx.Touch(ctx, slot)
		return err
	}
}
