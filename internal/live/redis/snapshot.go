package redis

import (
	"context"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// Snapshot returns all slots at one position: as they are read page by page,
// and on top of that whatever changed since the first page.
func (e *Engine) Snapshot(ctx context.Context, territory string) (snap live.Snapshot, err error) {
	err = e.scanning(ctx, territory, func() error {
		snap, err = e.snapshot(ctx, territory)
		return err
	})
	return snap, err
}

// Slots returns the slots of the territory, in no order.
func (e *Engine) Slots(ctx context.Context, territory string) ([]regulation.SlotState, error) {
	snap, err := e.Snapshot(ctx, territory)
	return snap.States, err
}

func (e *Engine) snapshot(ctx context.Context, territory string) (live.Snapshot, error) {
	keys := e.sight(territory).keys
	h := newHalves()
	s, err := e.scanAll(ctx, territory, []string{keys[1], keys[2]}, h.take)
	states, errRead := h.join()
	if err != nil {
		return live.Snapshot{}, err
	}
	if errRead != nil {
		return live.Snapshot{}, away(errRead)
	}
	snap := live.Snapshot{Territory: territory, Position: s.to}
	if s.from != s.to {
		events, ok, err := e.Since(ctx, territory, s.from)
		if err != nil {
			return live.Snapshot{}, err
		}
		if !ok {
			return live.Snapshot{}, errAgain
		}
		for _, event := range events {
			states[event.State.Slot.ID], snap.Position = event.State, event.Position
		}
	}
	snap.States = make([]regulation.SlotState, 0, len(states))
	for _, s := range states {
		snap.States = append(snap.States, s)
	}
	return snap, nil
}

// halves are both halves of slots, decoded while the next ones are fetched.
type halves struct {
	pages   chan page
	read    chan error
	statics map[string]agenda.Slot
	lives   map[string]storedSlot
}

type page struct {
	lively bool
	values []string
}

func newHalves() *halves {
	h := &halves{pages: make(chan page, 2), read: make(chan error, 1),
		statics: map[string]agenda.Slot{}, lives: map[string]storedSlot{}}
	go func() { h.read <- h.decode() }()
	return h
}

// take hands pages of the static hash, 0, and of the live one, 1, over.
func (h *halves) take(hash int, values []string) { h.pages <- page{hash == 1, values} }

func (h *halves) decode() (err error) {
	for p := range h.pages {
		for i := 0; i+1 < len(p.values) && err == nil; i += 2 {
			err = h.add(p.lively, p.values[i], p.values[i+1])
		}
	}
	return err
}

func (h *halves) add(lively bool, id, text string) (err error) {
	if lively {
		h.lives[id], err = livelyOf(text)
	} else {
		h.statics[id], err = staticOf(text)
	}
	return err
}

// join ends the reading and returns the slots that have both halves. One that
// has not was trimmed meanwhile, or came, and is among the events.
func (h *halves) join() (map[string]regulation.SlotState, error) {
	close(h.pages)
	if err := <-h.read; err != nil {
		return nil, err
	}
	states := make(map[string]regulation.SlotState, len(h.lives))
	for id, lively := range h.lives {
		if slot, ok := h.statics[id]; ok {
			states[id] = lively.of(slot)
		}
	}
	return states, nil
}
