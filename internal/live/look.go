package live

import (
	"context"
	"maps"
	"slices"
	"time"
)

// sight is what one look at the engine told of a territory.
type sight struct {
	before Position // of the board, when the engine was asked
	at     Position // of the engine
	away   bool
}

// look asks the engine, every while, where all followed territories stand: one
// question for all of them, so that many cost little more than one.
func (h *Hub) look() {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			h.lookOnce()
		case <-h.done:
			return
		}
	}
}

func (h *Hub) lookOnce() {
	h.mu.Lock()
	feeds := maps.Clone(h.feeds)
	h.mu.Unlock()
	before := make(map[string]Position, len(feeds))
	for name, f := range feeds {
		before[name] = f.position()
	}
	ctx, cancel := context.WithTimeout(context.Background(), askFor)
	defer cancel()
	at, err := h.engine.Positions(ctx, slices.Collect(maps.Keys(feeds))...)
	for name, f := range feeds {
		position, known := at[name]
		f.see(sight{before: before[name], at: position, away: err != nil || !known})
	}
}

// see hands a sight to the feed's goroutine. One that is busy will see the next.
func (f *feed) see(s sight) {
	select {
	case f.sights <- s:
	default:
	}
}
