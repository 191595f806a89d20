package live_test

import (
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/live"
)

// astray is a clock that stands apart from the true one.
type astray struct{ by atomic.Int64 }

func (a *astray) now() time.Time           { return time.Now().Add(time.Duration(a.by.Load())) }
func (a *astray) goAstray(d time.Duration) { a.by.Store(int64(d)) }

// aheadAndBack are the jumps a mirror or a board lives through.
var aheadAndBack = []time.Duration{48 * time.Hour, time.Minute, 0}

func TestAMirrorIsWholeAfterAClockThatWasAhead(t *testing.T) {
	eachEngine(t, func(g *glass) {
		clock := &astray{}
		g.mirrors = live.NewMirrors(counted{g.engine, &g.snapshots}, clock.now)
		g.publish("slot")
		g.board()
		for _, by := range aheadAndBack {
			clock.goAstray(by)
			g.board()
		}
		seen, _ := g.board()
		if n := g.snapshots.Load(); len(seen) != 1 || n != 2 {
			g.Errorf("shown %v after %d snapshots, want one slot and 2", seen, n)
		}
	})
}

func TestARelayDoesNotRestForAClockThatWasSetBack(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		clock, o := &astray{}, &outbox{}
		relay := live.NewRelay(b.engine, o, clock.now, slog.New(slog.DiscardHandler))
		b.engine.off.Store(true)
		relay.Deliver(t.Context(), o.announce(draft(senart, "a", 1))...)
		b.engine.off.Store(false)

		clock.goAstray(-time.Hour)
		relay.Deliver(t.Context(), o.announce(draft(senart, "a", 2))...)

		if !b.carries("a") {
			t.Error("it rests for an hour")
		}
	})
}

func TestAWindowMovesAlthoughTheClockWasSetBack(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		clock, sql := &astray{}, &slots{}
		keeper := live.NewKeeper(b.engine, sql, func() []string { return []string{senart} }, clock.now, slog.New(slog.DiscardHandler))
		b.must(keeper.Keep(t.Context()))
		sql.starting("new", time.Hour)

		clock.goAstray(-6 * time.Hour)
		b.must(keeper.Keep(t.Context()))

		if !b.carries("new") {
			t.Errorf("carried %s", b.carried())
		}
	})
}

func TestABoardIsWholeAfterAClockThatWasAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clock := &astray{}
		b := &board{TB: t, engine: &switchable{Engine: newMemory()}}
		b.hub = live.NewHub(b.engine, clock.now)
		defer b.hub.Close()
		b.rebuild()
		b.change("a")
		c := b.watch(live.WatchRequest{})
		b.waiting(c)
		for _, by := range aheadAndBack {
			clock.goAstray(by)
			time.Sleep(6 * time.Second)
		}
		snapshots := 0
		for _, m := range b.waiting(c) {
			if m.Type == "snapshot" {
				snapshots++
			}
		}
		if m := b.sole(b.watch(live.WatchRequest{})); ids(m) != "a " || snapshots != 1 {
			t.Errorf("who comes sees %q, who was there got %d snapshots", ids(m), snapshots)
		}
	})
}
