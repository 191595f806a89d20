package attribution

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
)

// Step takes a request one step further; nurses only. Whatever ends the request
// or its try ends its offer in the same transaction, and tells the GP.
//
//   - EventQualified from received.
//   - EventTierSet while it has not ended, with its reason in Note; tier 0 gives it
//     back to the rule.
//   - EventNoted whenever there is an identity.
//   - EventPatientDeclined of the GP it is proposed to or accepted by: it waits
//     again, and the plan does not ask this GP again.
//   - EventAppointment from accepted, On at most a year ahead.
//   - EventAttached from accepted, On not to come.
//   - EventClosed with a Reason, from everywhere but the end.
//   - EventReopened: one that was closed waits again, an attached one is accepted again.
//   - EventMerged into another open request of the territory, which takes over what
//     it did not know.
//   - EventErased: the identity goes for good, with those of requests merged into
//     this one, or this one into; a request that had not ended is closed.
//
// Errors: "attribution.invalid" with every broken field, ErrRequestUnknown,
// ErrChanged, ErrState, ErrErased, ErrMerge, "account.forbidden".
func (s *Service) Step(ctx context.Context, a account.Actor, id string, step Step) (Request, error) {
	r, err := s.tended(ctx, a, id)
	if err != nil {
		return Request{}, err
	}
	land, err := s.Territories.Territory(r.Territory)
	if err != nil {
		return Request{}, err
	}
	t := turn{Service: s, by: a.ID, step: step, now: s.Now()}
	t.day = today(land, t.now)
	if err := t.check(r); err != nil {
		return Request{}, err
	}
	with, err := t.company(ctx, r)
	if err != nil {
		return Request{}, err
	}
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		t.tx, t.lost = tx, nil // the transaction may be tried again
		if t.held, err = lock(ctx, tx, with); err != nil {
			return err
		}
		t.r = t.held[id]
		return t.take(ctx)
	})
	if err != nil {
		return Request{}, err
	}
	for _, notice := range t.lost {
		s.Notifier.NotifyAttribution(ctx, notice)
	}
	if step.Kind == EventErased {
		return *t.r, t.eraseLate(ctx, a)
	}
	return *t.r, nil
}

// turn is one step being taken.
type turn struct {
	*Service

	by   string
	step Step
	now  time.Time
	day  civil.Date

	tx   Tx
	r    *Request            // the request that takes the step
	held map[string]*Request // it and those that the step touches too, all locked
	lost []Notice            // to GPs whose offers ended
}

// take takes the step, writes the request, its event and the audit.
func (t *turn) take(ctx context.Context) error {
	if !t.r.ErasedAt.IsZero() {
		return ErrErased
	}
	if t.r.changedSince(t.step.Revision) {
		return ErrChanged
	}
	if t.step.Kind == EventErased {
		return t.eraseAll(ctx)
	}
	e := Event{Request: t.r.ID, At: t.now, Actor: t.by, Kind: t.step.Kind, Note: t.step.Note}
	if err := t.does(ctx, &e); err != nil {
		return err
	}
	if err := save(ctx, t.tx, t.r); err != nil {
		return err
	}
	if err := t.happened(ctx, t.tx, e); err != nil {
		return err
	}
	return t.tx.Audit(ctx, act(t.now, t.by, "mt."+string(e.Kind), target(t.r.ID), t.r.Territory, e.Detail))
}

// does changes the request as the kind of step says, and completes the event.
func (t *turn) does(ctx context.Context, e *Event) error {
	switch t.step.Kind {
	case EventQualified:
		return t.r.move(Qualified)
	case EventTierSet:
		return t.setTier(e)
	case EventPatientDeclined:
		return t.patientDeclines(ctx, e)
	case EventAppointment:
		if t.r.State != Accepted {
			return ErrState
		}
		t.r.AppointmentOn, e.Detail = t.step.On, t.step.On.String()
	case EventAttached:
		t.r.AttachedOn, e.Detail = t.step.On, t.step.On.String()
		e.Practitioner = t.r.Practitioner
		return t.r.move(Attached)
	case EventClosed:
		e.Detail = string(t.step.Reason)
		return t.end(ctx, t.r, t.step.Reason)
	case EventReopened:
		return t.reopen(e)
	case EventMerged:
		e.Detail = t.step.Into
		return t.merge(ctx)
	}
	return nil // EventNoted is the note
}

// lock locks requests in the order of their ids, so that two steps on the same
// ones never wait for each other.
func lock(ctx context.Context, tx Tx, ids []string) (map[string]*Request, error) {
	held := map[string]*Request{}
	for _, id := range ids {
		r, err := tx.Request(ctx, id)
		if err != nil {
			return nil, err
		}
		held[id] = &r
	}
	return held, nil
}
