package live

import (
	"fmt"
	"runtime/debug"
)

// queued is how many frames wait for a slow console.
const queued = 64

// Line is how a console's frames travel when nothing holds them up. Its methods
// are called under the feed's lock: they must not wait, nor call the hub.
type Line interface {
	// Try writes the frame if that takes no waiting, and reports whether it did.
	// A console's queue is empty when it is called.
	Try(c *Console, f *Frame) bool
	// Wake says that frames wait in a console's queue, or that it was closed.
	Wake()
}

// Console is one follower of one territory.
type Console struct {
	feed                  *feed
	account, practitioner string
	line                  Line // nil for one that only reads its queue
	frames                chan *Frame

	// Under the feed's lock:
	place  int  // among the feed's consoles
	behind bool // brought back by a snapshot, not caught up yet
	closed bool
	why    error
}

func newConsole(f *feed, r WatchRequest) *Console {
	return &Console{feed: f, account: r.Account, practitioner: r.Practitioner, line: r.Line, frames: make(chan *Frame, queued)}
}

// Frames gives the console's frames in order. It is closed when the console is
// closed, by either side; Err then says why.
func (c *Console) Frames() <-chan *Frame { return c.frames }

// Err is nil while the console is open or after Close, ErrSlowConsole when it
// could not follow, ErrEngineAway when the hub was closed, or because of a panic
// of the console's line.
func (c *Console) Err() error {
	c.feed.mu.Lock()
	defer c.feed.mu.Unlock()
	return c.why
}

// Close stops following. It may be called twice and from any goroutine.
func (c *Console) Close() {
	c.feed.mu.Lock()
	defer c.feed.mu.Unlock()
	c.feed.drop(c, nil)
}

// try offers the frame to the console's line. A panic there is the line's own:
// the feed, and whoever else follows, go on.
func (c *Console) try(frame *Frame) (took bool, panicked error) {
	if c.line == nil {
		return false, nil
	}
	defer func() {
		if recovered := recover(); recovered != nil {
			panicked = fmt.Errorf("live: a line panicked: %v\n%s", recovered, debug.Stack())
		}
	}()
	return c.line.Try(c, frame), nil
}

// queue puts a frame into the queue, unless it is full.
func (c *Console) queue(frame *Frame) bool {
	select {
	case c.frames <- frame:
		c.wake()
		return true
	default:
		return false
	}
}

func (c *Console) wake() {
	if c.line != nil {
		c.line.Wake()
	}
}

// drain empties the queue, whose reader may take some of it meanwhile, and
// returns the notices among it.
func (c *Console) drain() (notices []*Frame) {
	for {
		select {
		case frame := <-c.frames:
			if frame.notice {
				notices = append(notices, frame)
			}
		default:
			return notices
		}
	}
}
