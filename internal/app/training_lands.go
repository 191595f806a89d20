package app

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/relais-snp/relais/internal/live/memory"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/territory"
)

// trainingLands are the territories of the trainees: they come and go.
type trainingLands struct {
	db     *store.DB
	engine *memory.Engine

	mu   sync.RWMutex
	open map[string]territory.Territory
}

// Territory returns one, or a NotFound fault "territory.unknown".
func (l *trainingLands) Territory(id string) (territory.Territory, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if t, ok := l.open[id]; ok {
		return t, nil
	}
	return territory.Territory{}, errNoTerritory
}

func (l *trainingLands) ids() []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return slices.Sorted(maps.Keys(l.open))
}

// Add opens an empty territory. The engine is ready before the keeper hears of
// it, and so has nothing to rebuild.
func (l *trainingLands) Add(ctx context.Context, t territory.Territory) error {
	epoch, err := l.engine.Begin(ctx, t.ID, now(), 0)
	if err != nil {
		return err
	}
	if _, err := l.engine.Ready(ctx, t.ID, epoch); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[t.ID] = t
	return nil
}

// Drop forgets a territory, in the engine and in the record.
func (l *trainingLands) Drop(ctx context.Context, id string) error {
	l.mu.Lock()
	delete(l.open, id)
	l.mu.Unlock()
	if _, err := l.engine.Begin(ctx, id, now(), 0); err != nil { // empties it
		return err
	}
	return l.db.ForgetTerritory(ctx, id)
}
