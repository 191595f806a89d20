package attribution

import (
	"context"
	"strconv"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// setTier puts the request in a tier, or gives it back to the rule.
func (t *turn) setTier(e *Event) error {
	if t.r.State.Ended() {
		return ErrState
	}
	e.Detail = strconv.Itoa(t.step.Tier)
	t.r.TierSet = t.step.Tier != 0
	if !t.r.TierSet {
		t.r.TierReason = ""
		t.r.settle(t.Rules.On(t.day), t.day)
		return nil
	}
	t.r.Tier, t.r.TierReason, t.r.Because = t.step.Tier, t.step.Note, nil
	return nil
}

// patientDeclines ends the try with a GP whom the patient does not want.
func (t *turn) patientDeclines(ctx context.Context, e *Event) error {
	if t.r.State != Proposed && t.r.State != Accepted {
		return ErrState
	}
	e.Practitioner = t.r.Practitioner
	if err := t.r.move(Waiting); err != nil {
		return err
	}
	return t.letGo(ctx, t.r)
}

// end closes a request for a reason.
func (t *turn) end(ctx context.Context, r *Request, reason ClosedReason) error {
	if err := r.move(Closed); err != nil {
		return err
	}
	r.ClosedAt, r.ClosedReason = t.now, reason
	return t.letGo(ctx, r)
}

// reopen takes the end of a request back.
func (t *turn) reopen(e *Event) error {
	if t.r.State == Attached {
		t.r.AttachedOn = civil.Date{}
		e.Detail, e.Practitioner = string(Accepted), t.r.Practitioner
		return t.r.move(Accepted)
	}
	e.Detail = string(Waiting)
	if t.r.State != Closed {
		return ErrState
	}
	t.r.ClosedAt, t.r.ClosedReason, t.r.MergedInto = time.Time{}, "", ""
	return t.r.move(Waiting)
}

// letGo ends the request's offer, if it has one: it is withdrawn while it waits,
// ended once it was accepted, and the GP is told. One that expired unswept is
// marked so.
func (t *turn) letGo(ctx context.Context, r *Request) error {
	if r.Offer == "" {
		return nil
	}
	o, err := t.tx.Offer(ctx, r.Offer)
	if err != nil {
		return err
	}
	lost := Notice{Territory: o.Territory, Practitioner: o.Practitioner, Kind: NoticeOfferWithdrawn, Request: r.ID, Offer: o.ID}
	switch o.StandsAt(t.now) {
	case Pending:
		o.State, o.AnsweredAt, o.AnsweredBy = OfferWithdrawn, t.now, t.by
		t.lost = append(t.lost, lost)
	case OfferExpired:
		o.State, o.AnsweredAt, o.AnsweredBy = OfferExpired, t.now, system
	case OfferAccepted:
		o.State = OfferEnded // its answer stays
		t.lost = append(t.lost, lost)
	}
	r.Offer, r.Practitioner, r.AcceptedAt, r.AppointmentOn = "", "", time.Time{}, civil.Date{}
	return t.tx.SaveOffer(ctx, o)
}
