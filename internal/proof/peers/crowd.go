package peers

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// pace is how often one line asks: just under its twenty a second.
const pace = 51 * time.Millisecond

// Crowd lets every hand hold and release a slot of its own, about twenty changes
// a second each, until ctx ends. It returns how to wait for the end, and what
// went wrong.
func (r *Relais) Crowd(ctx context.Context) (wait func() error, err error) {
	ctx, stop := context.WithCancelCause(ctx)
	var all sync.WaitGroup
	for i := range hands {
		who, slot := r.people.Regulators[2+i/20], r.slots[steady+i]
		h, err := r.hand(ctx, who)
		if err != nil {
			stop(err)
			return nil, err
		}
		all.Go(func() {
			defer h.line.Close()
			if err := h.fidget(ctx, slot, time.Duration(i)*pace/hands); err != nil && ctx.Err() == nil {
				stop(err)
			}
		})
	}
	return func() error {
		all.Wait()
		defer stop(nil)
		if err := context.Cause(ctx); !errors.Is(err, context.Canceled) {
			return err
		}
		return nil
	}, nil
}

// fidget holds and releases, after a while of its own so that the hands do not
// all move at once.
func (h *hand) fidget(ctx context.Context, slot proof.Slot, after time.Duration) error {
	first := time.NewTimer(after)
	defer first.Stop()
	select {
	case <-first.C:
	case <-ctx.Done():
		return nil
	}
	every := time.NewTicker(pace)
	defer every.Stop()
	next := proof.Command{Op: "hold", Slot: slot.ID}
	for {
		if err := h.ask(next); err != nil {
			return err
		}
		if next.Op == "hold" {
			token, err := h.token(h.asked)
			if err != nil {
				return err
			}
			next = proof.Command{Op: "release", Hold: token}
		} else {
			next = proof.Command{Op: "hold", Slot: slot.ID}
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			return nil
		}
	}
}
