package regulation

import (
	"context"
	"errors"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/fault"
)

// Hold keeps a seat of the slot for the actor, tied to a case when given. It
// answers ErrEngineAway without a live engine: then there are no holds, and
// booking directly remains.
func (s *Service) Hold(ctx context.Context, a account.Actor, slot, caseID string) (Hold, error) {
	rec, err := s.Store.Record(ctx, slot)
	if err != nil {
		return Hold{}, err
	}
	if err := s.allowOn(a, account.Hold, rec.Slot); err != nil {
		return Hold{}, err
	}
	if caseID != "" {
		if err := s.checkCase(ctx, a, caseID); err != nil {
			return Hold{}, err
		}
	}
	now := s.Now()
	h, err := s.Present.Hold(ctx, HoldRequest{
		Token:     TokenFor(rec.Slot.Territory, slot, s.NewSecret()),
		Territory: rec.Slot.Territory, Slot: slot,
		By: a.ID, Name: a.Name, Case: caseID,
		Now: now, Until: now.Add(s.Rules.HoldFor), Limit: s.Rules.HoldLimit,
	})
	if err != nil {
		return Hold{}, s.refuse(ctx, a, rec, caseID, soonKnown(err, rec.Slot, now))
	}
	s.noteHold(ctx, a, h)
	return h, nil
}

// soonKnown tells a slot that lies too far ahead from one that the engine will
// learn of in a moment, after an outage.
func soonKnown(err error, slot agenda.Slot, now time.Time) error {
	if errors.Is(err, ErrOutsideWindow) && slot.Start.Before(now.Add(sureAhead)) {
		return ErrEngineAway
	}
	return err
}

// noteHold keeps that the seat was held, for the figures, best effort.
func (s *Service) noteHold(ctx context.Context, a account.Actor, h Hold) {
	now := s.Now()
	over := now.Add(s.Rules.HoldFor + s.Rules.ExtendFor)
	_ = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.NoteHold(ctx, h.Slot, h.Fence, over); err != nil {
			return err
		}
		return stamp(ctx, tx, a, h.Case, now, func(c *Case) *time.Time { return &c.HeldAt })
	})
}

// Extend gives a hold its one extension.
func (s *Service) Extend(ctx context.Context, a account.Actor, token string) (Hold, error) {
	if err := s.allowToken(a, token); err != nil {
		return Hold{}, err
	}
	return s.Present.Extend(ctx, token, a.ID, s.Now(), s.Rules.ExtendFor)
}

// Release gives a held seat back. Releasing twice is no error.
func (s *Service) Release(ctx context.Context, a account.Actor, token string) error {
	if err := s.allowToken(a, token); err != nil {
		return err
	}
	return s.Present.Release(ctx, token, a.ID, s.Now())
}

// allowToken answers ErrHoldUnknown for a token that is forged or of a foreign
// territory: it says nothing about what exists there.
func (s *Service) allowToken(a account.Actor, token string) error {
	territory, _, ok := SplitToken(token)
	if !ok || !a.In(territory) {
		return ErrHoldUnknown
	}
	return account.Allow(a, account.Hold, account.Target{Territory: territory})
}

// allowOn authorises an action on a slot; a slot of a foreign territory does
// not exist for the actor.
func (s *Service) allowOn(a account.Actor, action account.Action, slot agenda.Slot) error {
	if !a.In(slot.Territory) {
		return ErrSlotUnknown
	}
	return account.Allow(a, action, s.target(slot))
}

// checkCase refuses a case that is unknown, foreign or closed. One of another
// of the actor's territories is not foreign.
func (s *Service) checkCase(ctx context.Context, a account.Actor, id string) error {
	c, err := s.Store.Case(ctx, id)
	switch {
	case err != nil:
		return err
	case !account.Can(a, account.HandleCase, account.Target{Territory: c.Territory}):
		return ErrCaseUnknown
	case !c.Open():
		return ErrCaseClosed
	}
	return nil
}

// refuse adds what a regulator needs to go on to a refusal about a seat: who
// has it and the three best other slots. Other errors pass unchanged.
func (s *Service) refuse(ctx context.Context, a account.Actor, rec agenda.Record, caseID string, err error) error {
	for _, seat := range []error{ErrSlotTaken, ErrHoldExpired, ErrHoldSuperseded, ErrSeatWithdrawn, ErrSlotPast, ErrHoldLimit} {
		if !errors.Is(err, seat) {
			continue
		}
		d := &RefusalDetail{HeldBy: heldBy(err)}
		d.Alternatives = s.alternatives(ctx, a, rec.Slot, caseID)
		return fault.Of(err).With(d)
	}
	return err
}
