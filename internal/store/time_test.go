package store_test

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

func TestTimesKeepMicrosecondsAndOrderWhateverTheirZone(t *testing.T) {
	reunion := time.FixedZone("+04", 4*3600)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		base := time.Date(2026, 11, 23, 23, 59, 59, 0, time.UTC)
		// Fractions of every length, and whole seconds, sort as texts too.
		for i, fraction := range []time.Duration{0, 500 * time.Millisecond, 510 * time.Millisecond, 510001 * time.Microsecond, 999999999} {
			start := base.Add(fraction).In(reunion)
			slot := w.slots("op-"+string(rune('a'+i)), start, 1, 1)[0]
			got, err := store.Regulation{DB: db}.Record(t.Context(), slot.ID)
			w.must(err)
			want := start.UTC().Truncate(time.Microsecond)
			if !got.Slot.Start.Equal(want) || got.Slot.Start.Location() != time.UTC {
				t.Errorf("%v came back as %v", start, got.Slot.Start)
			}
			from, err := store.Regulation{DB: db}.Records(t.Context(), regulation.SlotQuery{Territory: senart, From: start, To: start.Add(time.Second), Limit: 10})
			w.must(err)
			if len(from) != 1 || from[0].Slot.ID != slot.ID {
				t.Errorf("from %v on: %d slots", start, len(from))
			}
			before, err := store.Regulation{DB: db}.Records(t.Context(), regulation.SlotQuery{Territory: senart, From: base, To: start, Limit: 10})
			w.must(err)
			if len(before) != i {
				t.Errorf("before %v: %d slots, want %d", start, len(before), i)
			}
		}
	})
}
