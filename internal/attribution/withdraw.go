package attribution

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
)

// Withdraw takes back an offer that waits, for a nurse: its request waits again,
// its place is free, and its GP is told. Twice is no error. ErrOfferAnswered when
// the GP was first, ErrOfferExpired when its time was over.
func (s *Service) Withdraw(ctx context.Context, a account.Actor, id string) (OfferView, error) {
	if err := account.Allow(a, account.HandleRequests, account.Target{}); err != nil {
		return OfferView{}, err
	}
	o, err := s.Store.Offer(ctx, id)
	if err != nil {
		return OfferView{}, err
	}
	if !account.Can(a, account.HandleRequests, account.Target{Territory: o.Territory}) {
		return OfferView{}, ErrOfferUnknown
	}
	var view OfferView
	var out outcome
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		p, err := lockPair(ctx, tx, o)
		if err != nil {
			return err
		}
		if out, err = s.withdraw(ctx, tx, a, &p); err != nil || out.refusal != nil {
			return err
		}
		view, err = s.shown(ctx, tx, a, p.offer)
		return err
	})
	return s.concluded(ctx, a, view, out, err)
}

func (s *Service) withdraw(ctx context.Context, tx Tx, a account.Actor, p *pair) (outcome, error) {
	now := s.Now()
	switch p.offer.StandsAt(now) {
	case OfferWithdrawn:
		return outcome{}, nil
	case OfferExpired:
		return s.tooLate(ctx, tx, p, now)
	case Pending:
	default:
		return outcome{}, ErrOfferAnswered
	}
	if err := s.leave(ctx, tx, p, OfferWithdrawn, Event{At: now, Actor: a.ID, Kind: EventOfferWithdrawn}); err != nil {
		return outcome{}, err
	}
	if err := tx.SaveRequest(ctx, p.request); err != nil {
		return outcome{}, err
	}
	err := tx.Audit(ctx, act(now, a.ID, "mt.offer.withdraw", "mt_offer:"+p.offer.ID, p.offer.Territory, "mt_request:"+p.offer.Request))
	return outcome{tell: NoticeOfferWithdrawn, offer: p.offer}, err
}
