package proof

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Watching is what a console follows, and who looks over its shoulder.
type Watching struct {
	Name      string // in reports
	Territory string
	Day       string // first civil day, "2026-11-23"
	Days      int
	// Seen receives every frame before the console follows it, on the console's
	// goroutine; may be nil.
	Seen func(console string, f *Frame)
	// Heard receives the bytes of every frame; may be nil.
	Heard func(frame []byte)
}

// Console is one screen on the live line. It keeps a local copy of its
// territory, comes back by itself when the line is lost, and asks commands.
type Console struct {
	client *Client
	what   Watching
	done   chan struct{} // closed when it has stopped

	mu       sync.Mutex
	local    Local
	changed  chan struct{} // closed and replaced at every change of what follows
	notices  []Frame
	lines    int // lines opened so far
	line     *websocket.Conn
	lastID   int64
	waiting  map[int64]chan Frame
	watching int64 // id of the watch that is not answered yet, 0 for none
}

// Watch opens a console that follows until ctx ends; Done tells when it has
// stopped.
func (c *Client) Watch(ctx context.Context, what Watching) *Console {
	s := &Console{client: c, what: what, done: make(chan struct{}), changed: make(chan struct{}), waiting: map[int64]chan Frame{}}
	go s.run(ctx)
	return s
}

// Done is closed when the console has stopped.
func (s *Console) Done() <-chan struct{} { return s.done }

// comeBack is how long a console waits before it dials again.
const comeBack = 100 * time.Millisecond

func (s *Console) run(ctx context.Context) {
	defer close(s.done)
	for ctx.Err() == nil {
		if line, err := s.client.Line(ctx); err == nil {
			s.follow(ctx, line)
		}
		select {
		case <-time.After(comeBack):
		case <-ctx.Done():
		}
	}
}

// Line opens a bare live line: session cookie, same origin, subprotocol.
func (c *Client) Line(ctx context.Context) (*websocket.Conn, error) {
	dialer := websocket.Dialer{Subprotocols: []string{"relais.v1"}, HandshakeTimeout: 5 * time.Second}
	header := http.Header{"Cookie": {c.cookie}, "Origin": {c.base}}
	line, resp, err := dialer.DialContext(ctx, strings.Replace(c.base, "http", "ws", 1)+api+"/live", header)
	if resp != nil {
		resp.Body.Close()
	}
	return line, err
}

// follow reads a line until it breaks or ctx ends.
func (s *Console) follow(ctx context.Context, line *websocket.Conn) {
	stop := context.AfterFunc(ctx, func() { line.Close() })
	defer stop()
	defer s.lose(line)
	s.take(line)
	for {
		_, raw, err := line.ReadMessage()
		if err != nil {
			return
		}
		if s.what.Heard != nil {
			s.what.Heard(raw)
		}
		f := &Frame{}
		if json.Unmarshal(raw, f) != nil {
			return
		}
		if s.what.Seen != nil {
			s.what.Seen(s.what.Name, f)
		}
		s.obey(f)
	}
}

// take makes the line the console's own and watches from where the copy stands.
func (s *Console) take(line *websocket.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line = line
	s.lines++
	s.watch()
	s.tell()
}

// watch asks for the territory, from the copy's position if it has one. It is
// called under mu.
func (s *Console) watch() {
	s.lastID++
	s.watching = s.lastID
	cmd := Command{ID: s.lastID, Op: "watch", Territory: s.what.Territory, Day: s.what.Day, Days: s.what.Days}
	if s.local.At.Epoch != "" {
		cmd.From = new(s.local.At)
	}
	s.write(cmd)
}

// write sends a command. It is called under mu; a failure ends the line, and
// its reader says so.
func (s *Console) write(cmd Command) {
	if s.line.WriteJSON(cmd) != nil {
		s.line.Close()
	}
}

// obey follows one frame.
func (s *Console) obey(f *Frame) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch f.Type {
	case "reply":
		s.answer(f)
	case "notice":
		s.notices = append(s.notices, *f)
	default:
		// Frames on their way from an earlier watch may not fit while one is asked.
		if !s.local.Apply(f) && s.watching == 0 {
			s.watch()
		}
	}
	s.tell()
}

func (s *Console) answer(f *Frame) {
	if f.ID == s.watching {
		s.watching = 0
		if f.Problem != nil {
			s.line.Close() // come back later
		}
		return
	}
	if ch := s.waiting[f.ID]; ch != nil {
		delete(s.waiting, f.ID)
		ch <- *f
	}
}

// ErrLine means that the line was lost before the answer came: nobody can say
// whether the command was done.
var ErrLine = errors.New("the live line was lost")

func (s *Console) lose(line *websocket.Conn) {
	line.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line, s.watching = nil, 0
	for id, ch := range s.waiting {
		delete(s.waiting, id)
		close(ch)
	}
	s.tell()
}

// tell wakes those who await something. It is called under mu.
func (s *Console) tell() {
	close(s.changed)
	s.changed = make(chan struct{})
}
