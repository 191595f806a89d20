package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// grouped runs a test against SQLite with a clock that moves only when everybody
// waits, so that a use case can wait until others stand in line.
func grouped(t *testing.T, test func(w world, slots []agenda.Slot)) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, storetest.SQLite(t))
		test(w, w.slots("op-1", noon, 8, 1))
	})
}

// adding is a use case that adds a booking and then does more.
func (w world) adding(ctx context.Context, id string, s agenda.Slot, then func(ctx context.Context, tx regulation.Tx) error) error {
	return store.Regulation{DB: w.db}.InTx(ctx, func(ctx context.Context, tx regulation.Tx) error {
		if err := tx.AddBooking(ctx, w.booking(id, s, 1)); err != nil {
			return err
		}
		return then(ctx, tx)
	})
}

func enough(context.Context, regulation.Tx) error { return nil }

func (w world) kept(id string) bool {
	w.Helper()
	_, err := store.Regulation{DB: w.db}.Booking(w.Context(), id)
	if err != nil && !errors.Is(err, regulation.ErrBookingUnknown) {
		w.Fatal(err)
	}
	return err == nil
}

func TestNobodyIsAnsweredBeforeTheCommitTheyShare(t *testing.T) {
	grouped(t, func(w world, slots []agenda.Slot) {
		answered := make(chan string, 2)
		inLine := func(context.Context, regulation.Tx) error { synctest.Wait(); return nil }
		var all sync.WaitGroup
		all.Go(func() {
			w.must(w.adding(w.Context(), "first", slots[0], func(ctx context.Context, tx regulation.Tx) error {
				all.Go(func() { // joins while the first has its turn
					w.must(w.adding(w.Context(), "second", slots[1], func(ctx context.Context, tx regulation.Tx) error {
						synctest.Wait()
						if _, err := tx.Booking(ctx, "first"); err != nil {
							w.Errorf("the second does not see the first: %v", err)
						}
						if w.kept("first") || len(answered) > 0 {
							w.Error("the first was kept or answered before the commit")
						}
						return nil
					}))
					answered <- "second"
				})
				return inLine(ctx, tx)
			}))
			answered <- "first"
		})
		all.Wait()
		if !w.kept("first") || !w.kept("second") || len(answered) != 2 {
			w.Error("one was not kept")
		}
	})
}

func TestAFailureInAGroupIsUndoneAlone(t *testing.T) {
	failures := map[string]func(ctx context.Context, tx regulation.Tx) error{
		"a refusal":   func(context.Context, regulation.Tx) error { return regulation.ErrSlotTaken },
		"a panic":     func(context.Context, regulation.Tx) error { panic("of its own") },
		"a statement": func(ctx context.Context, tx regulation.Tx) error { return tx.NoteHold(ctx, "no-such-slot", 1, noon) },
		"a failed statement it passes over": func(ctx context.Context, tx regulation.Tx) error {
			_ = tx.NoteHold(ctx, "no-such-slot", 1, noon)
			return nil
		},
		"a context that ended": func(ctx context.Context, tx regulation.Tx) error {
			<-ctx.Done()
			_, err := tx.LockSlot(ctx, "op-1-slot-1")
			return err
		},
		"one that never ends": func(context.Context, regulation.Tx) error { time.Sleep(time.Hour); return nil },
	}
	for name, failure := range failures {
		for place := range 3 {
			t.Run(fmt.Sprintf("%s as number %d", name, place+1), func(t *testing.T) {
				grouped(t, func(w world, slots []agenda.Slot) { w.oneFails(slots, place, failure) })
			})
		}
	}
}

// oneFails puts three use cases into one group, one of them a failure.
func (w world) oneFails(slots []agenda.Slot, place int, failure func(ctx context.Context, tx regulation.Tx) error) {
	var reasons [3]error
	var all sync.WaitGroup
	open := make(chan struct{}) // lets the group form behind one that has the writer
	all.Go(func() {
		w.regulates(func(context.Context, regulation.Tx) error { <-open; return nil })
	})
	for i := range reasons {
		synctest.Wait()
		then := enough
		if i == place {
			then = failure
		}
		all.Go(func() {
			defer func() {
				if recover() != nil {
					reasons[i] = errors.New("panicked")
				}
			}()
			ctx, cancel := context.WithTimeout(w.Context(), time.Minute)
			defer cancel()
			reasons[i] = w.adding(ctx, fmt.Sprintf("b-%d", i), slots[i], then)
		})
	}
	synctest.Wait()
	close(open)
	all.Wait()
	for i, err := range reasons {
		if (err == nil) == (i == place) || w.kept(fmt.Sprintf("b-%d", i)) == (i == place) {
			w.Errorf("number %d: %v, kept %v", i+1, err, w.kept(fmt.Sprintf("b-%d", i)))
		}
	}
}

func TestADeadlineThatPassesBeforeTheCommitIsKept(t *testing.T) {
	grouped(t, func(w world, slots []agenda.Slot) {
		var hasty, slow error
		var all sync.WaitGroup
		runs := 0
		all.Go(func() {
			ctx, cancel := context.WithTimeout(w.Context(), time.Second)
			defer cancel()
			hasty = w.adding(ctx, "hasty", slots[0], func(context.Context, regulation.Tx) error {
				all.Go(func() {
					slow = w.adding(w.Context(), "slow", slots[1], func(context.Context, regulation.Tx) error {
						if runs++; runs == 1 {
							time.Sleep(2 * time.Second)
						}
						return nil
					})
				})
				synctest.Wait()
				return nil
			})
		})
		all.Wait()
		// Whoever counts on the deadline must not find their work done after it.
		if fault.Reason(hasty) != "store.unavailable" || !errors.Is(hasty, context.DeadlineExceeded) || w.kept("hasty") {
			w.Errorf("hasty: %v, kept %v", hasty, w.kept("hasty"))
		}
		if slow != nil || runs != 2 || !w.kept("slow") {
			w.Errorf("slow: %v after %d runs", slow, runs)
		}
	})
}

func TestEveryUseCaseHasATimeOfItsOwn(t *testing.T) {
	grouped(t, func(w world, slots []agenda.Slot) {
		var seen []time.Time
		var all sync.WaitGroup
		all.Go(func() {
			w.regulates(func(ctx context.Context, tx regulation.Tx) error {
				all.Go(func() { w.must(w.books(w.booking("b-2", slots[1], 1))) })
				time.Sleep(3 * time.Second)
				_, err := tx.Touch(ctx, slots[0].ID)
				return err
			})
		})
		all.Wait()
		for _, s := range slots[:2] {
			var at time.Time
			w.must(w.db.QueryTime(w.Context(), &at, `SELECT changed_at FROM slots WHERE id = $1`, s.ID))
			seen = append(seen, at)
		}
		if seen[1].Sub(seen[0]) < 3*time.Second {
			w.Errorf("changed at %v", seen)
		}
	})
}
