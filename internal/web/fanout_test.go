package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web"
)

// beat is a little more than the hub's own pace: each change travels in a frame of its own.
const beat = 22 * time.Millisecond

// fan is something that brings changes to a crowd through its own door.
type fan interface {
	// change makes the n-th change, from 1 on, and returns the position it leads to.
	change(n int) (seq int64)
	crowd(size int) *crowd
}

// BenchmarkFanOutFrames compares what a frame costs in processor time of the server alone: the door of Relais, and a bare
// gorilla hub that sends the bytes of the same change.
func BenchmarkFanOutFrames(b *testing.B) {
	const size = 1000
	for name, open := range fans {
		b.Run(name, func(b *testing.B) {
			f := open(b)
			c := f.crowd(size)
			c.await(f.change(1))
			pace := time.NewTicker(beat)
			defer pace.Stop()
			b.ResetTimer()
			before, last := processor(b), int64(0)
			for n := range b.N {
				<-pace.C
				last = f.change(n + 2)
			}
			c.await(last)
			b.ReportMetric(float64(b.N)*size/(processor(b)-before).Seconds(), "frames/cpu-s")
		})
	}
}

// BenchmarkFanOutEvents compares how many changes of 500 slots, seen by 1000 clients, both bring in a second: the bare hub by a
// frame each, Relais together.
func BenchmarkFanOutEvents(b *testing.B) {
	const size = 1000
	for name, open := range fans {
		b.Run(name, func(b *testing.B) {
			f := open(b)
			c := f.crowd(size)
			c.await(f.change(1))
			b.ResetTimer()
			last := int64(0)
			for n := range b.N {
				last = f.change(n + 2)
			}
			c.await(last)
			b.ReportMetric(float64(b.N)*size/b.Elapsed().Seconds(), "events/s")
		})
	}
}

// BenchmarkChangeSeen tells how long 20 changes a second take from the engine's door to 2000 clients.
func BenchmarkChangeSeen(b *testing.B) {
	for name, open := range fans {
		b.Run(name, func(b *testing.B) {
			f := open(b)
			c := f.crowd(2000)
			made := map[int64]time.Time{}
			pace := time.NewTicker(50 * time.Millisecond)
			defer pace.Stop()
			last := int64(0)
			b.ResetTimer()
			for n := range b.N {
				<-pace.C
				at := time.Now()
				last = f.change(n + 1)
				made[last] = at
			}
			c.await(last)
			b.StopTimer()
			var took []time.Duration
			c.arrivals(func(seq int64, at time.Time) { took = append(took, at.Sub(made[seq])) })
			slices.Sort(took)
			if len(took) == 0 {
				b.Fatal("nothing arrived")
			}
			for _, p := range []int{50, 99} {
				b.ReportMetric(took[len(took)*p/100].Seconds()*1000, fmt.Sprintf("p%d-ms", p))
			}
			b.ReportMetric(took[len(took)-1].Seconds()*1000, "max-ms")
		})
	}
}

// BenchmarkLineMemory weighs 2000 lines that watch: resident memory with them, less that with one.
func BenchmarkLineMemory(b *testing.B) {
	const size = 2000
	for range b.N {
		f := newDoor(b)
		f.crowd(1).await(f.change(1))
		before := resident(b)
		f.crowd(size).await(f.change(2))
		b.ReportMetric(float64(resident(b)-before)/size, "B/line")
	}
}

// BenchmarkHerd opens 2000 lines at once on a territory of 6000 slots, then cuts and opens them all again.
func BenchmarkHerd(b *testing.B) {
	for range b.N {
		f := newDoor(b)
		f.spread = 6000
		for n := range f.spread {
			f.change(n + 1)
		}
		before, cpu := resident(b), processor(b)
		start := time.Now()
		c := f.crowd(2000)
		b.ReportMetric(time.Since(start).Seconds(), "first-s")
		b.ReportMetric(c.comeBack().Seconds(), "again-s")
		b.ReportMetric((processor(b) - cpu).Seconds(), "cpu-s")
		b.ReportMetric(float64(peak(b)-before)/(1<<20), "peak-MB")
	}
}

var fans = map[string]func(b *testing.B) fan{
	"relais": func(b *testing.B) fan { return newDoor(b) },
	"bare":   func(b *testing.B) fan { return newBareHub(b) },
}

// door is a house with a regulator's cookies.
type door struct {
	*house
	b       *testing.B
	cookies string
	record  agenda.Record
	spread  int // slots that change
}

func newDoor(b *testing.B) *door {
	b.Helper()
	h := openHouse(b, func(c *web.Config) { c.LinesPerAccount = 100_000 })
	return &door{house: h, b: b, cookies: h.signIn("regulator").cookies(), record: agenda.Record{Slot: someSlot()}, spread: 500}
}

func someSlot() agenda.Slot {
	start := monday.Add(3 * time.Hour)
	return agenda.Slot{Territory: senart, Practitioner: newID(), Location: newID(), Start: start, End: start.Add(20 * time.Minute),
		Modality: agenda.Cabinet, Audience: agenda.ForRegulation}
}

func (d *door) change(n int) int64 {
	d.record.Slot.ID = slotName(n % d.spread)
	d.record.Slot.Revision, d.record.Slot.Seats = int64(n), 1+n%2
	if err := d.engine.Apply(d.b.Context(), senart, d.record); err != nil {
		d.b.Fatal(err)
	}
	return int64(n)
}

// slotName is as long as real ids.
func slotName(n int) string { return fmt.Sprintf("01999999-0000-7000-8000-%012d", n) }

func (d *door) crowd(size int) *crowd {
	d.b.Helper()
	return gather(d.b, strings.TrimPrefix(d.url, "http://"), d.cookies, size)
}

// bareHub is gorilla's chat example: a channel and a writer for each socket.
type bareHub struct {
	b   *testing.B
	url string

	mu    sync.Mutex
	lines map[chan []byte]bool
	state []byte
}

func newBareHub(b *testing.B) *bareHub {
	h := &bareHub{b: b, lines: map[chan []byte]bool{}}
	up := websocket.Upgrader{Subprotocols: []string{"relais.v1"}, CheckOrigin: func(*http.Request) bool { return true }}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := up.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		defer ws.Close()
		line := make(chan []byte, 256)
		line <- []byte(`{"type":"snapshot","seq":0}`)
		h.mu.Lock()
		h.lines[line] = true
		h.mu.Unlock()
		for text := range line {
			_ = ws.SetWriteDeadline(time.Now().Add(10 * time.Second)) // the write fails if this did
			if ws.WriteMessage(websocket.TextMessage, text) != nil {
				return
			}
		}
	}))
	h.url = server.URL
	b.Cleanup(func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		for line := range h.lines {
			close(line)
		}
		server.CloseClientConnections()
	})
	return h
}

func (h *bareHub) change(n int) int64 {
	text := fmt.Appendf(nil, `{"type":"delta","territory":%q,"epoch":"UZPKIKLYNSBM","from":%d,"to":%d,"slots":[`, senart, n-1, n)
	if h.state == nil {
		slot := someSlot()
		slot.ID, slot.Seats = slotName(0), 1
		h.state = live.AppendSlot(nil, regulation.SlotState{Slot: slot})
	}
	text = append(append(text, h.state...), "]}"...)
	h.mu.Lock()
	defer h.mu.Unlock()
	for line := range h.lines {
		line <- text
	}
	return int64(n)
}

func (h *bareHub) crowd(size int) *crowd {
	h.b.Helper()
	return gather(h.b, strings.TrimPrefix(h.url, "http://"), "none=none", size)
}

// processor is the time this process has had of the machine.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// resident and peak are this process's memory in bytes, now and at most so far.
func resident(b *testing.B) int64 { return status(b, "VmRSS:") }
func peak(b *testing.B) int64     { return status(b, "VmHWM:") }

func status(b *testing.B, key string) int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), key)
	kilobytes, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return kilobytes << 10
}
