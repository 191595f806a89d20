package web

import (
	"bufio"
	"errors"
	"net"
	"net/http"
	"syscall"
	"time"
)

// gentle is a line's connection that also takes frames without waiting: what the kernel does not take at once is kept, and goes
// out before anything else. Its line's turn says who may offer and send.
type gentle struct {
	net.Conn
	raw  syscall.RawConn // nil when the connection has no descriptor of its own
	kept bool            // for offer and send alone
	rest []byte          // of an offered frame

	broken error // what ended it: part of a frame may have left, and nothing may follow it

	// Of the attempt under way, so that none allocates:
	text    []byte
	taken   int
	failure error
	attempt func(descriptor uintptr) (done bool)
}

func newGentle(conn net.Conn) *gentle {
	g := &gentle{Conn: conn}
	if c, ok := conn.(syscall.Conn); ok {
		g.raw, _ = c.SyscallConn() // without it, every write waits
	}
	g.attempt = func(descriptor uintptr) bool {
		g.taken, g.failure = writeNow(descriptor, g.text)
		return true
	}
	return g
}

// offer writes what can be written of a frame without waiting, and keeps the rest; settled is true when there is none. The frame
// is never altered.
func (g *gentle) offer(frame []byte) (settled bool, err error) {
	if g.broken != nil {
		return false, g.broken
	}
	g.text, g.taken, g.failure = frame, 0, nil
	if g.raw != nil && len(g.rest) == 0 {
		if err = g.raw.Write(g.attempt); err == nil {
			err = g.failure
		}
	}
	g.rest, g.text, g.broken = frame[g.taken:], nil, err
	return len(g.rest) == 0, err
}

// send writes p after what an offer left, and waits for it.
func (g *gentle) send(p []byte, within time.Time) error {
	if g.broken == nil {
		g.broken = g.sendAll(p, within)
	}
	return g.broken
}

func (g *gentle) sendAll(p []byte, within time.Time) error {
	if len(g.rest) == 0 && len(p) == 0 {
		return nil
	}
	if err := g.Conn.SetWriteDeadline(within); err != nil {
		return err
	}
	for _, text := range [][]byte{g.rest, p} {
		if len(text) == 0 {
			continue
		}
		if _, err := g.Conn.Write(text); err != nil {
			return err
		}
	}
	g.rest = nil
	return g.Conn.SetWriteDeadline(time.Time{}) // an offer made after it would fail
}

var errKept = errors.New("the connection is its line's to write")

// Write is for the answer to the upgrade. Gorilla would also answer a Close and what breaks the protocol, out of turn and
// waiting; that is left to the line's last word.
func (g *gentle) Write(p []byte) (int, error) {
	if g.kept {
		return 0, errKept
	}
	return g.Conn.Write(p)
}

// SetWriteDeadline is for a Write.
func (g *gentle) SetWriteDeadline(t time.Time) error {
	if g.kept {
		return errKept
	}
	return g.Conn.SetWriteDeadline(t)
}

// handover hijacks a connection as a gentle one.
type handover struct {
	http.ResponseWriter
	conn *gentle
}

// Hijack keeps the connection for its line.
func (h *handover) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, buffers, err := http.NewResponseController(h.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	h.conn = newGentle(conn)
	return h.conn, buffers, nil
}
