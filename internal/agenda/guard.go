package agenda

import (
	"context"
	"errors"
	"time"

	"github.com/relais-snp/relais/internal/fault"
)

// guarded is what the live engine said of slots that are about to change.
type guarded struct {
	held map[string]error // by slot: who holds a seat now
	kept map[string]bool  // slots on which nobody can take a hold for a while
	away bool             // the engine is: nobody holds anything
	till time.Time        // beyond it nothing is held
}

// guardEach refuses new holds on slots that are about to change.
func (s *Service) guardEach(ctx context.Context, slots []Slot) (guarded, error) {
	now := s.now()
	g := guarded{held: map[string]error{}, kept: map[string]bool{}, till: now.AddDate(0, 0, guardDays)}
	for _, slot := range slots {
		if slot.Start.After(g.till) {
			continue
		}
		err := s.present.Guard(ctx, slot.Territory, slot.ID, now.Add(guardFor))
		switch {
		case err == nil:
			g.kept[slot.ID] = true
		case errors.Is(err, ErrSlotHeld):
			g.held[slot.ID] = err
		case fault.Of(err).Kind == fault.Unavailable:
			return guarded{away: true}, nil
		default:
			return guarded{}, err
		}
	}
	return g, nil
}

// guard is guardEach for changes that a hold forbids: it returns the slots that
// somebody holds, and the refusal that says who.
func (s *Service) guard(ctx context.Context, slots []Slot) (held []Slot, why error) {
	g, err := s.guardEach(ctx, slots)
	if err != nil {
		return nil, err
	}
	for _, slot := range slots {
		if refusal := g.held[slot.ID]; refusal != nil {
			held, why = append(held, slot), refusal
		}
	}
	return held, why
}

// free reports whether nobody can hold a seat of the slot while it changes. A
// slot that was published since the engine was asked is not.
func (g guarded) free(r Record) bool {
	return g.away || g.kept[r.Slot.ID] || r.Slot.Start.After(g.till) || len(r.Booked) >= r.Slot.Seats
}

// holder says who holds a seat of the slot, nil for nobody.
func (g guarded) holder(slot string) *HeldDetail {
	if d, ok := fault.Of(g.held[slot]).Detail.(HeldDetail); ok {
		return &d
	}
	return nil
}
