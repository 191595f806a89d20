package proof_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/memory"
)

const (
	sockets = 1000
	beat    = 20 * time.Millisecond // the hub's own pace
)

// BenchmarkSockets brings changes to 1000 real sockets of one territory, by
// Relais' engine and hub and by a bare gorilla hub that sends the very bytes of
// one such change.
//
// Frames compares what a frame costs in processor time, clients included, since
// the hub never sends more than one in 20 ms; events compares how many changes
// a second all clients can be brought, the bare hub sending a frame for each.
func BenchmarkSockets(b *testing.B) {
	b.Run("frames/relais", func(b *testing.B) { frameCost(b, newRelaisHub(b)) })
	b.Run("frames/bare", func(b *testing.B) { frameCost(b, newBareHub(b)) })
	b.Run("events/relais", func(b *testing.B) { eventRate(b, newRelaisHub(b)) })
	b.Run("events/bare", func(b *testing.B) { eventRate(b, newBareHub(b)) })
}

// fan is something that brings the n-th change to all sockets.
type fan interface {
	change(n int)
	// serve writes to a socket; it says when changes will reach it.
	serve(ws *websocket.Conn, attached func())
}

func frameCost(b *testing.B, f fan) {
	seen := connect(b, f)
	pace := time.NewTicker(beat + 2*time.Millisecond)
	defer pace.Stop()
	b.ResetTimer()
	before := processor(b)
	for n := range b.N {
		<-pace.C
		f.change(n + 1)
	}
	seen(b.N)
	b.ReportMetric(float64(b.N)*sockets/(processor(b)-before).Seconds(), "frames/cpu-s")
}

func eventRate(b *testing.B, f fan) {
	seen := connect(b, f)
	b.ResetTimer()
	for n := range b.N {
		f.change(n + 1)
	}
	seen(b.N)
	b.ReportMetric(float64(b.N)*sockets/b.Elapsed().Seconds(), "events/s")
}

// processor is the time this process has had of the machine.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// connect opens the sockets and returns how to wait until all saw change n.
func connect(b *testing.B, f fan) (seen func(n int)) {
	b.Helper()
	up := websocket.Upgrader{ReadBufferSize: 512, WriteBufferSize: 512, WriteBufferPool: &sync.Pool{}}
	var attached sync.WaitGroup
	attached.Add(sockets)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		f.serve(ws, attached.Done)
	}))
	b.Cleanup(server.CloseClientConnections)
	reached := make([]chan int, sockets)
	for i := range reached {
		ws, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http"), nil)
		if err != nil {
			b.Fatal(err)
		}
		resp.Body.Close()
		b.Cleanup(func() { ws.Close() })
		reached[i] = make(chan int, 1)
		go read(ws, reached[i])
	}
	wait := func(n int) {
		for _, at := range reached {
			for last := range at {
				if last >= n {
					break
				}
			}
		}
	}
	attached.Wait()
	f.change(0)
	wait(0)
	return wait
}

// read tells the latest change that came; what is not fetched is replaced.
func read(ws *websocket.Conn, at chan int) {
	defer close(at)
	buf := make([]byte, 1024)
	for {
		_, r, err := ws.NextReader()
		if err != nil {
			return
		}
		n, err := io.ReadFull(r, buf)
		if err != io.ErrUnexpectedEOF && err != nil {
			return
		}
		if n == len(buf) {
			_, _ = io.Copy(io.Discard, r) // the head says enough
		}
		last, ok := position(buf[:n])
		if !ok {
			continue
		}
		select {
		case <-at:
		default:
		}
		at <- last
	}
}

// position reads which change a delta or a snapshot leads to, without decoding
// it whole.
func position(frame []byte) (int, bool) {
	head := string(frame[:min(len(frame), 200)])
	_, rest, ok := strings.Cut(head, `"to":`)
	if !ok {
		if _, rest, ok = strings.Cut(head, `"seq":`); !ok {
			return 0, false
		}
	}
	var n int
	_, err := fmt.Sscanf(rest, "%d", &n)
	return n - firstSeq, err == nil
}

// firstSeq is the position at which change 0 arrives: the first after the slots
// were laid out before the territory was ready.
const firstSeq = 1

// relaisHub is the engine in memory and the hub, written to sockets as the live
// line does.
type relaisHub struct {
	*testing.B
	engine *memory.Engine
	hub    *live.Hub
	record agenda.Record
}

func newRelaisHub(b *testing.B) *relaisHub {
	ctx, engine := context.Background(), memory.New(time.Now)
	start := time.Now().Add(time.Hour)
	r := &relaisHub{B: b, engine: engine, hub: live.NewHub(engine, time.Now), record: agenda.Record{Slot: agenda.Slot{
		ID: "slot", Territory: "t", Practitioner: "gp", Location: "place", Start: start, End: start.Add(time.Hour),
		Modality: agenda.Cabinet, Audience: agenda.ForRegulation, Seats: 1, Revision: 1}}}
	epoch, err := engine.Begin(ctx, "t", time.Now())
	if err != nil {
		b.Fatal(err)
	}
	if ok, err := engine.Ready(ctx, "t", epoch); !ok || err != nil {
		b.Fatal(ok, err)
	}
	b.Cleanup(r.hub.Close)
	return r
}

func (r *relaisHub) change(n int) {
	r.record.Slot.Revision = int64(n + 2)
	r.record.Slot.Seats = 1 + n%2
	if err := r.engine.Apply(context.Background(), "t", r.record); err != nil {
		r.Fatal(err)
	}
}

func (r *relaisHub) serve(ws *websocket.Conn, attached func()) {
	console, err := r.hub.Watch(context.Background(), live.WatchRequest{Territory: "t"})
	if err != nil {
		return
	}
	defer console.Close()
	attached()
	for frame := range console.Frames() {
		prepared, _ := frame.Prepared(func(text []byte) any {
			message, _ := websocket.NewPreparedMessage(websocket.TextMessage, text)
			return message
		}).(*websocket.PreparedMessage)
		_ = ws.SetWriteDeadline(time.Now().Add(10 * time.Second)) // the write fails if this did
		if ws.WritePreparedMessage(prepared) != nil {
			return
		}
	}
}

// bareHub is gorilla's chat example: a channel and a writer for each socket.
type bareHub struct {
	mu    sync.Mutex
	lines map[chan []byte]bool
}

func newBareHub(b *testing.B) *bareHub {
	h := &bareHub{lines: map[chan []byte]bool{}}
	b.Cleanup(func() {
		for line := range h.lines {
			close(line)
		}
	})
	return h
}

func (h *bareHub) change(n int) {
	start := time.Now()
	text, _ := json.Marshal(map[string]any{"epoch": "UZPKIKLYNSBM", "from": n, "to": n + firstSeq, "type": "delta", "territory": "t",
		"zslots": []live.WireSlot{{ID: "slot", Practitioner: "gp", Location: "place", Start: start, End: start, Modality: agenda.Cabinet,
			Audience: agenda.ForRegulation, Seats: 1, Free: 1, Held: []live.WireHeld{}}}}) // plain values: cannot fail
	h.mu.Lock()
	defer h.mu.Unlock()
	for line := range h.lines {
		line <- text
	}
}

func (h *bareHub) serve(ws *websocket.Conn, attached func()) {
	line := make(chan []byte, 256)
	h.mu.Lock()
	h.lines[line] = true
	h.mu.Unlock()
	attached()
	for text := range line {
		_ = ws.SetWriteDeadline(time.Now().Add(10 * time.Second)) // the write fails if this did
		if ws.WriteMessage(websocket.TextMessage, text) != nil {
			return
		}
	}
}
