package redis

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
)

// refusals are the statuses of scripts as domain errors.
var refusals = map[string]error{
	"withdrawn":  regulation.ErrSeatWithdrawn,
	"past":       regulation.ErrSlotPast,
	"limit":      regulation.ErrHoldLimit,
	"outside":    regulation.ErrOutsideWindow,
	"unknown":    regulation.ErrHoldUnknown,
	"expired":    regulation.ErrHoldExpired,
	"superseded": regulation.ErrHoldSuperseded,
	"extended":   regulation.ErrHoldExtended,
}

// Hold takes the lowest free seat; see regulation.Present.
func (e *Engine) Hold(ctx context.Context, r regulation.HoldRequest) (regulation.Hold, error) {
	if _, slot, ok := regulation.SplitToken(r.Token); !ok || slot != r.Slot {
		return regulation.Hold{}, regulation.ErrHoldUnknown
	}
	direct := "0"
	if r.Pinned {
		direct = "1"
	}
	ans, err := e.call(ctx, scriptHold, r.Territory, r.Now.UnixMilli(), r.Now.UnixMicro(),
		r.Token, r.Slot, r.By, r.Name, r.Case, r.Until.UnixMilli(), r.Limit, direct)
	if err != nil {
		return regulation.Hold{}, err
	}
	if ans.status == "taken" {
		return regulation.Hold{}, refuseHeld(regulation.ErrSlotTaken, ans.a)
	}
	return holdOf(r.Territory, r.Slot, ans)
}

// Extend puts the end of the hold off, once; see regulation.Present.
func (e *Engine) Extend(ctx context.Context, token, by string, now time.Time, more time.Duration) (regulation.Hold, error) {
	return e.onHold(ctx, scriptExtend, token, now.UnixMilli(), token, slotOf(token), by, more.Milliseconds())
}

// Pin keeps the hold while SQL works; see regulation.Present.
func (e *Engine) Pin(ctx context.Context, token, by string, now, until time.Time) (regulation.Hold, error) {
	return e.onHold(ctx, scriptPin, token, now.UnixMilli(), token, slotOf(token), by, until.UnixMilli())
}

// Release frees the seat; see regulation.Present.
func (e *Engine) Release(ctx context.Context, token, by string, now time.Time) error {
	_, err := e.onHold(ctx, scriptRelease, token, now.UnixMilli(), token, slotOf(token), by)
	return err
}

// Unpin gives the hold its own end back; see regulation.Present.
func (e *Engine) Unpin(ctx context.Context, token, by string) error {
	_, err := e.onHold(ctx, scriptUnpin, token, token, slotOf(token), by)
	return err
}

// Guard refuses new holds on a slot; see agenda.Present.
func (e *Engine) Guard(ctx context.Context, territory, slot string, until time.Time) error {
	ans, err := e.call(ctx, scriptGuard, territory, e.now().UnixMilli(), slot, until.UnixMilli())
	if err == nil && ans.status == "held" {
		return refuseHeld(agenda.ErrSlotHeld, ans.a)
	}
	return err
}

// Expire ends the holds whose time has come.
func (e *Engine) Expire(ctx context.Context, territory string, now time.Time) (int, error) {
	ans, err := e.call(ctx, scriptExpire, territory, now.UnixMilli())
	n, _ := ans.a.(int64)
	return int(n), err
}

// onHold runs a script about one hold, in the territory that its token names.
func (e *Engine) onHold(ctx context.Context, s script, token string, args ...any) (regulation.Hold, error) {
	territory, slot, ok := regulation.SplitToken(token)
	if !ok {
		return regulation.Hold{}, regulation.ErrHoldUnknown
	}
	ans, err := e.call(ctx, s, territory, args...)
	if err != nil {
		return regulation.Hold{}, err
	}
	return holdOf(territory, slot, ans)
}

func slotOf(token string) string {
	_, slot, _ := regulation.SplitToken(token)
	return slot
}
