package live

import (
	"context"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// The hub's rhythm.
const (
	coalesce  = 20 * time.Millisecond // at most one delta per territory within
	lookEvery = time.Second           // how often the position is compared
	tickEvery = 5 * time.Second       // between tick frames, whatever looks wait for
	lingering = 60                    // looks without console before a feed ends
	askFor    = 2 * time.Second       // how long the engine may take to answer
)

// Hub brings the present of territories to consoles: one feed per territory,
// each frame encoded once.
type Hub struct {
	engine Engine
	now    func() time.Time

	mu     sync.Mutex
	closed bool
	feeds  map[string]*feed
	done   chan struct{} // nil before the first feed
}

var _ regulation.Notifier = (*Hub)(nil)

// NewHub returns a hub over the engine. now dates snapshots and ticks.
func NewHub(engine Engine, now func() time.Time) *Hub {
	return &Hub{engine: engine, now: now, feeds: map[string]*feed{}}
}

// WatchRequest is what a console wants to follow. The caller has checked that
// the person may.
type WatchRequest struct {
	Territory string
	// From is the position the console has; nil for none. When the log still
	// knows it, deltas come instead of a snapshot.
	From *Position
	// Account and Practitioner say whose notices come along; "" for none.
	Account, Practitioner string
	// Line writes frames that nothing holds up; nil for a console whose frames
	// are all read from its queue.
	Line Line
}

// Watch follows a territory until the console is closed. Its first frame is a
// snapshot, a delta from the given position (empty when nothing changed), or
// "away" while the engine is. A connection may watch several territories. ctx
// bounds the beginning only.
func (h *Hub) Watch(ctx context.Context, r WatchRequest) (*Console, error) {
	for {
		f, err := h.feed(r.Territory)
		if err != nil {
			return nil, err
		}
		select {
		case <-f.started:
		case <-ctx.Done():
			return nil, regulation.ErrEngineAway.Because(ctx.Err())
		}
		f.reach(ctx, r.From)
		if c := f.attach(r); c != nil {
			return c, nil
		}
	}
}

// Notify brings a notice to the consoles of its receiver, in every process.
func (h *Hub) Notify(ctx context.Context, n regulation.Notice) {
	h.engine.Signal(ctx, Signal{Territory: n.Territory, Notice: &n})
}

// Focus tells colleagues what somebody looks at. It fades after a while unless
// told again; an empty slot ends it.
func (h *Hub) Focus(ctx context.Context, territory string, f Focus) {
	h.engine.Signal(ctx, Signal{Territory: territory, Focus: &f})
}

// Close ends every feed and closes every console.
func (h *Hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.done != nil && !h.closed {
		close(h.done)
	}
	h.closed = true
	for name, f := range h.feeds {
		delete(h.feeds, name)
		f.stop()
	}
}

func (h *Hub) feed(territory string) (*feed, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, regulation.ErrEngineAway
	}
	if h.done == nil {
		h.done = make(chan struct{})
		go h.look()
	}
	f := h.feeds[territory]
	if f == nil {
		f = newFeed(h, territory)
		h.feeds[territory] = f
		go f.run()
	}
	return f, nil
}

// retire ends a feed that nobody has followed for a while; it reports whether
// it did.
func (h *Hub) retire(f *feed) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !f.forsaken() {
		return false
	}
	delete(h.feeds, f.territory)
	f.stop()
	return true
}
