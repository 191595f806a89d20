package livetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/relais-snp/relais/internal/regulation"
)

const clients = 200

var raceCases = map[string]func(*testing.T, Open){
	"of 200 clients over one slot exactly one wins": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		won, taken, other := w.race()
		if won != 1 || taken != clients-1 || other != nil {
			t.Errorf("%d won, %d taken, %v", won, taken, other)
		}
		if s := w.slot("s1"); len(s.Held) != 1 {
			t.Errorf("state %+v", s)
		}
	},
	"of 200 clients over twelve seats twelve win, each their own": func(t *testing.T, open Open) {
		w := ready(t, open, seats(12))
		won, taken, other := w.race()
		if won != 12 || taken != clients-12 || other != nil {
			t.Errorf("%d won, %d taken, %v", won, taken, other)
		}
	},
}

// race lets all clients hold s1 at once. It fails the test when two get one
// seat or one fence.
func (w *world) race() (won, taken int64, other error) {
	var unexpected atomic.Pointer[error]
	var got, refusals atomic.Int64
	var seen sync.Map
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range clients {
		r := w.request(fmt.Sprintf("client-%d", i), "s1")
		all.Go(func() {
			<-start
			h, err := w.engine.Hold(w.Context(), r)
			switch {
			case errors.Is(err, regulation.ErrSlotTaken):
				refusals.Add(1)
			case err != nil:
				unexpected.Store(&err)
			default:
				got.Add(1)
				for _, mark := range []string{fmt.Sprint("seat ", h.Seat), fmt.Sprint("fence ", h.Fence)} {
					if _, twice := seen.LoadOrStore(mark, true); twice {
						w.Errorf("%s given twice", mark)
					}
				}
			}
		})
	}
	close(start)
	all.Wait()
	if e := unexpected.Load(); e != nil {
		other = *e
	}
	return got.Load(), refusals.Load(), other
}
