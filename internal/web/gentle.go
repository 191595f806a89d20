package web

import (
	"bufio"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"
)

// gentle is a line's connection that also takes frames without waiting: what the kernel does not take at once is kept, and goes
// out before anything else.
type gentle struct {
	net.Conn
	raw syscall.RawConn // nil when the connection has no descriptor of its own

	mu     sync.Mutex
	within time.Time // until when a Write may last
	rest   []byte    // of an offered frame

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
// is never altered. It is for one goroutine, and never while another sends.
func (g *gentle) offer(frame []byte) (settled bool, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.text, g.taken, g.failure = frame, 0, nil
	if g.raw != nil && len(g.rest) == 0 {
		if err = g.raw.Write(g.attempt); err == nil {
			err = g.failure
		}
	}
	g.rest, g.text = frame[g.taken:], nil
	return len(g.rest) == 0, err
}

// send writes p after what an offer left, and waits for it.
func (g *gentle) send(p []byte, within time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.rest) == 0 && len(p) == 0 {
		return nil
	}
	if err := g.Conn.SetWriteDeadline(within); err != nil {
		return err
	}
	for _, text := range [][]byte{g.rest, p} {
		if _, err := g.Conn.Write(text); err != nil {
			return err
		}
	}
	g.rest = nil
	return g.Conn.SetWriteDeadline(time.Time{}) // an offer made after it would fail
}

// Write is send for gorilla's own frames.
func (g *gentle) Write(p []byte) (int, error) {
	g.mu.Lock()
	within := g.within
	g.mu.Unlock()
	if err := g.send(p, within); err != nil {
		return 0, err
	}
	return len(p), nil
}

// SetWriteDeadline is for the Write that follows.
func (g *gentle) SetWriteDeadline(t time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.within = t
	return nil
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
