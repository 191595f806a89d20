package live_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/live"
)

// leaky is an engine that loses some events on their way to the hub.
type leaky struct {
	live.Engine
	lose atomic.Int32 // how many of the next ones
	back atomic.Int64 // by how many changes it tells of an older state
}

func (l *leaky) Positions(ctx context.Context, ts ...string) (map[string]live.Position, error) {
	all, err := l.Engine.Positions(ctx, ts...)
	for name, at := range all {
		at.Seq -= l.back.Load()
		all[name] = at
	}
	return all, err
}

func (l *leaky) Snapshot(ctx context.Context, territory string) (live.Snapshot, error) {
	s, err := l.Engine.Snapshot(ctx, territory)
	s.Position.Seq -= l.back.Load()
	return s, err
}

func (l *leaky) Subscribe(territory string, s live.Sink) func() {
	whole := s.Event
	s.Event = func(e live.Event) {
		if l.lose.Add(-1) < 0 {
			whole(e)
		}
	}
	return l.Engine.Subscribe(territory, s)
}

func inLeakyBubble(t *testing.T, test func(b *board, l *leaky)) {
	synctest.Test(t, func(t *testing.T) {
		memory := newMemory()
		l := &leaky{Engine: memory}
		b := &board{TB: t, engine: &switchable{Engine: l}}
		b.hub = live.NewHub(b.engine, time.Now)
		defer b.hub.Close()
		b.rebuild()
		test(b, l)
	})
}

func TestAMissingEventIsFetchedWhenTheNextOneComes(t *testing.T) {
	inLeakyBubble(t, func(b *board, l *leaky) {
		c := b.watch(live.WatchRequest{})
		time.Sleep(100 * time.Millisecond)
		b.waiting(c)
		l.lose.Store(1)
		b.change("lost")
		b.change("next")
		if m := b.sole(c); m.Type != "delta" || m.From != 0 || m.To != 2 || ids(m) != "lost next " {
			t.Errorf("%+v", m)
		}
	})
}

func TestAMissingEventIsFetchedWithinASecondWhenNoneFollows(t *testing.T) {
	inLeakyBubble(t, func(b *board, l *leaky) {
		c := b.watch(live.WatchRequest{})
		time.Sleep(100 * time.Millisecond)
		b.waiting(c)
		l.lose.Store(1)
		b.change("lost")
		if list := b.waiting(c); len(list) != 0 {
			t.Fatalf("not lost: %+v", list)
		}
		time.Sleep(time.Second)
		if m := b.sole(c); m.Type != "delta" || m.From != 0 || m.To != 1 || ids(m) != "lost " {
			t.Errorf("%+v", m)
		}
	})
}

func TestAnEngineThatWentBackUnderItsEpochIsNoticed(t *testing.T) {
	inLeakyBubble(t, func(b *board, l *leaky) {
		b.change("a", "b", "c")
		c := b.watch(live.WatchRequest{})
		b.waiting(c)
		l.back.Store(2)
		time.Sleep(time.Second)
		if m := b.sole(c); m.Type != "snapshot" || m.Seq != 1 {
			t.Errorf("%+v", m)
		}
		time.Sleep(time.Second)
		if list := b.waiting(c); len(list) != 0 {
			t.Errorf("noticed again: %+v", list)
		}
	})
}
