package redis

import (
	"context"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// sincePage is how many events one script returns.
const sincePage = 500

// Slot returns one slot, or ErrOutsideWindow.
func (e *Engine) Slot(ctx context.Context, territory, slot string) (regulation.SlotState, error) {
	ans, err := e.call(ctx, scriptSlot, territory, slot)
	if err != nil {
		return regulation.SlotState{}, err
	}
	if err := refusals[ans.status]; err != nil {
		return regulation.SlotState{}, err
	}
	lively, _ := ans.a.(string)
	static, _ := ans.b.(string)
	s, err := stateOf(lively, static)
	return s, away(err)
}

// Since returns the events after from while the log still has them, up to where
// the territory stood at first.
func (e *Engine) Since(ctx context.Context, territory string, from live.Position) (events []live.Event, ok bool, err error) {
	for at, to := from, from; ; {
		ans, err := e.call(ctx, scriptSince, territory, at.Epoch, at.Seq, sincePage)
		if err != nil || ans.status != "ok" {
			return nil, false, err
		}
		if at == from {
			to = ans.at
		}
		texts, _ := ans.a.([]any)
		for _, text := range texts {
			line, _ := text.(string)
			event, err := eventOf(territory, line)
			if err != nil {
				return nil, false, away(err)
			}
			events, at = append(events, event), event.Position
		}
		if len(texts) == 0 || at.Seq >= to.Seq {
			return events, true, nil
		}
	}
}
