package live

import (
	"context"
	"hash/fnv"
	"slices"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

// rebuild fills a lost territory from SQL under a new epoch. What SQL commits
// meanwhile comes by the relay, and the highest revision stays.
func (k *Keeper) rebuild(ctx context.Context, name string) error {
	now := k.now()
	over, err := k.fences(ctx, name, now)
	if err != nil {
		return err
	}
	epoch, ok, err := k.engine.Claim(ctx, name, now, over)
	if err != nil || !ok {
		return err // another process was quicker
	}
	if err := k.fillAnew(ctx, name, epoch, now); err != nil {
		return err
	}
	if ok, err = k.engine.Ready(ctx, name, epoch); err != nil || !ok {
		return err // another process began later, and will open it
	}
	k.note(name, now.Add(soon(name)))
	k.log.Info("live territory rebuilt", "territory", name, "epoch", epoch, "took", k.now().Sub(now))
	return nil
}

// renewEvery leaves room for a few renewals that fail within the seconds after
// which a rebuild is anybody's again.
const renewEvery = time.Second

// fillAnew fills a territory that was begun and says meanwhile that somebody is
// at it: however long SQL takes, nobody begins it again.
func (k *Keeper) fillAnew(ctx context.Context, name, epoch string, now time.Time) error {
	within, done := context.WithCancel(ctx)
	var beside sync.WaitGroup
	defer beside.Wait()
	defer done()
	beside.Go(func() {
		every(within, renewEvery, func(ctx context.Context) {
			_, _ = k.engine.Renew(ctx, name, epoch, k.now()) // Ready says whose it is
		})
	})
	return k.fill(ctx, name, now)
}

// underWay is longer than any hold given out by a lost engine can still be booked.
const underWay = time.Hour

// fences returns what new fences must exceed. They follow the clock: one that was
// set back would give out fences below those of bookings made before, and SQL
// would refuse every hold on those seats until the clock had caught up.
func (k *Keeper) fences(ctx context.Context, name string, now time.Time) (int64, error) {
	last, err := k.record.LastFence(ctx, name, now.Add(-agenda.WindowBack))
	if last >= now.UnixMicro() {
		last += underWay.Microseconds()
	}
	return last, err
}

// move lets slots enter the window and forgets old ones. A territory that is
// away is rebuilt whole, later, or was not gone for good.
func (k *Keeper) move(ctx context.Context, name string) error {
	now := k.now()
	k.note(name, now.Add(moveAgain)) // unless it succeeds: the others have their turn meanwhile
	if _, err := k.engine.Position(ctx, name); err != nil {
		return nil
	}
	if err := k.fill(ctx, name, now); err != nil {
		return err
	}
	if err := k.engine.Trim(ctx, name, now.Add(-agenda.WindowBack)); err != nil {
		return err
	}
	k.note(name, now.Add(soon(name)))
	return nil
}

// fill applies every record of the window; those known already change nothing.
func (k *Keeper) fill(ctx context.Context, name string, now time.Time) error {
	records, err := k.record.RecordsBetween(ctx, name, now.Add(-agenda.WindowBack), now.Add(agenda.WindowAhead+keeperMargin))
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(records, fillChunk) {
		if err := k.engine.Apply(ctx, name, chunk...); err != nil {
			return err
		}
	}
	return nil
}

// due lists the territories whose window this process is to move now, a share
// of them at most: after a start all are due, and none is in a hurry.
func (k *Keeper) due(names []string) []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	now, most := k.now(), fewMoves+len(names)/movesShare
	var due []string
	for _, name := range names {
		if ahead(now, k.next[name], moveEvery) {
			continue
		}
		if due = append(due, name); len(due) == most {
			break
		}
	}
	return due
}

func (k *Keeper) note(name string, next time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next[name] = next
}

// soon is when a territory's window moves again. It differs by name, so that
// territories rebuilt in one second do not move in one second.
func soon(name string) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	share := time.Duration(h.Sum32()%1000) * moveEvery / 2000
	return moveEvery/2 + share
}
