package live

import (
	"cmp"
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

// The keeper's rhythm and bounds.
const (
	expireEvery = 250 * time.Millisecond
	keepEvery   = time.Second
	rebuilders  = 6 // territories filled at a time
	// turnWithin ends a turn of the keeper or the relay whose database hangs
	// without a word, as behind a cable that was pulled; the next one asks anew.
	turnWithin = 30 * time.Second
)

// Record is how the keeper reads slots from SQL.
type Record interface {
	// RecordsBetween lists every slot of the territory that starts in
	// [from, to), withdrawn ones too, in no order.
	RecordsBetween(ctx context.Context, territory string, from, to time.Time) ([]agenda.Record, error)
	// LastFence returns the highest fence of the bookings of a territory's slots
	// that start at from or later, 0 for none.
	LastFence(ctx context.Context, territory string, from time.Time) (int64, error)
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

	mu   sync.Mutex
	next map[string]time.Time // when this process will move the window, moveEvery ahead at most
}

// NewKeeper returns a keeper of the given territories; Run must run.
func NewKeeper(engine Engine, record Record, territories func() []string, now func() time.Time, log *slog.Logger) *Keeper {
	return &Keeper{engine: engine, record: record, territories: territories, now: now, log: log,
		next: map[string]time.Time{}}
}

// Run keeps the engine until ctx ends. An outage is told once, and its end.
// Holds end beside, whatever a rebuild waits for.
func (k *Keeper) Run(ctx context.Context) {
	var beside sync.WaitGroup
	defer beside.Wait()
	beside.Go(func() { every(ctx, expireEvery, k.expire) })
	failing := false
	every(ctx, keepEvery, func(ctx context.Context) { failing = k.tell(ctx, failing, k.Keep(ctx)) })
}

// every does something now and at each tick until ctx ends.
func every(ctx context.Context, tick time.Duration, do func(context.Context)) {
	turns := time.NewTicker(tick)
	defer turns.Stop()
	for {
		do(ctx)
		select {
		case <-ctx.Done():
			return
		case <-turns.C:
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
// returns nil, every territory that nobody else is rebuilding answers. What
// cannot be asked is an error, and keeps nobody else from being kept.
func (k *Keeper) Keep(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, turnWithin)
	defer cancel()
	names := k.territories()
	lost, unasked := k.engine.Lost(ctx, names...)
	rebuilt := k.each(lost, func(name string) error { return k.rebuild(ctx, name) })
	if unasked != nil && len(lost) == 0 && k.engine.Ping(ctx) != nil {
		return unasked // nobody answers: no windows to move
	}
	moved := k.each(k.due(names), func(name string) error { return k.move(ctx, name) })
	return cmp.Or(rebuilt, moved, unasked)
}

// expire ends the holds whose time has come. Only territories that have such
// holds are called; one that is away has none.
func (k *Keeper) expire(ctx context.Context) {
	now := k.now()
	due, _ := k.engine.Due(ctx, now, k.territories()...) // Keep tells who cannot be asked
	_ = k.each(due, func(name string) error {
		_, err := k.engine.Expire(ctx, name, now)
		return err
	})
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
