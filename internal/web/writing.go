package web

import (
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/live"
)

// turn says who writes a line: at most one goroutine at a time. A line at rest has none, so that it costs no stack.
type turn struct{ state atomic.Int32 }

const (
	free   int32 = iota // nobody writes
	taken               // somebody does
	wanted              // somebody does, and will find more when done
)

// take takes a free turn.
func (t *turn) take() bool { return t.state.CompareAndSwap(free, taken) }

// want takes the turn, or leaves word to its holder; it reports whether it took it.
func (t *turn) want() bool {
	for {
		if t.take() {
			return true
		}
		if t.state.CompareAndSwap(taken, wanted) || t.state.Load() == wanted {
			return false
		}
	}
}

// give gives the turn back, unless there was word of more; it reports whether it did.
func (t *turn) give() bool {
	if t.state.CompareAndSwap(taken, free) {
		return true
	}
	t.state.Store(taken)
	return false
}

// Try writes a frame of the followed console at once, on the hub's own goroutine. It never waits: what the kernel does not
// take is written by a goroutine of the line's own, and meanwhile frames queue up in the console.
func (l *line) Try(c *live.Console, frame *live.Frame) bool {
	if l.followed.Load() != c || !l.turn.take() {
		return false
	}
	settled := false
	l.guarded(func() { settled = l.offer(frame) }) // the hub's goroutine is everybody's
	if !settled || !l.turn.give() {
		go l.guarded(l.write)
	}
	return true
}

func (l *line) offer(frame *live.Frame) (settled bool) {
	settled, err := l.conn.offer(wire(frame))
	if err != nil {
		l.end(websocket.CloseAbnormalClosure, "")
	}
	return settled
}

// Wake has what waits written.
func (l *line) Wake() {
	if l.turn.want() {
		go l.guarded(l.write)
	}
}

// write has the turn, and writes until nothing waits. Once the line has ended it says so and keeps the turn: nothing is
// written after the last word.
func (l *line) write() {
	given := false
	defer func() {
		if !given {
			l.bye()
		}
	}()
	for !given && l.writeAll() {
		given = l.turn.give()
	}
}

// writeAll writes what waits; false when the line has ended.
func (l *line) writeAll() bool {
	more, err := true, l.conn.send(nil, time.Now().Add(writeWithin))
	for more && err == nil && !l.ended() {
		more, err = l.writeNext()
	}
	if err != nil {
		l.end(websocket.CloseAbnormalClosure, "")
	}
	return !l.ended()
}

// writeNext writes an answer, or else a frame, or says that there is none.
func (l *line) writeNext() (more bool, err error) {
	select {
	case answer := <-l.out:
		err = l.conn.send(message(answer.kind, answer.frame), time.Now().Add(writeWithin))
		if answer.console != nil {
			l.followed.Store(answer.console)
		}
		return true, err
	default:
	}
	followed := l.followed.Load()
	if followed == nil {
		return false, nil
	}
	select {
	case frame, open := <-followed.Frames():
		if open {
			return true, l.conn.send(wire(frame), time.Now().Add(writeWithin))
		}
		l.followed.Store(nil)
		l.abandoned(followed.Err())
		return true, nil
	default:
		return false, nil
	}
}

// bye says the last word and closes the connection, which wakes the reader.
func (l *line) bye() {
	l.end(websocket.CloseInternalServerErr, "") // it has ended already, or its writing panicked
	text := websocket.FormatCloseMessage(l.closeCode, l.closeText)
	_ = l.conn.send(message(websocket.CloseMessage, text), time.Now().Add(time.Second)) // best effort: it may be gone
	_ = l.conn.Close()                                                                  // nothing can be done about a failure
}

func (l *line) ended() bool {
	select {
	case <-l.done:
		return true
	default:
		return false
	}
}
