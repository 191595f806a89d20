package live_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// wire is a line that takes frames at once while it is open.
type wire struct {
	open    bool
	taken   []*live.Frame
	behind  int // frames it was offered while others waited
	wakings int
}

func (w *wire) Try(c *live.Console, f *live.Frame) bool {
	if len(c.Frames()) > 0 {
		w.behind++
	}
	if w.open {
		w.taken = append(w.taken, f)
	}
	return w.open
}

func (w *wire) Wake() { w.wakings++ }

// took gives what the line took since the last time.
func (b *board) took(w *wire) (list []message) {
	b.Helper()
	synctest.Wait()
	for _, f := range w.taken {
		list = append(list, b.read(f))
	}
	w.taken = nil
	return list
}

func TestAnOpenLineTakesFramesPastTheQueue(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		line := &wire{open: true}
		c := b.watch(live.WatchRequest{Line: line})
		b.change("a")
		time.Sleep(20 * time.Millisecond)
		list := b.took(line)
		if len(list) != 2 || list[0].Type != "snapshot" || ids(list[1]) != "a " {
			t.Errorf("taken: %+v", list)
		}
		if len(b.waiting(c)) != 0 || line.wakings != 0 {
			t.Error("something went by the queue")
		}
	})
}

func TestALineThatIsHeldUpIsWokenForItsQueueInOrder(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		line := &wire{}
		c := b.watch(live.WatchRequest{Line: line})
		b.change("a")
		time.Sleep(20 * time.Millisecond)
		synctest.Wait()
		line.open = true // while two frames wait
		b.change("b")
		time.Sleep(20 * time.Millisecond)
		list := b.waiting(c)
		if len(list) != 3 || ids(list[1]) != "a " || ids(list[2]) != "b " || line.wakings != 3 {
			t.Errorf("queued: %+v, woken %d times", list, line.wakings)
		}
		if len(b.took(line)) != 0 || line.behind != 0 {
			t.Error("a frame overtook those that wait")
		}
		b.change("c")
		time.Sleep(20 * time.Millisecond)
		if list := b.took(line); len(list) != 1 || ids(list[0]) != "c " {
			t.Errorf("taken: %+v", list)
		}
	})
}

// faulty is a line that panics from its nth frame on.
type faulty struct{ after int }

func (l *faulty) Try(*live.Console, *live.Frame) bool {
	if l.after--; l.after < 0 {
		panic("no such line")
	}
	return true
}

func (l *faulty) Wake() {}

func TestALineThatPanicsIsLeftAndTheOthersServed(t *testing.T) {
	for when, after := range map[string]int{"at the first frame": 0, "later": 1} {
		inBubble(t, func(t *testing.T, b *board) {
			good := b.watch(live.WatchRequest{})
			b.engine.off.Store(true)
			time.Sleep(2 * time.Second)
			bad := b.watch(live.WatchRequest{Line: &faulty{after}}) // a snapshot, then away
			b.engine.off.Store(false)
			time.Sleep(2 * time.Second)
			b.waiting(good)
			b.change("a")
			if m := b.sole(good); ids(m) != "a " {
				t.Errorf("%s: the other one got %+v", when, m)
			}
			if _, open := <-bad.Frames(); open || !errors.Is(bad.Err(), regulation.ErrEngineAway) {
				t.Errorf("%s: open %v, %v", when, open, bad.Err())
			}
			bad.Close()
		})
	}
}

func TestALineIsWokenWhenItsConsoleIsClosed(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		line := &wire{open: true}
		c := b.watch(live.WatchRequest{Line: line})
		c.Close()
		c.Close()
		if line.wakings != 1 {
			t.Errorf("woken %d times", line.wakings)
		}
	})
}

func TestConsolesThatLeaveTakeNobodyWithThem(t *testing.T) {
	inBubble(t, func(t *testing.T, b *board) {
		var all []*live.Console
		for range 5 {
			all = append(all, b.watch(live.WatchRequest{}))
		}
		for _, gone := range []int{0, 4, 2, 2} {
			all[gone].Close()
		}
		for _, c := range all {
			b.waiting(c)
		}
		time.Sleep(20 * time.Millisecond)
		b.change("a")
		for i, stays := range []bool{false, true, false, true, false} {
			if got := len(b.waiting(all[i])) == 1; got != stays {
				t.Errorf("console %d receives: %v", i, got)
			}
		}
	})
}
