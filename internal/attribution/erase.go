package attribution

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"
)

// forgetBatch is how many requests one transaction erases.
const forgetBatch = 100

// company returns the requests that a step touches, in order: the one it is
// about, the one it is merged into, those that were merged into it when it is
// erased, for they are the same patient's.
func (t *turn) company(ctx context.Context, r Request) ([]string, error) {
	ids := []string{r.ID}
	switch t.step.Kind {
	case EventMerged:
		into, err := t.Store.Request(ctx, t.step.Into)
		if errors.Is(err, ErrRequestUnknown) || err == nil && (into.Territory != r.Territory || into.ID == r.ID) {
			return nil, ErrMerge
		}
		if err != nil {
			return nil, err
		}
		ids = append(ids, into.ID)
	case EventErased:
		for i := 0; i < len(ids); i++ { // which grows meanwhile
			events, err := t.Store.Events(ctx, ids[i])
			if err != nil {
				return nil, err
			}
			for _, e := range events {
				if e.Kind == EventAbsorbed && !slices.Contains(ids, e.Detail) {
					ids = append(ids, e.Detail)
				}
			}
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// eraseAll erases the request and those that are still merged into it.
func (t *turn) eraseAll(ctx context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(t.held)) {
		r := t.held[id]
		if !r.ErasedAt.IsZero() || r != t.r && !t.mergedHere(*r) {
			continue
		}
		if err := t.erase(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// mergedHere reports whether a request was merged into the one of the step, if
// need be by way of others.
func (t *turn) mergedHere(r Request) bool {
	for range t.held {
		into, ok := t.held[r.MergedInto]
		if !ok {
			return false
		}
		if into == t.r {
			return true
		}
		r = *into
	}
	return false
}

// erase takes away what is sealed in a request and closes it unless it ended.
func (t *turn) erase(ctx context.Context, r *Request) error {
	if !r.State.Ended() {
		if err := t.end(ctx, r, Withdrawn); err != nil {
			return err
		}
	}
	*r = withoutIdentity(*r, t.day)
	r.ErasedAt = t.now
	if err := t.tx.Erase(ctx, r.ID, t.now); err != nil {
		return err
	}
	if err := t.tx.SaveRequest(ctx, *r); err != nil {
		return err
	}
	if err := t.happened(ctx, t.tx, Event{Request: r.ID, At: t.now, Actor: t.by, Kind: EventErased}); err != nil {
		return err
	}
	return t.tx.Audit(ctx, act(t.now, t.by, "mt.erased", target(r.ID), r.Territory, string(r.ClosedReason)))
}

// ForgetOld erases the identities of requests that ended longer ago than the
// rule keeps them, in every territory. One that cannot be done does not keep the
// others from it.
func (s *Service) ForgetOld(ctx context.Context) error {
	var failed []error
	for _, land := range s.Lands() {
		failed = append(failed, s.forgetOld(ctx, land))
	}
	return errors.Join(failed...)
}

func (s *Service) forgetOld(ctx context.Context, id string) error {
	land, err := s.Territories.Territory(id)
	if err != nil {
		return err
	}
	now := s.Now()
	before := now.AddDate(0, -s.Rules.On(today(land, now)).KeepMonths, 0)
	for {
		ids, err := s.Store.Forgettable(ctx, id, before, forgetBatch)
		if err != nil || len(ids) == 0 {
			return err
		}
		forgotten, err := s.forget(ctx, slices.Sorted(slices.Values(ids)), now)
		if err != nil || forgotten == 0 || len(ids) < forgetBatch {
			return err
		}
	}
}

// forget erases a batch and says how many; one that was reopened since it was
// listed stays.
func (s *Service) forget(ctx context.Context, ids []string, now time.Time) (forgotten int, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		forgotten = 0
		t := turn{Service: s, by: system, now: now, tx: tx}
		if t.held, err = lock(ctx, tx, ids); err != nil {
			return err
		}
		for _, id := range ids {
			r := t.held[id]
			if !r.State.Ended() || !r.ErasedAt.IsZero() {
				continue
			}
			if err := t.erase(ctx, r); err != nil {
				return err
			}
			forgotten++
		}
		return nil
	})
	return forgotten, err
}
