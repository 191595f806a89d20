package regulation

import (
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/agenda"
)

// look reads from the present where it carries the whole period, else from the
// record, with the holds that the present knows of. A nil ranking is by start.
func (s *Service) look(ctx context.Context, w wanted, r *ranking) (Board, error) {
	var b Board
	var held map[string][]HeldSeat
	at, err := s.Boards.Look(ctx, w.Territory, func(p *Supply) {
		switch {
		case !w.carried():
			held = p.held(w)
		case r != nil:
			b.Items = p.nearest(w, *r, w.Limit)
		default:
			b = w.page(p.byStart(w, w.Limit+1), Key{})
		}
	})
	if err != nil && !away(err) {
		return Board{}, err
	}
	degraded := err != nil
	if degraded || !w.carried() { // the record after the present: who took a held seat meanwhile shows twice, never not at all
		if b, err = s.lookUp(ctx, w, r, held); err != nil {
			return Board{}, err
		}
	}
	b.At, b.Degraded = at, degraded
	return b, nil
}

// carried reports whether the engine carries every slot of the period.
func (w *wanted) carried() bool {
	return !w.From.Before(w.now.Add(-agenda.WindowBack)) && !w.To.After(w.now.Add(sureAhead))
}

// lookUp reads from the record.
func (s *Service) lookUp(ctx context.Context, w wanted, r *ranking, held map[string][]HeldSeat) (Board, error) {
	depth := w.depth()
	records, err := s.Store.Records(ctx, SlotQuery{
		Territory: w.Territory, From: w.From, To: w.To, Practitioner: w.Practitioner, After: w.After, Limit: depth,
	})
	if err != nil {
		return Board{}, err
	}
	states := overlay(records, held)
	states = slices.DeleteFunc(states, func(s SlotState) bool { return !w.keeps(&s) })
	if r != nil {
		return Board{Items: r.best(states, w.now, w.Limit)}, nil
	}
	var cut Key
	if len(records) == depth {
		last := records[depth-1].Slot
		cut = Key{At: last.Start, ID: last.ID}
	}
	return w.page(unranked(states), cut), nil
}

// depth is how many records one look reads: a page and one more, or all that a
// ranking or a filter may need.
func (w *wanted) depth() int {
	if !w.ranked() && !w.FreeOnly && !w.forCPTS {
		return w.Limit + 1
	}
	return maxRanked
}

// overlay shows records with the holds that the engine knows of.
func overlay(records []agenda.Record, held map[string][]HeldSeat) []SlotState {
	states := make([]SlotState, len(records))
	for i, r := range records {
		states[i] = SlotState{Slot: r.Slot, Booked: len(r.Booked), Held: held[r.Slot.ID]}
	}
	return states
}

func unranked(states []SlotState) []Ranked {
	items := make([]Ranked, len(states))
	for i, s := range states {
		items[i].State = s
	}
	return items
}

// page is the first page of what was seen. One that filters left short goes on
// where reading was cut off, the zero Key when all was read.
func (w *wanted) page(items []Ranked, cut Key) Board {
	if len(items) <= w.Limit {
		return Board{Items: items, Next: cut}
	}
	items = items[:w.Limit]
	last := items[w.Limit-1].State.Slot
	return Board{Items: items, Next: Key{At: last.Start, ID: last.ID}}
}
