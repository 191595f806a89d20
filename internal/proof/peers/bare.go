package peers

import (
	"context"
	"net/http"
	"os/exec"
	"sync"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/proof"
)

// hub is gorilla's chat example without the chat: a channel, a reader and a
// writer for each console. It knows no order, no session and no state; where the
// example drops a slow console, it waits for it.
type hub struct {
	mu    sync.Mutex
	lines map[chan []byte]struct{}
}

func serveBare(address string) error {
	h := &hub{lines: map[chan []byte]struct{}{}}
	up := websocket.Upgrader{ReadBufferSize: 1024, WriteBufferSize: 1024}
	door := func(use func(*websocket.Conn)) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if ws, err := up.Upgrade(w, r, nil); err == nil {
				use(ws)
			}
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/events", door(h.follow))
	mux.HandleFunc("/publish", door(h.publish))
	return http.ListenAndServe(address, mux)
}

func (h *hub) follow(ws *websocket.Conn) {
	line := make(chan []byte, 256)
	h.mu.Lock()
	h.lines[line] = struct{}{}
	h.mu.Unlock()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		for {
			if _, _, err := ws.ReadMessage(); err != nil {
				return
			}
		}
	}()
	go func() {
		defer ws.Close()
		defer h.leave(line)
		for {
			select {
			case text := <-line:
				if ws.WriteMessage(websocket.TextMessage, text) != nil {
					return
				}
			case <-gone:
				return
			}
		}
	}()
}

// leave takes what is still on its way, so that nobody waits for a line that
// nobody writes to.
func (h *hub) leave(line chan []byte) {
	left := make(chan struct{})
	go func() {
		for {
			select {
			case <-line:
			case <-left:
				return
			}
		}
	}()
	h.mu.Lock()
	delete(h.lines, line)
	h.mu.Unlock()
	close(left)
}

func (h *hub) publish(ws *websocket.Conn) {
	defer ws.Close()
	for {
		_, text, err := ws.ReadMessage()
		if err != nil {
			return
		}
		h.mu.Lock()
		for line := range h.lines {
			line <- text
		}
		h.mu.Unlock()
	}
}

// sockets is a peer that has a WebSocket for those who follow and another for
// the one who publishes.
type sockets struct {
	proof.Process
	name, address string
	changes       *counter
}

func newBare(folder string) (Peer, error) {
	p, address, err := process("bare", folder, http.StatusOK, func(address string) *exec.Cmd { return self("bare", address) })
	return &sockets{p, NameBare, address, &counter{}}, err
}

func (s *sockets) Name() string { return s.name }

func (s *sockets) Follow(ctx context.Context) (*websocket.Conn, error) {
	return dial(ctx, "ws://"+s.address+"/events")
}

func (s *sockets) Publish(ctx context.Context) (Publisher, error) {
	ws, err := dial(ctx, "ws://"+s.address+"/publish")
	return &socketPublisher{s.changes, ws}, err
}

type socketPublisher struct {
	*counter
	ws *websocket.Conn
}

func (p *socketPublisher) Send() error {
	return p.ws.WriteMessage(websocket.TextMessage, p.event())
}

func (p *socketPublisher) Close() { p.ws.Close() }

func dial(ctx context.Context, url string) (*websocket.Conn, error) {
	ws, resp, err := websocket.DefaultDialer.DialContext(ctx, url, nil)
	if resp != nil {
		resp.Body.Close()
	}
	return ws, err
}
