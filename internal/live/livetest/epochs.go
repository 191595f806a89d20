package livetest

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

var epochCases = map[string]func(*testing.T, Open){
	"a territory nobody began is away and lost": func(t *testing.T, open Open) {
		w := unbegun(t, open)
		w.away()
		refused(t, w.engine.Apply(t.Context(), w.territory, w.record("s1")), regulation.ErrEngineAway)
		w.lost(true)
		w.must(w.engine.Ping(t.Context()))
	},
	"a rebuilt territory opens at its epoch": func(t *testing.T, open Open) {
		w := unbegun(t, open)
		epoch, err := w.engine.Begin(t.Context(), w.territory, w.clock.Now(), 0)
		w.must(err)
		w.away()
		w.lost(false) // somebody is at it
		w.apply("s1")
		w.away()
		ok, err := w.engine.Ready(t.Context(), w.territory, epoch)
		w.must(err)
		if got := w.position(); !ok || got != (live.Position{Epoch: epoch}) {
			t.Errorf("ok %v, at %+v", ok, got)
		}
		w.slot("s1")
		w.lost(false)
	},
	"fences rise over what the record has": func(t *testing.T, open Open) {
		w := unbegun(t, open)
		over := w.clock.Now().Add(8 * time.Hour).UnixMicro() // given out before the clock was set back
		epoch, err := w.engine.Begin(t.Context(), w.territory, w.clock.Now(), over)
		w.must(err)
		w.apply("s1")
		_, err = w.engine.Ready(t.Context(), w.territory, epoch)
		w.must(err)
		if h := w.hold("rosa", "s1"); h.Fence <= over {
			t.Errorf("fence %d, want over %d", h.Fence, over)
		}
	},
	"many territories are asked at once": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		began, unknown := w.beside("-began"), w.beside("-unknown")
		_, err := w.engine.Begin(t.Context(), began.territory, w.clock.Now(), 0)
		w.must(err)
		names := []string{unknown.territory, w.territory, began.territory}
		at, err := w.engine.Positions(t.Context(), names...)
		w.must(err)
		if d := cmp.Diff(map[string]live.Position{w.territory: w.position()}, at); d != "" {
			t.Error(d)
		}
		lost, err := w.engine.Lost(t.Context(), names...)
		w.must(err)
		if d := cmp.Diff([]string{unknown.territory}, lost); d != "" {
			t.Error(d)
		}
		none, err := w.engine.Positions(t.Context())
		if w.must(err); len(none) != 0 {
			t.Errorf("of nobody: %v", none)
		}
	},
	"of two rebuilders the last one opens": func(t *testing.T, open Open) {
		w := unbegun(t, open)
		slow, err := w.engine.Begin(t.Context(), w.territory, w.clock.Now(), 0)
		w.must(err)
		fast, err := w.engine.Begin(t.Context(), w.territory, w.clock.Now(), 0)
		w.must(err)
		w.apply("s1")
		if ok, err := w.engine.Ready(t.Context(), w.territory, slow); ok || err != nil {
			t.Errorf("the slow one opened: %v %v", ok, err)
		}
		w.away()
		for range 2 {
			if ok, err := w.engine.Ready(t.Context(), w.territory, fast); !ok || err != nil {
				t.Errorf("the fast one did not open: %v %v", ok, err)
			}
		}
		if ok, _ := w.engine.Ready(t.Context(), w.territory, ""); ok {
			t.Error("no epoch opened something")
		}
	},
	"a rebuild that nobody finished is lost": func(t *testing.T, open Open) {
		w := unbegun(t, open)
		_, err := w.engine.Begin(t.Context(), w.territory, w.clock.Now(), 0)
		w.must(err)
		w.clock.Advance(6 * time.Second)
		w.lost(true)
	},
	"a rebuild forgets holds and starts a new epoch": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		f := w.follow()
		h := w.hold("rosa", "s1")
		w.next(f)
		old := w.position()
		r := w.record("s1")
		epoch := w.rebuild()
		await(t, f.broken, "word of the rebuild")
		if epoch == old.Epoch || w.position() != (live.Position{Epoch: epoch}) {
			t.Errorf("at %+v after %+v", w.position(), old)
		}
		_, ok, err := w.engine.Since(t.Context(), w.territory, old)
		w.must(err)
		if ok {
			t.Error("events of another epoch were replayed")
		}
		refused(t, w.pin(h), regulation.ErrHoldExpired)
		w.must(w.engine.Apply(t.Context(), w.territory, r))
		if e := w.next(f); e.Position != (live.Position{Epoch: epoch, Seq: 1}) {
			t.Errorf("first event at %+v", e.Position)
		}
		w.hold("omar", "s1")
		w.expire(0)
	},
}

// beside is another territory of the engine, that nobody began.
func (w *world) beside(suffix string) *world {
	return &world{T: w.T, engine: w.engine, clock: w.clock, territory: w.territory + suffix, revisions: map[string]int64{}}
}

// away proves that the territory answers nothing.
func (w *world) away() {
	w.Helper()
	ctx, now := w.Context(), w.clock.Now()
	h := regulation.Hold{Token: regulation.TokenFor(w.territory, "s1", "x"), By: "rosa"}
	_, errPosition := w.engine.Position(ctx, w.territory)
	_, errSnapshot := w.engine.Snapshot(ctx, w.territory)
	_, _, errSince := w.engine.Since(ctx, w.territory, live.Position{})
	_, errSlots := w.engine.Slots(ctx, w.territory)
	_, errSlot := w.engine.Slot(ctx, w.territory, "s1")
	_, errExpire := w.engine.Expire(ctx, w.territory, now)
	for call, err := range map[string]error{
		"position": errPosition, "snapshot": errSnapshot, "since": errSince, "slots": errSlots, "slot": errSlot,
		"expire": errExpire, "hold": w.tryHold("rosa", "s1"), "pin": w.pin(h), "extend": w.extend(h, time.Minute),
		"release": w.engine.Release(ctx, h.Token, h.By, now), "unpin": w.engine.Unpin(ctx, h.Token, h.By),
		"guard": w.guard("s1"), "trim": w.engine.Trim(ctx, w.territory, now),
	} {
		w.Run(call, func(t *testing.T) { refused(t, err, regulation.ErrEngineAway) })
	}
}

func (w *world) lost(want bool) {
	w.Helper()
	names, err := w.engine.Lost(w.Context(), w.territory)
	w.must(err)
	if slices.Contains(names, w.territory) != want {
		w.Fatalf("lost: %v, want %v", names, want)
	}
}
