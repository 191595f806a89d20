package memory

import (
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
)

// slot is a record with its holds.
type slot struct {
	record agenda.Record
	holds  []*hold   // by seat
	guard  time.Time // no new hold before
	state  regulation.SlotState
	dirty  bool // noted once in a sweep
}

// hold is a live hold.
type hold struct {
	regulation.Hold
	pin      time.Time // kept until then at least; zero when not pinned
	extended time.Time // when it was; zero when not
	direct   bool      // counts against no limit
	slot     *slot
	index    int // in the territory's heap
}

// ends is when the hold's time has come.
func (h *hold) ends() time.Time {
	if h.pin.After(h.ExpiresAt) {
		return h.pin
	}
	return h.ExpiresAt
}

// rebuild makes the state afresh; states handed out before stay as they were.
func (s *slot) rebuild() {
	held := make([]regulation.HeldSeat, len(s.holds))
	for i, h := range s.holds {
		held[i] = regulation.HeldSeat{By: h.Name, Holder: h.By, Until: h.ExpiresAt}
	}
	s.state = regulation.SlotState{Slot: s.record.Slot, Booked: len(s.record.Booked), Held: held}
}

// freeSeat is the lowest seat neither booked nor held, 0 for none.
func (s *slot) freeSeat() int {
	booked, holds := s.record.Booked, s.holds
	for seat := 1; seat <= s.record.Slot.Seats; seat++ {
		switch {
		case len(booked) > 0 && booked[0] == seat:
			booked = booked[1:]
		case len(holds) > 0 && holds[0].Seat == seat:
			holds = holds[1:]
		default:
			return seat
		}
	}
	return 0
}

func (s *slot) occupied(seat int) bool {
	return slices.Contains(s.record.Booked, seat) ||
		slices.ContainsFunc(s.holds, func(h *hold) bool { return h.Seat == seat })
}

func (s *slot) add(h *hold) {
	at, _ := slices.BinarySearchFunc(s.holds, h.Seat, func(o *hold, seat int) int { return o.Seat - seat })
	s.holds = slices.Insert(s.holds, at, h)
}

func (s *slot) drop(h *hold) {
	s.holds = slices.DeleteFunc(s.holds, func(other *hold) bool { return other == h })
}

// heldDetail names who holds the seat that comes free first.
func (s *slot) heldDetail() agenda.HeldDetail {
	first := slices.MinFunc(s.holds, func(a, b *hold) int { return a.ExpiresAt.Compare(b.ExpiresAt) })
	return agenda.HeldDetail{By: first.Name, Holder: first.By, Until: first.ExpiresAt}
}
