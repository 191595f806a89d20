package attribution

import (
	"context"
	"time"
)

// pair is an offer and its request, locked together in a transaction.
type pair struct {
	request Request
	offer   Offer
}

// lockPair locks the request first, then the offer.
func lockPair(ctx context.Context, tx Tx, o Offer) (p pair, err error) {
	if p.request, err = tx.Request(ctx, o.Request); err != nil {
		return p, err
	}
	p.offer, err = tx.Offer(ctx, o.ID)
	return p, err
}

// leave ends a pending offer without acceptance: the request waits again. It
// writes the offer and the event, and leaves the request to the caller.
func (s *Service) leave(ctx context.Context, tx Tx, p *pair, state OfferState, e Event) error {
	p.offer.State, p.offer.AnsweredAt, p.offer.AnsweredBy = state, e.At, e.Actor
	if err := tx.SaveOffer(ctx, p.offer); err != nil {
		return err
	}
	if p.request.State == Proposed && p.request.Offer == p.offer.ID {
		if err := p.request.move(Waiting); err != nil {
			return err
		}
		p.request.Offer, p.request.Practitioner = "", ""
	}
	e.Request, e.Practitioner = p.request.ID, p.offer.Practitioner
	return s.happened(ctx, tx, e)
}

// lapse is leave for an offer whose time is over, by the service itself.
func (s *Service) lapse(ctx context.Context, tx Tx, p *pair, now time.Time) error {
	if err := s.leave(ctx, tx, p, OfferExpired, Event{At: now, Actor: system, Kind: EventExpired}); err != nil {
		return err
	}
	return tx.Audit(ctx, act(now, system, "mt.offer.expire", "mt_offer:"+p.offer.ID, p.offer.Territory, "mt_request:"+p.offer.Request))
}

// tellNurse tells who sent an offer what became of it.
func (s *Service) tellNurse(ctx context.Context, o Offer, kind NoticeKind) {
	s.Notifier.NotifyAttribution(ctx, Notice{Territory: o.Territory, Account: o.SentBy, Kind: kind, Request: o.Request, Offer: o.ID})
}

// tellGP tells a GP of an offer.
func (s *Service) tellGP(ctx context.Context, o Offer, kind NoticeKind) {
	s.Notifier.NotifyAttribution(ctx, Notice{Territory: o.Territory, Practitioner: o.Practitioner, Kind: kind, Request: o.Request, Offer: o.ID})
}
