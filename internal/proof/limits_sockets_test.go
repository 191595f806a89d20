package proof_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// silentSockets opens sockets and says nothing. The server ends them by itself.
func (s *stage) silentSockets(t *testing.T) {
	conns := make([]net.Conn, many(t, 10_000))
	var dialling sync.WaitGroup
	for part := range 8 {
		dialling.Go(func() {
			for i := part; i < len(conns); i += 8 {
				conns[i], _ = from(crowd).DialContext(s.Context(), "tcp", s.address())
			}
		})
	}
	dialling.Wait()
	open := 0
	for _, conn := range conns {
		if conn == nil {
			continue
		}
		open++
		defer conn.Close()
	}
	if open < len(conns) {
		t.Errorf("%d of %d connected", open, len(conns))
	}
	last := conns[len(conns)-1]
	_ = last.SetDeadline(time.Now().Add(20 * time.Second))
	if n, err := last.Read(make([]byte, 1)); n != 0 || err == nil || isTimeout(err) {
		t.Errorf("a silent socket is kept: %d, %v", n, err)
	}
}

func isTimeout(err error) bool {
	timeout, ok := err.(net.Error)
	return ok && timeout.Timeout()
}

// dribbles sends requests a byte at a time: headers first, then bodies.
func (s *stage) dribbles(t *testing.T) {
	const body = "POST /api/v1/session HTTP/1.1\r\nHost: relais\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{"
	var all sync.WaitGroup
	var ended atomic.Int64
	for i := range 400 {
		start := "GET /api/v1/me HTTP/1.1\r\nX-Essai: "
		if i%2 == 1 {
			start = body
		}
		all.Go(func() {
			conn, err := from(crowd).DialContext(s.Context(), "tcp", s.address())
			if err != nil {
				return
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, start); err != nil {
				return
			}
			pace := time.NewTicker(200 * time.Millisecond)
			defer pace.Stop()
			for range 33 {
				<-pace.C
				if _, err := conn.Write([]byte("a")); err != nil {
					ended.Add(1)
					return
				}
			}
		})
	}
	all.Wait()
	if n := ended.Load(); n < 190 { // every header is ended within 5 s; bodies are given longer
		t.Errorf("%d of 200 dribbled headers were ended", n)
	}
}

// hugeBodies sends 100 MB, announced and in chunks, signed in and not.
func (s *stage) hugeBodies(t *testing.T) {
	cookie := s.Regulators[1].Cookie()
	var all sync.WaitGroup
	for _, head := range []string{
		"POST /api/v1/session HTTP/1.1\r\nContent-Length: 104857600\r\n",
		"POST /api/v1/session HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
		"POST /api/v1/cases HTTP/1.1\r\nContent-Length: 104857600\r\nCookie: " + cookie + "\r\n",
		"POST /api/v1/cases HTTP/1.1\r\nTransfer-Encoding: chunked\r\nCookie: " + cookie + "\r\n",
	} {
		for range 4 {
			all.Go(func() {
				if answer := s.pour(t, head, 100<<20); !strings.Contains(answer, "413 ") || !strings.Contains(answer, "request.too_large") {
					t.Errorf("%.60q is answered %.300q", head, answer)
				}
			})
		}
	}
	all.Wait()
}

// pour sends a head and then bytes until the server has heard enough; it returns
// the answer.
func (s *stage) pour(t *testing.T, head string, size int) string {
	conn := s.dial(t, flooder)
	defer conn.Close()
	piece := bytes.Repeat([]byte("[ "), 8<<10)
	chunked := strings.Contains(head, "chunked")
	go func() {
		if _, err := io.WriteString(conn, head+"Host: relais\r\nContent-Type: application/json\r\n\r\n"); err != nil {
			return
		}
		for sent := 0; sent < size; sent += len(piece) {
			out := piece
			if chunked {
				out = fmt.Appendf(nil, "%x\r\n%s\r\n", len(piece), piece)
			}
			if _, err := conn.Write(out); err != nil {
				return // it has heard enough
			}
		}
	}()
	answer, _ := io.ReadAll(conn) // cut short after the answer
	return string(answer)
}
