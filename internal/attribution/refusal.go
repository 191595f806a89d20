package attribution

import (
	"context"
	"slices"

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

// refusals lists the practitioners who declined a request, or were declined by the
// patient: they are not asked again. What was said of a request that was merged
// into it is said of the same patient. Ground's NotBy besides leaves out whoever
// let an offer expire: a plan does not come back to them, a nurse may.
func (s *Service) refusals(ctx context.Context, r Request) ([]string, error) {
	var who []string
	of := []string{r.ID}
	for i := 0; i < len(of); i++ { // which grows meanwhile
		offers, err := s.Store.Offers(ctx, OfferQuery{Territory: r.Territory, Request: of[i],
			States: []OfferState{OfferDeclined}, Limit: maxOffersOfOne})
		if err != nil {
			return nil, err
		}
		for _, o := range offers {
			who = append(who, o.Practitioner)
		}
		events, err := s.Store.Events(ctx, of[i])
		if err != nil {
			return nil, err
		}
		for _, e := range events {
			if e.Kind == EventPatientDeclined && e.Practitioner != "" {
				who = append(who, e.Practitioner)
			}
		}
		merged, err := s.merged(ctx, of[i], events)
		if err != nil {
			return nil, err
		}
		of = append(of, merged...)
	}
	slices.Sort(who)
	return slices.Compact(who), nil
}

// merged lists the requests that the events say were merged into one, and still
// are: a request lies in one other at most, so that none is met twice.
func (s *Service) merged(ctx context.Context, into string, events []Event) (ids []string, err error) {
	for _, e := range events {
		if e.Kind != EventAbsorbed || slices.Contains(ids, e.Detail) {
			continue
		}
		r, err := s.Store.Request(ctx, e.Detail)
		if err != nil {
			return nil, err
		}
		if r.MergedInto == into {
			ids = append(ids, r.ID)
		}
	}
	return ids, nil
}
