package memory

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// Hold takes the lowest free seat; see regulation.Present.
func (e *Engine) Hold(_ context.Context, r regulation.HoldRequest) (regulation.Hold, error) {
	t, err := e.open(r.Territory)
	if err != nil {
		return regulation.Hold{}, err
	}
	defer t.mu.Unlock()
	t.sweep(r.Now)
	if h := t.holds[r.Token]; h != nil {
		if h.By != r.By || h.Slot != r.Slot {
			return regulation.Hold{}, regulation.ErrHoldUnknown
		}
		return h.Hold, nil
	}
	s := t.slots[r.Slot]
	seat, err := t.seatFor(s, r)
	if err != nil {
		return regulation.Hold{}, err
	}
	h := t.take(s, seat, r)
	t.changed(s)
	return h.Hold, nil
}

// seatFor decides whether the request may have a seat, and which.
func (t *territory) seatFor(s *slot, r regulation.HoldRequest) (int, error) {
	if _, spent := t.ended.find(r.Token); spent {
		return 0, regulation.ErrHoldExpired
	}
	switch {
	case s == nil:
		return 0, regulation.ErrOutsideWindow
	case s.record.Slot.Withdrawn() || s.guard.After(r.Now):
		return 0, regulation.ErrSeatWithdrawn
	case !s.record.Slot.Start.After(r.Now):
		return 0, regulation.ErrSlotPast
	}
	seat := s.freeSeat()
	switch {
	case seat == 0 && len(s.holds) > 0:
		return 0, regulation.ErrSlotTaken.With(s.heldDetail())
	case seat == 0:
		return 0, regulation.ErrSlotTaken
	case r.Limit > 0 && !r.Pinned && t.count[r.By] >= r.Limit:
		return 0, regulation.ErrHoldLimit
	}
	return seat, nil
}

// take puts a new hold into every index.
func (t *territory) take(s *slot, seat int, r regulation.HoldRequest) *hold {
	h := &hold{slot: s, direct: r.Pinned, Hold: regulation.Hold{
		Token: r.Token, Territory: r.Territory, Slot: r.Slot, Seat: seat, Fence: t.nextFence(r.Now),
		By: r.By, Name: r.Name, Case: r.Case, ExpiresAt: clip(r.Until),
	}}
	s.add(h)
	t.holds[h.Token] = h
	t.due.add(h)
	if !h.direct {
		t.count[h.By]++
	}
	return h
}

// Extend puts the end of the hold off, once. The same call of the same moment is
// the same extension.
func (e *Engine) Extend(_ context.Context, token, by string, now time.Time, more time.Duration) (regulation.Hold, error) {
	t, h, err := e.held(token, by, now)
	if err != nil {
		return regulation.Hold{}, err
	}
	defer t.mu.Unlock()
	if h.Extended && h.extended.Equal(clip(now)) {
		return h.Hold, nil
	}
	if h.Extended {
		return regulation.Hold{}, regulation.ErrHoldExtended
	}
	h.Extended, h.extended, h.ExpiresAt = true, clip(now), clip(h.ExpiresAt.Add(more))
	t.due.fix(h)
	t.changed(h.slot)
	return h.Hold, nil
}

// Release frees the seat. A hold that ended before is no error for its holder.
func (e *Engine) Release(_ context.Context, token, by string, now time.Time) error {
	t, err := e.openFor(token)
	if err != nil {
		return err
	}
	defer t.mu.Unlock()
	t.sweep(now)
	h := t.holds[token]
	if h == nil {
		if was, ok := t.ended.find(token); ok && was.by == by {
			return nil
		}
		return regulation.ErrHoldUnknown
	}
	if h.By != by {
		return regulation.ErrHoldUnknown
	}
	t.end(h)
	t.changed(h.slot)
	return nil
}

// Pin keeps the hold until the given time at least; nobody sees a difference.
func (e *Engine) Pin(_ context.Context, token, by string, now, until time.Time) (regulation.Hold, error) {
	t, h, err := e.held(token, by, now)
	if err != nil {
		return regulation.Hold{}, err
	}
	defer t.mu.Unlock()
	h.pin = clip(until)
	t.due.fix(h)
	return h.Hold, nil
}

// Unpin gives the hold its own end back; an ended hold is no error.
func (e *Engine) Unpin(_ context.Context, token, by string) error {
	t, err := e.openFor(token)
	if err != nil {
		return err
	}
	defer t.mu.Unlock()
	h := t.holds[token]
	if h == nil {
		if was, ok := t.ended.find(token); ok && was.by == by {
			return nil
		}
		return regulation.ErrHoldUnknown
	}
	if h.By != by {
		return regulation.ErrHoldUnknown
	}
	h.pin = time.Time{}
	t.due.fix(h)
	return nil
}

// held locks the token's territory and finds its live hold; the caller unlocks
// when there is no error.
func (e *Engine) held(token, by string, now time.Time) (*territory, *hold, error) {
	t, err := e.openFor(token)
	if err != nil {
		return nil, nil, err
	}
	t.sweep(now)
	h := t.holds[token]
	switch {
	case h == nil:
		err = t.gone(token, by)
	case h.By != by:
		err = regulation.ErrHoldUnknown
	}
	if err != nil {
		t.mu.Unlock()
		return nil, nil, err
	}
	return t, h, nil
}

// clip keeps ends of holds to the millisecond, as the wire and Redis do.
func clip(at time.Time) time.Time { return at.UTC().Truncate(time.Millisecond) }
