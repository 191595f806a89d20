package demo

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
)

// The pace of simulated colleagues.
const (
	pause     = 6 * time.Second  // between two acts, at least
	spread    = 12 * time.Second // and up to this much more
	talk      = 10 * time.Second // a hold lasts at least this
	fewFree   = 20               // below this, GPs publish again
	booksIn   = 3                // one hold in so many becomes a booking
	lookAhead = 6 * time.Hour
)

// Colleagues hold, book and release now and then, and GPs publish when little
// is free, until the context ends.
type Colleagues struct {
	World
	Cast Cast
	// After is time.After, or a test's.
	After func(time.Duration) <-chan time.Time
	dice  *rand.Rand
	who   []account.Actor
}

// Run lives on until ctx ends. Refusals are part of life and only noted; an
// error means that nobody is there to act.
func (c *Colleagues) Run(ctx context.Context) (err error) {
	if c.who, err = colleagues(ctx, c.World); err != nil || len(c.who) == 0 {
		return err
	}
	c.dice = dice(uint64(c.Now().UnixNano()))
	for {
		if !c.wait(ctx, pause+time.Duration(c.dice.Int64N(int64(spread)))) {
			return nil
		}
		if err := c.act(ctx); err != nil && !errors.Is(err, context.Canceled) {
			slog.DebugContext(ctx, "demo colleague", "err", err)
		}
	}
}

// act is one caller, or one GP who publishes.
func (c *Colleagues) act(ctx context.Context) error {
	who := c.who[c.dice.IntN(len(c.who))]
	now := c.Now()
	board, err := c.Regulation.Slots(ctx, who, regulation.BoardQuery{
		Territory: c.Territory.ID, From: now.Add(10 * time.Minute), To: now.Add(lookAhead), FreeOnly: true,
	})
	if err != nil {
		return err
	}
	free := c.forColleagues(board.Items)
	if len(free) < fewFree {
		return c.publish(ctx, now)
	}
	return c.regulate(ctx, who, free[c.dice.IntN(len(free))].State.Slot)
}

// forColleagues leaves the slots of the first two GPs to visitors.
func (c *Colleagues) forColleagues(items []regulation.Ranked) []regulation.Ranked {
	var free []regulation.Ranked
	for _, it := range items {
		gp := it.State.Slot.Practitioner
		if gp != c.Cast.Practitioners[0].ID && gp != c.Cast.Practitioners[1].ID {
			free = append(free, it)
		}
	}
	return free
}

// regulate opens a case, holds a slot, talks, and books or lets go.
func (c *Colleagues) regulate(ctx context.Context, who account.Actor, slot agenda.Slot) error {
	p := c.Cast.patient(c.dice, civil.DateOf(c.Now(), c.Territory.Zone))
	reason := reasons[c.dice.IntN(len(reasons))]
	kase, err := c.Regulation.OpenCase(ctx, who, regulation.CaseDraft{
		Territory: c.Territory.ID, Commune: &p.Commune, Reason: &reason, MT: &p.MT,
	})
	if err != nil {
		return err
	}
	h, err := c.Regulation.Hold(ctx, who, slot.ID, kase.ID)
	if err != nil {
		_, closing := c.Regulation.CloseCase(ctx, who, kase.ID, regulation.Closing{Outcome: regulation.Abandoned})
		return errors.Join(err, closing)
	}
	c.wait(ctx, talk+time.Duration(c.dice.Int64N(int64(spread))))
	if c.dice.IntN(booksIn) == 0 {
		_, err = c.Regulation.Book(ctx, who, regulation.BookRequest{Hold: h.Token, Case: kase.ID, Patient: p,
			Reason: reason, Key: c.NewID(), Acknowledge: []string{regulation.AckSamePatient}})
		return err
	}
	end := context.WithoutCancel(ctx) // a visitor who stops the demo leaves no hold behind
	_, err = c.Regulation.CloseCase(end, who, kase.ID, regulation.Closing{Outcome: regulation.Advice})
	return errors.Join(c.Regulation.Release(end, who, h.Token), err)
}

// publish has one GP give an hour from about now. One who already has slots
// then refuses, and another's turn comes next time.
func (c *Colleagues) publish(ctx context.Context, now time.Time) error {
	i := 2 + c.dice.IntN(Size-2)
	gp := c.Cast.Practitioners[i]
	start := now.UTC().Add(time.Duration(20+c.dice.IntN(240)) * time.Minute).Truncate(15 * time.Minute)
	_, _, err := c.Openings.Publish(ctx, c.Cast.actor(i), agenda.Draft{
		Practitioner: gp.ID, Location: gp.Locations[0], Start: start, End: start.Add(time.Hour),
		SlotMinutes: 15, Modality: modalityOf(i), Audience: audienceOf(i),
	}, c.NewID())
	return err
}

func (c *Colleagues) wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-c.After(d):
		return true
	}
}
