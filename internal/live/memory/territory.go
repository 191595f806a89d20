package memory

import (
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// territory is the present of one territory under one lock.
type territory struct {
	name string

	mu    sync.Mutex
	epoch string // "" until begun
	begun time.Time
	ready bool
	seq   int64
	fence int64

	slots map[string]*slot
	holds map[string]*hold // live ones, by token
	count map[string]int   // live holds that count, by account
	due   dueHeap
	log   eventLog
	ended endedHolds
	sinks []*live.Sink
}

// begin empties the territory; sinks, the fence and the memory of ended holds
// stay.
func (t *territory) begin(epoch string, now time.Time, over int64) {
	for len(t.due) > 0 {
		t.end(t.due[0])
	}
	t.epoch, t.begun, t.ready, t.seq = epoch, now, false, 0
	t.slots = map[string]*slot{}
	t.holds = map[string]*hold{}
	t.count = map[string]int{}
	t.due, t.log = nil, eventLog{}
	t.fence = max(t.fence, now.UnixMicro(), over)
}

func (t *territory) lost(now time.Time) bool {
	return !t.ready && (t.epoch == "" || !t.tended(now))
}

// tended reports whether somebody was at a rebuild of the territory lately. A
// time far ahead is of a clock that was set back since.
func (t *territory) tended(now time.Time) bool {
	return now.Sub(t.begun).Abs() <= rebuilding
}

func (t *territory) position() live.Position { return live.Position{Epoch: t.epoch, Seq: t.seq} }

// nextFence only rises, and stays near the clock so that it also rises over
// fences given out by engines before this one.
func (t *territory) nextFence(now time.Time) int64 {
	t.fence = max(t.fence+1, now.UnixMicro())
	return t.fence
}

// changed rebuilds the slot's state and tells everybody. A territory that is
// being rebuilt has nobody to tell.
func (t *territory) changed(s *slot) {
	s.rebuild()
	if !t.ready {
		return
	}
	t.seq++
	e := live.Event{Territory: t.name, Position: t.position(), State: s.state}
	t.log.add(e)
	for _, sink := range t.sinks {
		if sink.Event != nil {
			sink.Event(e)
		}
	}
}

func (t *territory) tellBroken() {
	for _, sink := range t.sinks {
		if sink.Broken != nil {
			sink.Broken()
		}
	}
}

// sweep ends the holds whose time has come, with one event per slot, and
// returns how many there were.
func (t *territory) sweep(now time.Time) int {
	if len(t.due) == 0 || t.due[0].ends().After(now) {
		return 0
	}
	var slots []*slot
	ended := 0
	for len(t.due) > 0 && !t.due[0].ends().After(now) {
		h := t.due[0]
		t.end(h)
		ended++
		if !h.slot.dirty {
			h.slot.dirty = true
			slots = append(slots, h.slot)
		}
	}
	for _, s := range slots {
		s.dirty = false
		t.changed(s)
	}
	return ended
}

// end takes a hold out of every index and remembers it; the caller tells.
func (t *territory) end(h *hold) {
	h.slot.drop(h)
	delete(t.holds, h.Token)
	t.due.remove(h)
	if !h.direct {
		if t.count[h.By]--; t.count[h.By] == 0 {
			delete(t.count, h.By)
		}
	}
	t.ended.add(ended{token: h.Token, by: h.By, seat: h.Seat, slot: h.Slot})
}

// gone says what became of a token that is no live hold.
func (t *territory) gone(token, by string) error {
	was, ok := t.ended.find(token)
	if !ok || was.by != by {
		return regulation.ErrHoldUnknown
	}
	if s := t.slots[was.slot]; s != nil && s.occupied(was.seat) {
		return regulation.ErrHoldSuperseded
	}
	return regulation.ErrHoldExpired
}
