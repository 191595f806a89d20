package attribution

import (
	"context"
	"errors"
)

// What one call of Expire does at most.
const (
	expireBatch  = 100
	expireRounds = 100
)

// Expire marks the offers whose time is over, lets their requests wait again and
// tells who sent them. It only makes the news timely: nobody can accept an
// overdue offer anyway, and its place is free already. Several processes may run
// it at once.
func (s *Service) Expire(ctx context.Context) error {
	for range expireRounds {
		overdue, err := s.Store.Overdue(ctx, s.Now(), expireBatch)
		if err != nil {
			return err
		}
		var failures []error
		for _, o := range overdue {
			failures = append(failures, s.expire(ctx, o))
		}
		if err := errors.Join(failures...); err != nil || len(overdue) < expireBatch {
			return err
		}
	}
	return nil
}

// expire ends one offer, unless somebody was first.
func (s *Service) expire(ctx context.Context, o Offer) error {
	var over bool
	err := s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		over = false
		p, err := lockPair(ctx, tx, o)
		if err != nil {
			return err
		}
		now := s.Now()
		if p.offer.State != Pending || p.offer.StandsAt(now) == Pending {
			return nil
		}
		over = true
		if err := s.lapse(ctx, tx, &p, now); err != nil {
			return err
		}
		return tx.SaveRequest(ctx, p.request)
	})
	if err == nil && over {
		s.tellNurse(ctx, o, NoticeExpired)
	}
	return err
}
