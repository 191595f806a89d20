package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestWhatNobodyFollowsAnyMoreIsAbandoned(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w, live := newWorld(t, db), store.Live{DB: db}
		w.slots("op-1", noon, 2, 1)
		elsewhere := w.opening("op-2", noon)
		elsewhere.Territory = "cpts-partie"
		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			if err := tx.SaveOpening(ctx, elsewhere); err != nil {
				return err
			}
			_, err := tx.AddSlots(ctx, []agenda.Slot{slotOf(elsewhere, "far-1", noon, 1)})
			return err
		})
		w.publishes(func(ctx context.Context, tx agenda.Tx) error {
			for _, id := range []string{"op-1-slot-1", "far-1", "op-1-slot-2", "far-1"} {
				if _, err := tx.Announce(ctx, agenda.Record{Slot: agenda.Slot{ID: id}}); err != nil {
					return err
				}
			}
			return nil
		})
		for _, c := range []struct {
			kept   []string
			before time.Duration
			gone   int64
			left   int
		}{
			{[]string{senart, "cpts-partie"}, time.Hour, 0, 4},
			{[]string{senart}, -time.Hour, 0, 4}, // not long enough ago
			{[]string{senart, "cpts-autre"}, time.Hour, 2, 2},
			{nil, time.Hour, 2, 0},
		} {
			gone, err := live.Abandon(t.Context(), c.kept, time.Now().Add(c.before))
			w.must(err)
			left, err := live.Pending(t.Context(), 10)
			w.must(err)
			if gone != c.gone || len(left) != c.left {
				t.Errorf("keeping %v: %d gone, %d left", c.kept, gone, len(left))
			}
		}
	})
}
