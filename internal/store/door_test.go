package store_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
)

func TestWhoComesTooLateForACommitIsRefusedAtTheDoor(t *testing.T) {
	grouped(t, func(w world, slots []agenda.Slot) {
		ctx, cancel := context.WithTimeout(w.Context(), 9*time.Millisecond)
		defer cancel()
		err := w.adding(ctx, "late", slots[0], func(context.Context, regulation.Tx) error {
			w.Error("it ran")
			return nil
		})
		if fault.Reason(err) != "store.unavailable" || !errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil {
			w.Errorf("refused with %v at %v", err, ctx.Err())
		}
		if err := w.adding(w.Context(), "after", slots[0], enough); err != nil || w.kept("late") {
			w.Errorf("the next: %v", err)
		}
	})
}

// Three hundred who try again and again for one writer are served as fast as it
// can, although every one of them has nearly run out of time when it comes to them.
func TestMoreThanCanBeServedDoNotUndoEachOther(t *testing.T) {
	grouped(t, func(w world, slots []agenda.Slot) {
		var all sync.WaitGroup
		var mu sync.Mutex
		ran, kept := 0, 0
		end := time.Now().Add(time.Second)
		tries := func() {
			ctx, cancel := context.WithTimeout(w.Context(), 60*time.Millisecond)
			defer cancel()
			err := store.Regulation{DB: w.db}.InTx(ctx, func(ctx context.Context, tx regulation.Tx) error {
				mu.Lock()
				ran++
				mu.Unlock()
				time.Sleep(time.Millisecond)
				_, err := tx.LockSlot(ctx, slots[0].ID)
				return err
			})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				kept++
			}
		}
		for range 300 {
			all.Go(func() {
				for time.Now().Before(end) {
					tries()
				}
			})
		}
		all.Wait()
		if kept < 800 || 10*kept < 9*ran {
			w.Errorf("%d kept of %d that ran", kept, ran)
		}
	})
}
