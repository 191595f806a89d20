package redis

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	goredis "github.com/redis/go-redis/v9"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/livetest"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
	"github.com/relais-snp/relais/internal/regulation"
)

// wide is a territory of several pages, into whose readings a test puts changes.
type wide struct {
	*testing.T
	engine *Engine
	clock  *livetest.Clock
	name   string
	turns  int
	after  func(turn int) // each page, while the reader waits for it
}

const wideSlots = 2*scanPage + scanPage/2

func onBoth(t *testing.T, test func(w *wide)) {
	t.Run("one server", func(t *testing.T) { test(newWide(t, redistest.URL(t))) })
	t.Run("cluster", func(t *testing.T) { test(newWide(t, redistest.StartCluster(t).URL)) })
}

func newWide(t *testing.T, url string) *wide {
	w := &wide{T: t, clock: livetest.NewClock(), name: "cpts-etendue", after: func(int) {}}
	e, err := New(url, w.clock.Now)
	w.must(err)
	t.Cleanup(func() { _ = e.Close() })
	w.engine = e
	w.rebuild()
	n, err := e.servers.of(t.Context(), e.sight(w.name).keys[0])
	w.must(err)
	n.client.AddHook(w)
	return w
}

func (w *wide) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// rebuild fills the territory under a new epoch.
func (w *wide) rebuild() {
	w.Helper()
	epoch, err := w.engine.Begin(w.Context(), w.name, w.clock.Now(), 0)
	w.must(err)
	records := make([]agenda.Record, wideSlots)
	for i := range records {
		records[i] = w.record(i, 1)
	}
	w.must(w.engine.Apply(w.Context(), w.name, records...))
	_, err = w.engine.Ready(w.Context(), w.name, epoch)
	w.must(err)
}

func (w *wide) record(i int, revision int64, booked ...int) agenda.Record {
	start := w.clock.Now().Add(time.Duration(1+i%100) * time.Hour)
	return agenda.Record{Booked: booked, Slot: agenda.Slot{ID: fmt.Sprintf("s%d", i), Territory: w.name, Practitioner: "gp",
		Location: "place", Start: start, End: start.Add(time.Hour), Modality: agenda.Cabinet, Audience: agenda.ForRegulation,
		Seats: 2, Revision: revision}}
}

func (w *wide) hold(i int, by string) {
	w.Helper()
	slot := fmt.Sprintf("s%d", i)
	_, err := w.engine.Hold(w.Context(), regulation.HoldRequest{Token: regulation.TokenFor(w.name, slot, by), Territory: w.name, Slot: slot,
		By: by, Name: "Nom fictif", Now: w.clock.Now(), Until: w.clock.Now().Add(3 * time.Minute)})
	w.must(err)
}

// change books, holds and publishes here and there: slots that were read and
// slots that were not.
func (w *wide) change(turn int) {
	w.Helper()
	for i := range 300 {
		w.must(w.engine.Apply(w.Context(), w.name, w.record(i*13, int64(turn+1), 1)))
	}
	w.hold(7*turn, fmt.Sprintf("rosa-%d", turn))
	w.must(w.engine.Apply(w.Context(), w.name, w.record(wideSlots+turn, 1)))
}

// replayed is the territory at a position, by its records and events alone.
func (w *wide) replayed(from live.Position, states map[string]regulation.SlotState, to live.Position) map[string]regulation.SlotState {
	w.Helper()
	events, ok, err := w.engine.Since(w.Context(), w.name, from)
	w.must(err)
	if !ok {
		w.Fatal("the log forgot the beginning")
	}
	for _, e := range events {
		if e.Position.Seq <= to.Seq {
			states[e.State.Slot.ID] = e.State
		}
	}
	return states
}

// DialHook, ProcessHook and ProcessPipelineHook see what the engine's client does.
func (w *wide) DialHook(next goredis.DialHook) goredis.DialHook          { return next }
func (w *wide) ProcessHook(next goredis.ProcessHook) goredis.ProcessHook { return next }
func (w *wide) ProcessPipelineHook(next goredis.ProcessPipelineHook) goredis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []goredis.Cmder) error {
		err := next(ctx, cmds)
		if slices.ContainsFunc(cmds, func(c goredis.Cmder) bool { return c.Name() == "hscan" }) {
			w.turns++
			w.after(w.turns)
		}
		return err
	}
}

func statesByID(states []regulation.SlotState) map[string]regulation.SlotState {
	m := map[string]regulation.SlotState{}
	for _, s := range states {
		m[s.Slot.ID] = s
	}
	return m
}

func TestASnapshotInPagesIsTheTerritoryAtItsPosition(t *testing.T) {
	onBoth(t, func(w *wide) {
		first, err := w.engine.Snapshot(w.Context(), w.name)
		w.must(err)
		if len(first.States) != wideSlots || w.turns < 3 {
			w.Fatalf("%d slots in %d turns", len(first.States), w.turns)
		}
		w.turns, w.after = 0, w.change
		snap, err := w.engine.Snapshot(w.Context(), w.name)
		w.must(err)
		w.after = func(int) {}
		if len(snap.States) != len(statesByID(snap.States)) {
			w.Error("a slot comes twice")
		}
		if snap.Position.Epoch != first.Position.Epoch || snap.Position.Seq <= first.Position.Seq+300 {
			w.Errorf("at %+v after %+v", snap.Position, first.Position)
		}
		want := w.replayed(first.Position, statesByID(first.States), snap.Position)
		if d := cmp.Diff(want, statesByID(snap.States), cmpopts.EquateEmpty()); d != "" {
			w.Error(d)
		}
	})
}

func TestASnapshotBeginsAgainWhenTheTerritoryDoes(t *testing.T) {
	onBoth(t, func(w *wide) {
		w.after = func(turn int) {
			if turn == 1 {
				w.rebuild()
			}
		}
		snap, err := w.engine.Snapshot(w.Context(), w.name)
		w.must(err)
		at, err := w.engine.Position(w.Context(), w.name)
		w.must(err)
		if snap.Position != at || len(snap.States) != wideSlots {
			w.Errorf("%d slots at %+v, want %+v", len(snap.States), snap.Position, at)
		}
		w.after = func(int) { w.rebuild() }
		if _, err := w.engine.Snapshot(w.Context(), w.name); !errors.Is(err, regulation.ErrEngineAway) {
			w.Errorf("of a territory that always begins: %v", err)
		}
	})
}

// Slots end between two pages and while they are forgotten; one of them is put
// off in between, and stays.
func TestTrimmingInPagesForgetsWhatEndedAndNothingElse(t *testing.T) {
	onBoth(t, func(w *wide) {
		before := w.clock.Now().Add(50*time.Hour + time.Minute)
		putOff := w.record(0, 2)
		putOff.Slot.Start, putOff.Slot.End = before, before.Add(time.Hour)
		w.after = func(turn int) {
			if turn == 3 {
				w.must(w.engine.Apply(w.Context(), w.name, putOff))
			}
		}
		w.must(w.engine.Trim(w.Context(), w.name, before))
		w.after = func(int) {}
		snap, err := w.engine.Snapshot(w.Context(), w.name)
		w.must(err)
		left := 1
		for i := range wideSlots {
			if !w.record(i, 1).Slot.End.Before(before) {
				left++
			}
		}
		if len(snap.States) != left {
			w.Errorf("%d slots left, want %d", len(snap.States), left)
		}
		for _, s := range snap.States {
			if s.Slot.End.Before(before) {
				w.Errorf("%s ended at %s", s.Slot.ID, s.Slot.End)
			}
		}
	})
}
