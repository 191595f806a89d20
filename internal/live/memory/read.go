package memory

import (
	"context"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// Position returns where the territory stands.
func (e *Engine) Position(_ context.Context, name string) (live.Position, error) {
	t, err := e.open(name)
	if err != nil {
		return live.Position{}, err
	}
	defer t.mu.Unlock()
	return t.position(), nil
}

// Positions returns where the territories stand that are ready.
func (e *Engine) Positions(_ context.Context, names ...string) (map[string]live.Position, error) {
	at := make(map[string]live.Position, len(names))
	for _, name := range names {
		if t, err := e.open(name); err == nil {
			at[name] = t.position()
			t.mu.Unlock()
		}
	}
	return at, nil
}

// Snapshot returns all slots at one position.
func (e *Engine) Snapshot(_ context.Context, name string) (live.Snapshot, error) {
	t, err := e.open(name)
	if err != nil {
		return live.Snapshot{}, err
	}
	defer t.mu.Unlock()
	states := make([]regulation.SlotState, 0, len(t.slots))
	for _, s := range t.slots {
		states = append(states, s.state)
	}
	return live.Snapshot{Territory: name, Position: t.position(), States: states}, nil
}

// Since returns the events after from while the log still has them.
func (e *Engine) Since(_ context.Context, name string, from live.Position) ([]live.Event, bool, error) {
	t, err := e.open(name)
	if err != nil {
		return nil, false, err
	}
	defer t.mu.Unlock()
	if from.Epoch != t.epoch || from.Seq > t.seq || from.Seq < 0 {
		return nil, false, nil
	}
	events, ok := t.log.last(int(t.seq - from.Seq))
	return events, ok, nil
}

// Slots returns the slots of the territory, in no order.
func (e *Engine) Slots(ctx context.Context, name string) ([]regulation.SlotState, error) {
	snap, err := e.Snapshot(ctx, name)
	return snap.States, err
}

// Slot returns one slot, or ErrOutsideWindow.
func (e *Engine) Slot(_ context.Context, name, id string) (regulation.SlotState, error) {
	t, err := e.open(name)
	if err != nil {
		return regulation.SlotState{}, err
	}
	defer t.mu.Unlock()
	s := t.slots[id]
	if s == nil {
		return regulation.SlotState{}, regulation.ErrOutsideWindow
	}
	return s.state, nil
}
