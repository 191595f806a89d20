package attribution

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
)

// maxOffersOfOne bounds the offers of one request that are looked through: each
// took a GP of the territory days to answer.
const maxOffersOfOne = 1000

// sought returns a request for whoever has the right to handle those of its
// territory; one of another territory does not exist for them.
func (s *Service) sought(ctx context.Context, a account.Actor, id string) (Request, error) {
	r, err := s.Store.Request(ctx, id)
	if err != nil {
		return Request{}, err
	}
	if !account.Can(a, account.HandleRequests, account.Target{Territory: r.Territory}) {
		return Request{}, ErrRequestUnknown
	}
	return r, nil
}

// refusals lists the practitioners who declined a request, let its offer expire,
// or were declined by the patient: they are not asked again. It is Ground's NotBy
// for a request in any state.
func (s *Service) refusals(ctx context.Context, r Request, now time.Time) ([]string, error) {
	offers, err := s.Store.Offers(ctx, OfferQuery{Territory: r.Territory, Request: r.ID,
		States: []OfferState{Pending, OfferDeclined, OfferExpired}, Limit: maxOffersOfOne})
	if err != nil {
		return nil, err
	}
	events, err := s.Store.Events(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	var who []string
	for _, o := range offers {
		if o.StandsAt(now) != Pending {
			who = append(who, o.Practitioner)
		}
	}
	for _, e := range events {
		if e.Kind == EventPatientDeclined && e.Practitioner != "" {
			who = append(who, e.Practitioner)
		}
	}
	slices.Sort(who)
	return slices.Compact(who), nil
}
