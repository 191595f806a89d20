package livetest

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

var pinCases = map[string]func(*testing.T, Open){
	"a pin outlasts the hold": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		h := w.hold("rosa", "s1")
		w.clock.Advance(3*time.Minute - time.Second)
		before := w.position()
		w.must(w.pin(h))
		if w.position() != before {
			t.Error("a pin is nobody's news")
		}
		w.clock.Advance(5 * time.Second)
		w.expire(0)
		refused(t, w.tryHold("omar", "s1"), regulation.ErrSlotTaken)
		w.must(w.pin(h)) // a repetition, while SQL still works
		w.clock.Advance(10 * time.Second)
		w.expire(1)
		w.hold("omar", "s1")
	},
	"a pin shortens nothing": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		h := w.hold("rosa", "s1")
		w.must(w.pin(h))
		w.clock.Advance(time.Minute)
		w.expire(0)
		w.must(w.pin(h))
	},
	"an unpinned hold has its own end back": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		h := w.hold("rosa", "s1")
		w.clock.Advance(3*time.Minute - time.Second)
		w.must(w.pin(h))
		w.must(w.engine.Unpin(t.Context(), h.Token, h.By))
		w.must(w.engine.Unpin(t.Context(), h.Token, h.By))
		w.clock.Advance(time.Second)
		w.expire(1)
		w.must(w.engine.Unpin(t.Context(), h.Token, h.By))
	},
	"a pin gives the hold with its seat, fence and case": func(t *testing.T, open Open) {
		w := ready(t, open, seats(2))
		w.hold("omar", "s1")
		h := w.hold("rosa", "s1")
		now := w.clock.Now()
		got, err := w.engine.Pin(t.Context(), h.Token, h.By, now, now.Add(10*time.Second))
		w.must(err)
		if got != h {
			t.Errorf("pinned %+v, held %+v", got, h)
		}
	},
	"a spent token is superseded by its booking": func(t *testing.T, open Open) {
		w := ready(t, open, seats(1))
		h := w.hold("rosa", "s1")
		w.must(w.pin(h))
		w.apply("s1", booked(1))
		refused(t, w.pin(h), regulation.ErrHoldSuperseded)
		w.release(h)
		if s := w.slot("s1"); s.Booked != 1 || len(s.Held) != 0 {
			t.Errorf("state %+v", s)
		}
	},
}
