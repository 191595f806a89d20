package live

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

// The keeper's rhythm and bounds.
const (
	keepEvery    = 250 * time.Millisecond
	lostEvery    = 4 // turns between looks for lost territories
	rebuildChunk = 200
	rebuilders   = 4
	// turnWithin ends a turn of the keeper or the relay whose database hangs
	// without a word, as behind a cable that was pulled; the next one asks anew.
	turnWithin = 30 * time.Second
)

// Record is how the keeper reads slots from SQL.
type Record interface {
	// RecordsBetween lists every slot of the territory that starts in
	// [from, to), withdrawn ones too, in no order.
	RecordsBetween(ctx context.Context, territory string, from, to time.Time) ([]agenda.Record, error)
}

// Keeper keeps the engine true to SQL as time passes: it ends holds, rebuilds
// lost territories and moves the window. Any number of processes may keep the
// same engine.
type Keeper struct {
	engine      Engine
	record      Record
	territories func() []string
	now         func() time.Time
	log         *slog.Logger

	mu    sync.Mutex
	moved map[string]time.Time // when this process last moved the window
}

// NewKeeper returns a keeper of the given territories; Run must run.
func NewKeeper(engine Engine, record Record, territories func() []string, now func() time.Time, log *slog.Logger) *Keeper {
	return &Keeper{engine: engine, record: record, territories: territories, now: now, log: log,
		moved: map[string]time.Time{}}
}

// Run keeps the engine until ctx ends. An outage is told once, and its end.
func (k *Keeper) Run(ctx context.Context) {
	every := time.NewTicker(keepEvery)
	defer every.Stop()
	failing := false
	for turn := 0; ; turn++ {
		if turn%lostEvery == 0 {
			failing = k.tell(ctx, failing, k.Keep(ctx))
		}
		k.expire(ctx)
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// tell says when keeping begins to fail and when it no longer does, and returns
// whether it fails.
func (k *Keeper) tell(ctx context.Context, failing bool, err error) bool {
	switch {
	case ctx.Err() != nil:
	case err != nil && !failing:
		k.log.Warn("live engine not kept, until it is said to be again", "err", err)
	case err == nil && failing:
		k.log.Info("live engine kept again")
	}
	return err != nil
}

// Keep rebuilds what is lost and moves windows, once; Run repeats it. After it
// returns nil, every territory that nobody else is rebuilding answers.
func (k *Keeper) Keep(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, turnWithin)
	defer cancel()
	names := k.territories()
	lost, err := k.engine.Lost(ctx, names...)
	if err != nil {
		return err
	}
	rebuilt := k.each(lost, func(name string) error { return k.rebuild(ctx, name) })
	moved := k.each(k.due(names), func(name string) error { return k.move(ctx, name) })
	if rebuilt != nil {
		return rebuilt
	}
	return moved
}

// expire ends the holds whose time has come. A territory that is away has none.
func (k *Keeper) expire(ctx context.Context) {
	for _, name := range k.territories() {
		if _, err := k.engine.Expire(ctx, name, k.now()); err != nil && k.engine.Ping(ctx) != nil {
			return // not one by one, while nobody answers
		}
	}
}

// each runs do for every territory, a few at a time, and returns one error.
func (k *Keeper) each(names []string, do func(string) error) (first error) {
	var all sync.WaitGroup
	var mu sync.Mutex
	slots := make(chan struct{}, rebuilders)
	for _, name := range names {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			if err := do(name); err != nil {
				mu.Lock()
				defer mu.Unlock()
				first = err
			}
		})
	}
	all.Wait()
	return first
}
