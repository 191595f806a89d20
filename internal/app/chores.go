package app

import (
	"context"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/notice"
	"github.com/relais-snp/relais/internal/store"
)

// chore is work that comes back. A failure is noted and tried again next time.
type chore struct {
	name  string
	every time.Duration
	do    func(context.Context) error
}

func (h *house) chores() []chore {
	chores := []chore{
		{"materialise recurring openings", time.Hour, func(ctx context.Context) error {
			_, err := h.openings.Materialise(ctx)
			return err
		}},
		{"end overdue solicitations", 2 * time.Second, h.regulation.Expire},
		{"chain the audit", 5 * time.Second, h.db.ChainAudit},
		{"forget old answers", time.Hour, func(ctx context.Context) error { return h.db.ForgetAnswers(ctx, now().AddDate(0, 0, -7)) }},
		{"forget old failed sign-ins", time.Hour, h.accounts.ForgetOldTries},
		{"forget what waits for territories that left", time.Hour, func(ctx context.Context) error {
			_, err := store.Live{DB: h.db}.Abandon(ctx, h.atlas.ids(), now().Add(-time.Hour))
			return err
		}},
		{"forget old notices", time.Hour, func(ctx context.Context) error {
			return store.Notices{DB: h.db}.Forget(ctx, now().Add(-notice.Kept))
		}},
		{"forget ended sessions", time.Hour, func(ctx context.Context) error { return h.sessions().ForgetExpired(ctx, now()) }},
	}
	if h.attribution != nil {
		chores = append(chores,
			chore{"end overdue offers", time.Minute, h.attribution.Expire},
			chore{"forget old identities", time.Hour, h.attribution.ForgetOld})
	}
	if h.books != nil {
		chores = append(chores, chore{"earn majorations", time.Minute, h.books.ReconcileMajorations})
	}
	return chores
}

// work runs the relay, the keeper, the desk of notices and the chores until ctx ends, and returns
// when all of them have. The desk goes last: chores tell it things to their end.
func (h *house) work(ctx context.Context) {
	outlive(ctx, h.desk.Run, func(ctx context.Context) {
		var all sync.WaitGroup
		all.Go(func() { h.relay.Run(ctx) })
		all.Go(func() { h.keeper.Run(ctx) })
		for _, c := range h.chores() {
			all.Go(func() { h.again(ctx, c) })
		}
		all.Wait()
	})
}

// outlive runs both until ctx ends, and last until the other has returned.
func outlive(ctx context.Context, last, other func(context.Context)) {
	going, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var all sync.WaitGroup
	all.Go(func() { last(going) })
	other(ctx)
	stop()
	all.Wait()
}

func (h *house) again(ctx context.Context, c chore) {
	ticker := time.NewTicker(c.every)
	defer ticker.Stop()
	for {
		if err := c.do(ctx); err != nil && ctx.Err() == nil {
			h.log.Warn("chore failed", "chore", c.name, "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}
