package memory

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
)

// Apply brings slots to their records, by revision. Holds on a seat that is now
// booked, or on a withdrawn slot, are gone.
func (e *Engine) Apply(_ context.Context, name string, records ...agenda.Record) error {
	t := e.find(name)
	if t == nil {
		return regulation.ErrEngineAway
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.epoch == "" {
		return regulation.ErrEngineAway
	}
	for _, r := range records {
		t.apply(r)
	}
	return nil
}

func (t *territory) apply(r agenda.Record) {
	s := t.slots[r.Slot.ID]
	if s == nil {
		s = &slot{}
		t.slots[r.Slot.ID] = s
	} else if r.Slot.Revision <= s.record.Slot.Revision {
		return
	}
	s.record = agenda.Record{Slot: r.Slot, Booked: slices.Clone(r.Booked)}
	s.guard = time.Time{}
	for _, h := range slices.Clone(s.holds) {
		if r.Slot.Withdrawn() || h.Seat > r.Slot.Seats || slices.Contains(r.Booked, h.Seat) {
			t.end(h)
		}
	}
	t.changed(s)
}

// Trim forgets slots that ended before the given time, and their holds.
func (e *Engine) Trim(_ context.Context, name string, before time.Time) error {
	t, err := e.open(name)
	if err != nil {
		return err
	}
	defer t.mu.Unlock()
	for id, s := range t.slots {
		if !s.record.Slot.End.Before(before) {
			continue
		}
		for _, h := range slices.Clone(s.holds) {
			t.end(h)
		}
		delete(t.slots, id)
	}
	return nil
}

// Guard refuses new holds on a slot that nobody holds now.
func (e *Engine) Guard(_ context.Context, name, id string, until time.Time) error {
	t, err := e.open(name)
	if err != nil {
		return err
	}
	defer t.mu.Unlock()
	t.sweep(e.now())
	s := t.slots[id]
	switch {
	case s == nil:
		return nil
	case len(s.holds) > 0:
		return agenda.ErrSlotHeld.With(s.heldDetail())
	}
	s.guard = until
	return nil
}

// Expire ends the holds whose time has come.
func (e *Engine) Expire(_ context.Context, name string, now time.Time) (int, error) {
	t, err := e.open(name)
	if err != nil {
		return 0, err
	}
	defer t.mu.Unlock()
	return t.sweep(now), nil
}

// Due lists the territories with a hold whose time has come.
func (e *Engine) Due(_ context.Context, now time.Time, names ...string) ([]string, error) {
	var due []string
	for _, name := range names {
		t, err := e.open(name)
		if err != nil {
			continue
		}
		if len(t.due) > 0 && !t.due[0].ends().After(now) {
			due = append(due, name)
		}
		t.mu.Unlock()
	}
	return due, nil
}
