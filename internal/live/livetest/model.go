package livetest

import (
	"errors"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
)

// model is the contract once more, as plainly as possible: no index, no
// bookkeeping, everything looked up when needed.
type model struct {
	records map[string]agenda.Record
	holds   []*modelHold // live ones
	ended   []*modelHold
	guards  map[string]time.Time
	changes int64
}

type modelHold struct {
	regulation.Hold
	pin, extended time.Time
	direct        bool
}

func newModel() *model {
	return &model{records: map[string]agenda.Record{}, guards: map[string]time.Time{}}
}

func (h *modelHold) over(now time.Time) bool { return !h.ExpiresAt.After(now) && !h.pin.After(now) }

// endWhere ends holds and counts a change for every slot concerned.
func (m *model) endWhere(over func(*modelHold) bool) (ended int) {
	touched := map[string]bool{}
	var live []*modelHold
	for _, h := range m.holds {
		if over(h) {
			m.ended = append(m.ended, h)
			touched[h.Slot] = true
		} else {
			live = append(live, h)
		}
	}
	ended = len(m.holds) - len(live)
	m.holds = live
	m.changes += int64(len(touched))
	return ended
}

func (m *model) sweep(now time.Time) int {
	return m.endWhere(func(h *modelHold) bool { return h.over(now) })
}

func (m *model) due(now time.Time) bool {
	return slices.ContainsFunc(m.holds, func(h *modelHold) bool { return h.over(now) })
}

func (m *model) at(slot string, seat int) bool {
	return slices.Contains(m.records[slot].Booked, seat) ||
		slices.ContainsFunc(m.holds, func(h *modelHold) bool { return h.Slot == slot && h.Seat == seat })
}

func (m *model) seat(slot string) int {
	for seat := 1; seat <= m.records[slot].Slot.Seats; seat++ {
		if !m.at(slot, seat) {
			return seat
		}
	}
	return 0
}

func (m *model) counted(by string) (n int) {
	for _, h := range m.holds {
		if h.By == by && !h.direct {
			n++
		}
	}
	return n
}

func (m *model) hold(r regulation.HoldRequest) (*modelHold, error) {
	m.sweep(r.Now)
	rec, carried := m.records[r.Slot]
	switch {
	case !carried:
		return nil, regulation.ErrOutsideWindow
	case rec.Slot.Withdrawn() || m.guards[r.Slot].After(r.Now):
		return nil, regulation.ErrSeatWithdrawn
	case !rec.Slot.Start.After(r.Now):
		return nil, regulation.ErrSlotPast
	case m.seat(r.Slot) == 0:
		return nil, regulation.ErrSlotTaken
	case !r.Pinned && m.counted(r.By) >= r.Limit:
		return nil, regulation.ErrHoldLimit
	}
	h := &modelHold{direct: r.Pinned, Hold: regulation.Hold{Token: r.Token, Slot: r.Slot, Seat: m.seat(r.Slot),
		By: r.By, Name: r.Name, ExpiresAt: r.Until}}
	m.holds = append(m.holds, h)
	m.changes++
	return h, nil
}

// find returns a live hold, or what became of it.
func (m *model) find(token string) (*modelHold, error) {
	same := func(h *modelHold) bool { return h.Token == token }
	if i := slices.IndexFunc(m.holds, same); i >= 0 {
		return m.holds[i], nil
	}
	i := slices.IndexFunc(m.ended, same)
	switch {
	case i < 0:
		return nil, regulation.ErrHoldUnknown
	case m.at(m.ended[i].Slot, m.ended[i].Seat):
		return nil, regulation.ErrHoldSuperseded
	}
	return nil, regulation.ErrHoldExpired
}

func (m *model) extend(token string, now time.Time, more time.Duration) error {
	m.sweep(now)
	h, err := m.find(token)
	switch {
	case err != nil:
		return err
	case h.Extended && h.extended.Equal(now):
		return nil
	case h.Extended:
		return regulation.ErrHoldExtended
	}
	h.Extended, h.extended, h.ExpiresAt = true, now, h.ExpiresAt.Add(more)
	m.changes++
	return nil
}

func (m *model) pin(token string, now, until time.Time) error {
	m.sweep(now)
	h, err := m.find(token)
	if err == nil {
		h.pin = until
	}
	return err
}

func (m *model) unpin(token string) error {
	h, err := m.find(token)
	if err == nil {
		h.pin = time.Time{}
	}
	return unlessEnded(err)
}

func (m *model) release(token string, now time.Time) error {
	m.sweep(now)
	_, err := m.find(token)
	m.endWhere(func(h *modelHold) bool { return h.Token == token })
	return unlessEnded(err)
}

// unlessEnded forgives what came too late.
func unlessEnded(err error) error {
	if errors.Is(err, regulation.ErrHoldUnknown) {
		return err
	}
	return nil
}

func (m *model) guard(slot string, now, until time.Time) error {
	m.sweep(now)
	if slices.ContainsFunc(m.holds, func(h *modelHold) bool { return h.Slot == slot }) {
		return agenda.ErrSlotHeld
	}
	m.guards[slot] = until
	return nil
}

func (m *model) apply(r agenda.Record) {
	if old, known := m.records[r.Slot.ID]; known && old.Slot.Revision >= r.Slot.Revision {
		return
	}
	m.records[r.Slot.ID] = r
	delete(m.guards, r.Slot.ID)
	before := m.changes
	m.endWhere(func(h *modelHold) bool {
		return h.Slot == r.Slot.ID && (r.Slot.Withdrawn() || slices.Contains(r.Booked, h.Seat))
	})
	m.changes = before + 1
}

func (m *model) states() map[string]regulation.SlotState {
	states := map[string]regulation.SlotState{}
	for id, r := range m.records {
		s := regulation.SlotState{Slot: r.Slot, Booked: len(r.Booked)}
		for seat := 1; seat <= r.Slot.Seats; seat++ {
			for _, h := range m.holds {
				if h.Slot == id && h.Seat == seat {
					s.Held = append(s.Held, regulation.HeldSeat{By: h.Name, Holder: h.By, Until: h.ExpiresAt})
				}
			}
		}
		states[id] = s
	}
	return states
}
