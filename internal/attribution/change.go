package attribution

import (
	"context"
	"reflect"
	"strconv"
	"time"

	"github.com/relais-snp/relais/internal/account"
)

// Change completes a request: what the draft leaves out stays, and a draft that
// changes nothing leaves no trace. The tier follows the rule unless a nurse set it.
//
// Errors: "attribution.invalid" with every broken field, ErrRequestUnknown,
// ErrErased, ErrChanged when the draft was made on another revision, ErrState for one that ended, "account.forbidden".
func (s *Service) Change(ctx context.Context, a account.Actor, id string, d Draft) (Request, error) {
	r, err := s.tended(ctx, a, id)
	if err != nil {
		return Request{}, err
	}
	known, err := s.knownTo(ctx, d, r.Territory)
	if err != nil {
		return Request{}, err
	}
	land, err := s.Territories.Territory(r.Territory)
	if err != nil {
		return Request{}, err
	}
	now := s.Now()
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if r, err = tx.Request(ctx, id); err != nil {
			return err
		}
		before, day := r, today(land, now)
		switch r.apply(d); {
		case !r.ErasedAt.IsZero():
			return ErrErased
		case before.changedSince(d.Revision):
			return ErrChanged
		case r.State.Ended():
			return ErrState
		case reflect.DeepEqual(before, r):
			return nil
		}
		if err := invalid(append(r.broken(day), known...)); err != nil {
			return err
		}
		r.settle(s.Rules.On(day), day)
		return s.changed(ctx, tx, a, before.Tier, &r, now)
	})
	return r, err
}

// changed writes a request whose content changed.
func (s *Service) changed(ctx context.Context, tx Tx, a account.Actor, tier int, r *Request, now time.Time) error {
	if err := save(ctx, tx, r); err != nil {
		return err
	}
	if err := s.happened(ctx, tx, Event{Request: r.ID, At: now, Actor: a.ID, Kind: EventChanged}); err != nil {
		return err
	}
	if err := s.tierMoved(ctx, tx, tier, *r, now); err != nil {
		return err
	}
	return tx.Audit(ctx, act(now, a.ID, "mt.change", target(r.ID), r.Territory, ""))
}

// save writes a request, whose revision rises as the record's does.
func save(ctx context.Context, tx Tx, r *Request) error {
	if err := tx.SaveRequest(ctx, *r); err != nil {
		return err
	}
	r.Revision++
	return nil
}

// changedSince reports whether a request was written since somebody read it, when they say at which revision.
func (r Request) changedSince(revision int64) bool { return revision != 0 && revision != r.Revision }

// tierMoved notes that the rule moved a request to another tier.
func (s *Service) tierMoved(ctx context.Context, tx Tx, was int, r Request, now time.Time) error {
	if r.Tier == was {
		return nil
	}
	return s.happened(ctx, tx, Event{Request: r.ID, At: now, Actor: system, Kind: EventTierChanged, Detail: strconv.Itoa(r.Tier)})
}

// tended returns a request that a nurse is about to act on. A transaction reads
// it again, to lock it.
func (s *Service) tended(ctx context.Context, a account.Actor, id string) (Request, error) {
	r, err := s.Store.Request(ctx, id)
	if err != nil {
		return Request{}, err
	}
	if !a.In(r.Territory) {
		return Request{}, ErrRequestUnknown // a foreign request is not even named
	}
	return r, account.Allow(a, account.HandleRequests, account.Target{Territory: r.Territory})
}
