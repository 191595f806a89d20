package live

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

// rebuild fills a lost territory from SQL under a new epoch. What SQL commits
// meanwhile comes by the relay, and the highest revision stays.
func (k *Keeper) rebuild(ctx context.Context, name string) error {
	now := k.now()
	epoch, err := k.engine.Begin(ctx, name, now)
	if err != nil {
		return err
	}
	if err := k.fill(ctx, name, now); err != nil {
		return err
	}
	ok, err := k.engine.Ready(ctx, name, epoch)
	if err != nil {
		return err
	}
	if !ok {
		return nil // another process began later, and will open it
	}
	k.note(name, now)
	k.log.Info("live territory rebuilt", "territory", name, "epoch", epoch, "took", k.now().Sub(now))
	return nil
}

// move lets slots enter the window and forgets old ones. A territory that is
// away is rebuilt whole, later.
func (k *Keeper) move(ctx context.Context, name string) error {
	now := k.now()
	if _, err := k.engine.Position(ctx, name); err != nil {
		return nil
	}
	if err := k.fill(ctx, name, now); err != nil {
		return err
	}
	if err := k.engine.Trim(ctx, name, now.Add(-agenda.WindowBack)); err != nil {
		return err
	}
	k.note(name, now)
	return nil
}

// fill applies every record of the window; those known already change nothing.
func (k *Keeper) fill(ctx context.Context, name string, now time.Time) error {
	records, err := k.record.RecordsBetween(ctx, name, now.Add(-agenda.WindowBack), now.Add(agenda.WindowAhead+keeperMargin))
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(records, rebuildChunk) {
		if err := k.engine.Apply(ctx, name, chunk...); err != nil {
			return err
		}
	}
	return nil
}

// due lists the territories whose window this process has not moved lately.
func (k *Keeper) due(names []string) []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	now := k.now()
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return now.Sub(k.moved[name]) < moveEvery
	})
}

func (k *Keeper) note(name string, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.moved[name] = now
}
