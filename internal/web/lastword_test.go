package web_test

import (
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"
)

// hesitant is a door whose connections take no Close before the gate opens.
type hesitant struct {
	net.Listener
	asked chan struct{}
	gate  chan struct{}
	open  func() // the gate
}

func (d *hesitant) Accept() (net.Conn, error) {
	conn, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &hesitating{conn.(*net.TCPConn), d}, nil
}

type hesitating struct {
	*net.TCPConn
	door *hesitant
}

func (c *hesitating) Write(p []byte) (int, error) {
	if p[0] == 0x80|websocket.CloseMessage {
		c.door.asked <- struct{}{}
		<-c.door.gate
	}
	return c.TCPConn.Write(p)
}

// through has the house's people come by another door.
func (h *house) through() *hesitant {
	door := httptest.NewUnstartedServer(h.server)
	d := &hesitant{Listener: door.Listener, asked: make(chan struct{}, 10), gate: make(chan struct{})}
	d.open = sync.OnceFunc(func() { close(d.gate) })
	door.Listener = d
	door.Start()
	h.t.Cleanup(func() { d.open(); door.Close() })
	h.url = door.URL
	return d
}

func TestALastWordThatIsNotTakenDelaysNobody(t *testing.T) {
	for _, test := range []struct {
		name string
		last func(*websocket.Conn) error
		code int
	}{
		{"goodbye", func(ws *websocket.Conn) error {
			return ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseGoingAway, ""))
		}, websocket.CloseGoingAway},
		{"goodbye without a code", func(ws *websocket.Conn) error {
			return ws.WriteMessage(websocket.CloseMessage, nil)
		}, websocket.CloseNoStatusReceived},
		{"oversized", func(ws *websocket.Conn) error {
			return ws.WriteMessage(websocket.TextMessage, []byte(strings.Repeat("x", 17_000)))
		}, websocket.CloseMessageTooBig},
		{"of no known kind", func(ws *websocket.Conn) error {
			_, err := ws.NetConn().Write([]byte{0x83, 0x80, 0, 0, 0, 0})
			return err
		}, websocket.CloseProtocolError},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := openHouse(t)
			door := h.through()
			defer door.open()
			quick, _ := h.signIn("regulator").board()
			leaving, _ := h.signIn("regulator2").board()

			if err := test.last(leaving.ws); err != nil {
				t.Fatal(err)
			}
			<-door.asked
			for round := range 2 {
				last := h.changeAll(1 + round)
				for at := int64(0); at < last; {
					at = quick.glance(t).To
				}
			}

			door.open()
			if code := leaving.closed(); code != test.code {
				t.Errorf("closed with %d, want %d", code, test.code)
			}
		})
	}
}
