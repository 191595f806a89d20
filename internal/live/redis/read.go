package redis

import (
	"context"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// Snapshot returns all slots at one position.
func (e *Engine) Snapshot(ctx context.Context, territory string) (live.Snapshot, error) {
	ans, err := e.call(ctx, scriptSnapshot, territory)
	if err != nil {
		return live.Snapshot{}, err
	}
	lives, static := pairs(ans.a), pairs(ans.b)
	states := make([]regulation.SlotState, 0, len(lives))
	for id, lively := range lives {
		s, err := stateOf(lively, static[id])
		if err != nil {
			return live.Snapshot{}, away(err)
		}
		states = append(states, s)
	}
	return live.Snapshot{Territory: territory, Position: ans.at, States: states}, nil
}

// Slots returns the slots of the territory, in no order.
func (e *Engine) Slots(ctx context.Context, territory string) ([]regulation.SlotState, error) {
	snap, err := e.Snapshot(ctx, territory)
	return snap.States, err
}

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

// Since returns the events after from while the log still has them.
func (e *Engine) Since(ctx context.Context, territory string, from live.Position) ([]live.Event, bool, error) {
	ans, err := e.call(ctx, scriptSince, territory, from.Epoch, from.Seq)
	if err != nil || ans.status != "ok" {
		return nil, false, err
	}
	texts, _ := ans.a.([]any)
	events := make([]live.Event, 0, len(texts))
	for _, text := range texts {
		line, _ := text.(string)
		event, err := eventOf(territory, line)
		if err != nil {
			return nil, false, away(err)
		}
		events = append(events, event)
	}
	return events, true, nil
}

// pairs reads what HGETALL gives a script.
func pairs(answer any) map[string]string {
	flat, _ := answer.([]any)
	m := make(map[string]string, len(flat)/2)
	for i := 0; i+1 < len(flat); i += 2 {
		key, _ := flat[i].(string)
		m[key], _ = flat[i+1].(string)
	}
	return m
}
