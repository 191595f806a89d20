package livetest

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/live"
)

// patience bounds how long a test waits for something that must come.
const patience = 5 * time.Second

// follower receives what a sink is told.
type follower struct {
	events  chan live.Event
	signals chan live.Signal
	broken  chan struct{}
	cancel  func()
}

// follow subscribes and returns once the subscription has begun. On a cluster,
// news of before may come late, from node to node; its position tells it apart,
// and like the hub, a follower leaves it aside.
func (w *world) follow() *follower {
	w.Helper()
	before, _ := w.engine.Position(w.Context(), w.territory) // the zero one when nobody began it
	f := &follower{
		events:  make(chan live.Event, 4096),
		signals: make(chan live.Signal, 64),
		broken:  make(chan struct{}, 64),
	}
	f.cancel = w.engine.Subscribe(w.territory, live.Sink{
		Event: func(e live.Event) {
			if e.Position.Epoch != before.Epoch || e.Position.Seq > before.Seq {
				f.events <- e
			}
		},
		Signal: func(s live.Signal) { f.signals <- s },
		Broken: func() {
			select {
			case f.broken <- struct{}{}:
			default:
			}
		},
	})
	w.Cleanup(f.cancel)
	await(w.T, f.broken, "the beginning of the subscription")
	return f
}

// next returns the next event.
func (w *world) next(f *follower) live.Event {
	w.Helper()
	return await(w.T, f.events, "an event")
}

// await receives a value or fails the test.
func await[T any](t *testing.T, from <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(patience):
		t.Fatalf("%s did not come", what)
		panic("unreachable")
	}
}
