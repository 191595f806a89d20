package live

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

// The relay's bounds.
const (
	deliverFor = 1500 * time.Millisecond // a booking's answer waits no longer
	relayEvery = time.Second
	relayBatch = 256
	relayMost  = 1 << 16
	restAfter  = time.Second // no attempts at once after a failure
)

// Outbox is what SQL committed and the engine may not have taken yet.
type Outbox interface {
	// Pending lists announcements by rising id, at most limit.
	Pending(ctx context.Context, limit int) ([]agenda.Announcement, error)
	// Forget removes announcements; unknown ids are no error.
	Forget(ctx context.Context, ids []int64) error
}

// Relay carries records from SQL's outbox to the engine: at once when it can,
// later when it must. Nothing is forgotten before the engine took it, and an
// announcement carried twice changes nothing.
type Relay struct {
	engine Engine
	outbox Outbox
	now    func() time.Time
	log    *slog.Logger

	mu    sync.Mutex
	taken map[int64]bool       // by the engine, still in the outbox
	rests map[string]time.Time // until when, by territory; of everyone under ""
}

var _ agenda.Deliverer = (*Relay)(nil)

// NewRelay returns a relay; Run must run for the outbox to be emptied.
func NewRelay(engine Engine, outbox Outbox, now func() time.Time, log *slog.Logger) *Relay {
	return &Relay{engine: engine, outbox: outbox, now: now, log: log, taken: map[int64]bool{}, rests: map[string]time.Time{}}
}

// Deliver hands announcements to the engine at once, within a bounded time.
// What the engine does not take, Run does later; Run also forgets what it took,
// many at once, so that a booking does not pay a second transaction. It goes on
// when the request that announced is cancelled.
func (r *Relay) Deliver(ctx context.Context, announcements ...agenda.Announcement) {
	announcements = slices.DeleteFunc(slices.Clone(announcements), func(a agenda.Announcement) bool {
		return r.resting(a.Record.Slot.Territory)
	})
	if len(announcements) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), deliverFor)
	defer cancel()
	r.carry(ctx, announcements)
}

// Run empties the outbox until ctx ends.
func (r *Relay) Run(ctx context.Context) {
	every := time.NewTicker(relayEvery)
	defer every.Stop()
	for {
		if err := r.drain(ctx); err != nil && ctx.Err() == nil {
			r.log.Warn("outbox not relayed", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// drain carries what is pending, in order, until nothing more can be.
func (r *Relay) drain(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, turnWithin)
	defer cancel()
	if _, err := r.forget(ctx); err != nil {
		return err
	}
	limit := relayBatch
	for {
		pending, err := r.outbox.Pending(ctx, limit)
		if err != nil || len(pending) == 0 {
			return err
		}
		r.carry(ctx, pending)
		gone, err := r.forget(ctx)
		if err != nil || len(pending) < limit {
			return err
		}
		if gone == 0 && (limit >= relayMost || r.engine.Ping(ctx) != nil) {
			return nil
		}
		// What one territory cannot take yet must not block the others.
		limit = min(relayMost, relayBatch+2*max(0, len(pending)-gone))
	}
}

// forget removes from the outbox what the engine took.
func (r *Relay) forget(ctx context.Context) (int, error) {
	r.mu.Lock()
	ids := slices.Sorted(maps.Keys(r.taken))
	r.mu.Unlock()
	for batch := range slices.Chunk(ids, relayBatch) {
		if err := r.outbox.Forget(ctx, batch); err != nil {
			return 0, err
		}
		r.mu.Lock()
		for _, id := range batch {
			delete(r.taken, id)
		}
		r.mu.Unlock()
	}
	return len(ids), nil
}

// carry applies announcements territory by territory, keeping their order, and
// notes what the engine took.
func (r *Relay) carry(ctx context.Context, announcements []agenda.Announcement) {
	now := r.now()
	var order []string
	records := map[string][]agenda.Record{}
	ids := map[string][]int64{}
	for _, a := range announcements {
		t := a.Record.Slot.Territory
		if ids[t] == nil {
			order = append(order, t)
		}
		ids[t] = append(ids[t], a.ID)
		if inWindow(a.Record.Slot.Start, a.Record.Slot.End, now) {
			records[t] = append(records[t], a.Record)
		}
	}
	for _, t := range order {
		if len(records[t]) > 0 {
			if err := r.engine.Apply(ctx, t, records[t]...); err != nil {
				if r.rest(ctx, t, now) {
					return // nobody answers: the others would wait in vain
				}
				continue
			}
		}
		r.took(ids[t])
	}
}

func (r *Relay) resting(territory string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	return ahead(now, r.rests[territory], restAfter) || ahead(now, r.rests[""], restAfter)
}

// rest lets a territory that takes nothing alone for a while, or everyone when
// the engine does not answer at all.
func (r *Relay) rest(ctx context.Context, territory string, now time.Time) (everyone bool) {
	if everyone = r.engine.Ping(ctx) != nil; everyone {
		territory = ""
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rests[territory] = now.Add(restAfter)
	return everyone
}

func (r *Relay) took(ids []int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		r.taken[id] = true
	}
}
