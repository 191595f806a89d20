package live

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// feed follows one territory for all its consoles. Its goroutine alone calls
// the engine and changes the board; mu is for consoles that come and go.
type feed struct {
	hub       *Hub
	territory string
	inbox     *inbox
	started   chan struct{} // closed after the first look at the engine
	done      chan struct{}
	sights    chan sight

	mu       sync.Mutex
	stopped  bool
	away     bool
	idle     int // looks without console
	board    board
	presence presence
	consoles []*Console // in no order
}

func newFeed(h *Hub, territory string) *feed {
	return &feed{
		hub: h, territory: territory, inbox: newInbox(),
		started: make(chan struct{}), done: make(chan struct{}), sights: make(chan sight, 1),
		board: newBoard(territory),
	}
}

// run is the feed's goroutine.
func (f *feed) run() {
	defer f.hub.engine.Subscribe(f.territory, f.inbox.sink())()
	f.sync()
	close(f.started)
	cool := time.NewTimer(coalesce)
	defer cool.Stop()
	ticks := time.NewTicker(tickEvery)
	defer ticks.Stop()
	cooling := true
	for {
		select {
		case <-f.done:
			return
		case <-f.inbox.wake:
			f.take()
		case <-cool.C:
			cooling = false
		case s := <-f.sights:
			if f.compare(s) {
				return
			}
		case <-ticks.C:
			f.tick()
		}
		if !cooling && f.flush() {
			cool.Reset(coalesce)
			cooling = true
		}
	}
}

// take moves what came in to the board.
func (f *feed) take() {
	events, signals, broken := f.inbox.empty()
	f.mu.Lock()
	for _, e := range events {
		broken = !f.board.advance(e) || broken
	}
	for _, s := range signals {
		f.signal(s)
	}
	f.mu.Unlock()
	if broken {
		f.sync()
	}
}

// tick tells everybody where the territory stands, and tidies up.
func (f *feed) tick() {
	if f.tidy(f.hub.now()) {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), askFor)
	defer cancel()
	f.renew(ctx)
}

// tidy reports whether nothing is missing afterwards.
func (f *feed) tidy(now time.Time) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.presence.fade(now)
	if !f.away {
		f.broadcast(tickFrame(f.territory, f.board.sent, now))
	}
	return f.board.forget(now)
}

// flush sends what changed since the last time, if anything did.
func (f *feed) flush() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	delta := f.board.flush()
	if delta != nil {
		f.broadcast(delta)
	}
	who := f.presence.news(f.territory)
	if who != nil {
		f.broadcast(who)
	}
	return delta != nil || who != nil
}

// signal is called under mu.
func (f *feed) signal(s Signal) {
	if s.Focus != nil {
		f.presence.set(*s.Focus, f.hub.now())
	}
	if s.Notice != nil {
		f.deliver(*s.Notice)
	}
}

// deliver brings a notice to its receiver's consoles alone.
func (f *feed) deliver(n regulation.Notice) {
	frame := noticeFrame(n)
	for _, c := range slices.Backward(f.consoles) { // one may be dropped
		if c.receives(n) {
			f.offer(c, frame)
		}
	}
}
