package livetest

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
)

var keeperCases = map[string]func(*testing.T, Open){
	"a territory that somebody opened is not claimed": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		h, at := w.hold("rosa", "s1"), w.position()
		w.claims(false)
		if got := w.position(); got != at {
			t.Errorf("at %+v, was %+v", got, at)
		}
		w.must(w.pin(h))
	},
	"a territory that somebody is rebuilding is not claimed": func(t *testing.T, open Open) {
		w := unbegun(t, open)
		epoch := w.claims(true)
		w.claims(false)
		if ok, err := w.engine.Ready(t.Context(), w.territory, epoch); !ok || err != nil {
			t.Errorf("who claimed it could not open it: %v %v", ok, err)
		}
	},
	"a rebuild that nobody finished is claimed": func(t *testing.T, open Open) {
		w := unbegun(t, open)
		left := w.claims(true)
		w.clock.Advance(6 * time.Second)
		if w.claims(true) == left {
			t.Error("under the same epoch")
		}
	},
	"a rebuild begun before the clock was set back is claimed": func(t *testing.T, open Open) {
		w := unbegun(t, open)
		w.claims(true)
		w.clock.Advance(-4 * time.Second) // as another process's clock may stand
		w.lost(false)
		w.claims(false)
		w.clock.Advance(-time.Hour)
		w.lost(true)
		w.claims(true)
	},
	"a rebuild that goes on is not claimed": func(t *testing.T, open Open) {
		w := unbegun(t, open)
		epoch := w.claims(true)
		for range 3 {
			w.clock.Advance(4 * time.Second)
			w.renews(epoch, true)
		}
		w.lost(false)
		w.claims(false)
		w.clock.Advance(6 * time.Second)
		w.apply("s1") // a relay's, who opens nothing
		w.lost(true)
		w.claims(true)
		w.renews(epoch, false)
		w.renews("", false)
	},
	"a keeper that comes late leaves what another one opened": func(t *testing.T, open Open) {
		w := unbegun(t, open)
		late := &record{rows: []agenda.Record{w.record("s1")}, asked: make(chan struct{}), answer: make(chan struct{})}
		done := make(chan error, 1)
		go func() { done <- w.keeper(late).Keep(t.Context()) }()
		<-late.asked // it was told that the territory is lost
		w.must(w.keeper(&record{rows: late.rows}).Keep(t.Context()))
		h, at := w.hold("rosa", "s1"), w.position()

		close(late.answer)
		w.must(<-done)

		if got := w.position(); got != at {
			t.Errorf("at %+v, was %+v", got, at)
		}
		w.must(w.pin(h))
	},
}

// claims reports whether the territory is to be had, and under which epoch.
func (w *world) claims(want bool) (epoch string) {
	w.Helper()
	epoch, ok, err := w.engine.Claim(w.Context(), w.territory, w.clock.Now(), 0)
	w.must(err)
	if ok != want || ok == (epoch == "") {
		w.Fatalf("claimed: %v under %q, want %v", ok, epoch, want)
	}
	return epoch
}

func (w *world) renews(epoch string, want bool) {
	w.Helper()
	ok, err := w.engine.Renew(w.Context(), w.territory, epoch, w.clock.Now())
	w.must(err)
	if ok != want {
		w.Fatalf("renewed %q: %v, want %v", epoch, ok, want)
	}
}

func (w *world) keeper(r *record) *live.Keeper {
	return live.NewKeeper(w.engine, r, func() []string { return []string{w.territory} }, w.clock.Now, slog.New(slog.DiscardHandler))
}

// record is an SQL of one territory, whose first answer may be awaited.
type record struct {
	rows          []agenda.Record
	asked, answer chan struct{} // nil for one that answers at once
}

func (r *record) RecordsBetween(context.Context, string, time.Time, time.Time) ([]agenda.Record, error) {
	return r.rows, nil
}

func (r *record) LastFence(context.Context, string, time.Time) (int64, error) {
	if r.asked != nil {
		close(r.asked)
		<-r.answer
		r.asked = nil
	}
	return 0, nil
}
