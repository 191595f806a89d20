package live

import (
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
)

// ErrSlowConsole is why a console that fell behind twice was closed.
var ErrSlowConsole = fault.New(fault.Unavailable, "live.slow_console", "La connexion est trop lente pour suivre l’agenda ; elle va être rétablie.")

// reach extends the board's memory back to a console's position, when the
// engine's log still has it.
func (f *feed) reach(ctx context.Context, from *Position) {
	f.mu.Lock()
	missing := from != nil && f.board.at.Epoch == from.Epoch && from.Seq >= 0 && from.Seq < f.board.past.floor
	f.mu.Unlock()
	if !missing {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	events, ok, err := f.hub.engine.Since(ctx, f.territory, *from)
	if err != nil || !ok {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.board.at.Epoch == from.Epoch {
		f.board.past.extend(from.Seq, events)
	}
}

// attach adds a console with its first frames; nil when the feed has ended.
func (f *feed) attach(r WatchRequest) *Console {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stopped {
		return nil
	}
	c := newConsole(f, r)
	c.place, f.consoles = len(f.consoles), append(f.consoles, c)
	f.idle = 0
	if f.board.at.Epoch != "" {
		f.offer(c, f.first(r.From))
	}
	if f.away {
		f.offer(c, awayFrame(f.territory))
	}
	if who := f.presence.list(); len(who) > 0 {
		f.offer(c, presenceFrame(f.territory, who))
	}
	return c
}

// first is a console's first frame: what it missed, or everything.
func (f *feed) first(from *Position) *Frame {
	if from != nil {
		if delta := f.board.since(*from); delta != nil {
			return delta
		}
	}
	return f.board.snapshot(f.hub.now())
}

// broadcast offers the frame to every console. It is called under mu.
func (f *feed) broadcast(frame *Frame) {
	for _, c := range slices.Backward(f.consoles) { // one may be dropped
		f.offer(c, frame)
	}
}

// offer brings a frame to a console, at once or by its queue. A console whose
// queue is full loses it for one fresh snapshot, and the notices that were in
// it; full again before it caught up, it is closed.
func (f *feed) offer(c *Console, frame *Frame) {
	if c.closed {
		return
	}
	if len(c.frames) == 0 {
		c.behind = false
		if took, panicked := c.try(frame); panicked != nil {
			f.drop(c, regulation.ErrEngineAway.Because(panicked))
			return
		} else if took {
			return
		}
	}
	if c.queue(frame) {
		return
	}
	if c.behind {
		f.drop(c, ErrSlowConsole)
		return
	}
	c.behind = true
	notices := c.drain()
	if frame.notice {
		notices = append(notices, frame)
	}
	if f.board.at.Epoch != "" {
		c.queue(f.board.snapshot(f.hub.now()))
	}
	for _, notice := range notices {
		c.queue(notice)
	}
	c.queue(presenceFrame(f.territory, f.presence.list()))
	if f.away {
		c.queue(awayFrame(f.territory))
	}
}

// drop removes the console and closes its queue, once. It is called under mu.
func (f *feed) drop(c *Console, why error) {
	if c.closed {
		return
	}
	last := len(f.consoles) - 1
	f.consoles[c.place], f.consoles[last].place = f.consoles[last], c.place
	f.consoles[last], f.consoles = nil, f.consoles[:last]
	c.why, c.closed = why, true
	close(c.frames)
	c.wake()
}

// forsaken counts the looks without console.
func (f *feed) forsaken() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.consoles) > 0 {
		f.idle = 0
		return false
	}
	f.idle++
	return f.idle >= lingering
}

// stop ends the feed's goroutine and closes its consoles.
func (f *feed) stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stopped = true
	close(f.done)
	for _, c := range slices.Backward(f.consoles) {
		f.drop(c, regulation.ErrEngineAway)
	}
}

// receives reports whether the notice is for the console's person.
func (c *Console) receives(n regulation.Notice) bool {
	return n.Account != "" && n.Account == c.account ||
		n.Practitioner != "" && n.Practitioner == c.practitioner
}
