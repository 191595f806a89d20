package app

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestSeatsLeaveDescriptorsForTheStores(t *testing.T) {
	for _, c := range []struct{ wanted, descriptors, seats int }{
		{20_000, 1 << 20, 20_000}, {20_000, 20_000, 19_744}, {20_000, 1024, 768}, {20_000, 64, 32}, {10, 1024, 10}, {1, 1, 1},
	} {
		if got := seats(c.wanted, c.descriptors); got != c.seats {
			t.Errorf("%d of %d descriptors: %d seats, want %d", c.wanted, c.descriptors, got, c.seats)
		}
	}
}

// counter is a server with few places; requests wait at the gate.
type counter struct {
	*testing.T
	address string
	entered chan struct{} // a request is being answered
	gate    chan struct{} // closed to let requests go
}

func counterOf(t *testing.T, most int) *counter {
	t.Helper()
	ctx, leave := context.WithCancel(t.Context())
	l, err := listen(ctx, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &counter{T: t, address: l.Addr().String(), entered: make(chan struct{}, 100), gate: make(chan struct{})}
	ended := make(chan error, 1)
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			c.entered <- struct{}{}
			<-c.gate
		}
	})
	go func() {
		ended <- serveHTTP(ctx, l, newPlaces(most, nil), handler, func() {}, slog.New(slog.DiscardHandler))
	}()
	t.Cleanup(func() {
		leave()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return c
}

// dial connects from one address of the loopback, bounded in time.
func (c *counter) dial(from string) net.Conn {
	c.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}, Timeout: 10 * time.Second}
	conn, err := dialer.DialContext(c.Context(), "tcp", c.address)
	if err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() { conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	return conn
}

func (c *counter) ask(conn net.Conn, path string) {
	c.Helper()
	if _, err := io.WriteString(conn, "GET "+path+" HTTP/1.1\r\nHost: relais\r\n\r\n"); err != nil {
		c.Fatal(err)
	}
}

// status is that of the next answer, 0 when the connection ends without one.
func (c *counter) status(conn net.Conn) int {
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}

func TestANewcomerTakesThePlaceOfWhoWaitedLongest(t *testing.T) {
	c := counterOf(t, 4)
	silent, dribbling := c.dial("127.0.0.2"), c.dial("127.0.0.2")
	if _, err := io.WriteString(dribbling, "GET / HT"); err != nil {
		t.Fatal(err)
	}
	polite := c.dial("127.0.0.3")
	c.ask(polite, "/")
	if got := c.status(polite); got != http.StatusOK {
		t.Fatalf("answer %d", got)
	}
	c.dial("127.0.0.4")

	fifth := c.dial("127.0.0.5")
	c.ask(fifth, "/")

	if got := c.status(fifth); got != http.StatusOK {
		t.Errorf("the newcomer gets %d", got)
	}
	if got := c.status(silent); got != 0 {
		t.Errorf("who waited longest gets %d", got)
	}
	c.ask(polite, "/")
	if got := c.status(polite); got != http.StatusOK {
		t.Errorf("who asked meanwhile gets %d", got)
	}
}

func TestOneSourceHasHalfOfThePlaces(t *testing.T) {
	c := counterOf(t, 4)
	defer close(c.gate)
	for range 2 {
		c.ask(c.dial("127.0.0.2"), "/slow")
		<-c.entered
	}

	third := c.dial("127.0.0.2")

	if got := c.status(third); got != http.StatusServiceUnavailable {
		t.Errorf("its third connection at work gets %d", got)
	}
	other := c.dial("127.0.0.3")
	c.ask(other, "/")
	if got := c.status(other); got != http.StatusOK {
		t.Errorf("another source gets %d", got)
	}
}

func TestAPlaceComesBack(t *testing.T) {
	p := newPlaces(2, []string{"127.0.0.0/8"})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 10))
	}))
	server.Listener, server.Config.ConnState = p.within(server.Listener), p.observe
	server.Start()
	for range 20 {
		resp, err := server.Client().Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		server.Client().CloseIdleConnections()
	}
	server.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.guests) != 0 || len(p.sources) != 0 || p.idle.Len() != 0 {
		t.Errorf("%d guests, %d sources, %d waiting are left", len(p.guests), len(p.sources), p.idle.Len())
	}
}

func TestAConnectionThatLeftHTTPStillLeadsToItsSocket(t *testing.T) {
	p := newPlaces(2, nil)
	found := make(chan error, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			found <- err
			return
		}
		defer conn.Close()
		socket, ok := conn.(syscall.Conn) // what the live line looks for
		if !ok {
			found <- errors.New("it hides its socket")
			return
		}
		_, err = socket.SyscallConn()
		found <- err
	}))
	server.Listener, server.Config.ConnState = p.within(server.Listener), p.observe
	server.Start()
	defer server.Close()

	_, _ = server.Client().Get(server.URL) // ends without an answer

	if err := <-found; err != nil {
		t.Error(err)
	}
}
