package attribution

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
)

// forgetBatch is how many requests one transaction erases.
const forgetBatch = 100

// company returns the requests that a step touches, in order: the one it is
// about, the one it is merged into, all that ever were merged with it when it is
// erased.
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
		return t.family(ctx, r)
	}
	slices.Sort(ids)
	return ids, nil
}

// family returns the request that a request was merged into in the end, and all
// that were merged into that one.
func (t *turn) family(ctx context.Context, r Request) (ids []string, err error) {
	for r.MergedInto != "" {
		if r, err = t.Store.Request(ctx, r.MergedInto); err != nil {
			return nil, err
		}
	}
	ids = []string{r.ID}
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
	slices.Sort(ids)
	return ids, nil
}

// eraseAll erases the request and those that are merged with it, for they are the
// same patient's: the one it was merged into, and what was merged into either.
func (t *turn) eraseAll(ctx context.Context) error {
	last := t.stays(t.r)
	for _, id := range slices.Sorted(maps.Keys(t.held)) {
		r := t.held[id]
		if !r.ErasedAt.IsZero() || t.stays(r) != last {
			continue
		}
		if err := t.erase(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// eraseLate erases what was merged with the request between looking for it and
// locking it. Nothing can be merged into one that is erased.
func (t *turn) eraseLate(ctx context.Context, a account.Actor) error {
	ids, err := t.family(ctx, *t.r)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if t.held[id] != nil {
			continue
		}
		r, err := t.Store.Request(ctx, id)
		if err != nil {
			return err
		}
		into := t.held[r.MergedInto]
		if into == nil || into.ErasedAt.IsZero() || !r.ErasedAt.IsZero() {
			continue
		}
		if _, err := t.Step(ctx, a, id, Step{Kind: EventErased, Note: t.step.Note}); err != nil {
			return err
		}
	}
	return nil
}

// stays follows a request to the one that it was merged into in the end, which
// is itself for most.
func (t *turn) stays(r *Request) *Request {
	for range t.held {
		into, ok := t.held[r.MergedInto]
		if !ok {
			break
		}
		r = into
	}
	return r
}

// erase takes away what is sealed in a request, and what else leads to the
// patient, and closes it unless it ended.
func (t *turn) erase(ctx context.Context, r *Request) error {
	if !r.State.Ended() {
		if err := t.end(ctx, r, Withdrawn); err != nil {
			return err
		}
	}
	*r = withoutIdentity(*r, r.endedOn())
	r.Case, r.KnownTo, r.ErasedAt = "", "", t.now
	if err := t.tx.Erase(ctx, r.ID, t.now); err != nil {
		return err
	}
	if err := save(ctx, t.tx, r); err != nil {
		return err
	}
	if err := t.happened(ctx, t.tx, Event{Request: r.ID, At: t.now, Actor: t.by, Kind: EventErased}); err != nil {
		return err
	}
	return t.tx.Audit(ctx, act(t.now, t.by, "mt.erased", target(r.ID), r.Territory, string(r.ClosedReason)))
}

// endedOn is the day on which a request ended, by which its criteria stay.
func (r Request) endedOn() civil.Date {
	if r.State == Attached {
		return r.AttachedOn
	}
	return civil.DateOf(r.ClosedAt, time.UTC)
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
