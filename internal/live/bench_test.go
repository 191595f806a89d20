package live_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/relais-snp/relais/internal/live"
)

const consoles = 1000

// BenchmarkFanOut brings changes to 1000 consoles of one territory, and waits
// until all have seen the last one. An event is one change seen by one console.
func BenchmarkFanOut(b *testing.B) {
	board := newBoard(b)
	defer board.hub.Close()
	board.change("slot-0")
	var all sync.WaitGroup
	last := int64(b.N + 1)
	for range consoles {
		c := board.watch(live.WatchRequest{})
		all.Go(func() {
			for f := range c.Frames() {
				if reached(f) >= last {
					return
				}
			}
		})
	}
	b.ResetTimer()
	for i := range b.N {
		board.change(fmt.Sprintf("slot-%d", i%500))
	}
	all.Wait()
	b.ReportMetric(float64(b.N)*consoles/b.Elapsed().Seconds(), "events/s")
}

// reached is the position a frame brings a console to, read once per frame.
func reached(f *live.Frame) int64 {
	return f.Prepared(func(text []byte) any {
		var m struct{ To, Seq int64 }
		_ = json.Unmarshal(text, &m) // frames are JSON: other tests prove it
		return max(m.To, m.Seq)
	}).(int64)
}

// BenchmarkConsoleMemory weighs what one idle console costs the hub.
func BenchmarkConsoleMemory(b *testing.B) {
	board := newBoard(b)
	defer board.hub.Close()
	board.watch(live.WatchRequest{})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	open := make([]*live.Console, b.N)
	for i := range open {
		open[i] = board.watch(live.WatchRequest{})
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(b.N), "B/console")
	runtime.KeepAlive(open)
}

// BenchmarkSlotEncoding compares the wire encoding with encoding/json's.
func BenchmarkSlotEncoding(b *testing.B) {
	board := newBoard(b)
	defer board.hub.Close()
	board.change("slot-0")
	s, err := board.engine.Slot(b.Context(), senart, "slot-0")
	board.must(err)
	b.Run("append", func(b *testing.B) {
		buf := make([]byte, 0, 512)
		for b.Loop() {
			buf = live.AppendSlot(buf[:0], s)
		}
	})
	b.Run("encoding/json", func(b *testing.B) {
		for b.Loop() {
			if _, err := json.Marshal(live.WireOf(s)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
