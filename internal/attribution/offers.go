package attribution

import (
	"context"
	"maps"
	"slices"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/audit"
)

// A page of offers: one more than pages show, so that a caller can tell whether
// another one follows.
const (
	defaultOffers = 100
	mostOffers    = 501
)

// Offers lists a page, latest sent first: all of the territory for a nurse, a
// GP's own for a GP, with what they may know of each patient. An offer past its
// end is expired, swept or not. Identities seen are audited.
func (s *Service) Offers(ctx context.Context, a account.Actor, q OfferQuery) ([]OfferView, error) {
	if q.Practitioner == "" && !account.Can(a, account.ReadOffers, account.Target{Territory: q.Territory}) {
		q.Practitioner = a.Practitioner
	}
	if err := account.Allow(a, account.ReadOffers, account.Target{Territory: q.Territory, Practitioner: q.Practitioner}); err != nil {
		return nil, err
	}
	if q.Limit <= 0 {
		q.Limit = defaultOffers
	}
	q.Limit = min(q.Limit, mostOffers)
	offers, err := s.standing(ctx, q)
	if err != nil {
		return nil, err
	}
	views := make([]OfferView, 0, len(offers))
	requests, reads := map[string]Request{}, map[string]audit.Entry{}
	for _, o := range offers {
		r, known := requests[o.Request]
		if !known {
			if r, err = s.Store.Request(ctx, o.Request); err != nil {
				return nil, err
			}
			requests[o.Request] = r
		}
		v := viewOf(a, o, r)
		if v.Request.Patient != nil {
			reads[r.ID] = seen(s.Now(), a, r)
		}
		views = append(views, v)
	}
	if err := s.auditRead(ctx, slices.Collect(maps.Values(reads))...); err != nil {
		return nil, err
	}
	return views, nil
}

// standing lists a full page of offers by their state as it holds now. The record
// keeps an offer pending until it is swept, so that its pages may hold some that
// are not in a state asked for.
func (s *Service) standing(ctx context.Context, q OfferQuery) ([]Offer, error) {
	now, wanted, limit := s.Now(), q.States, q.Limit
	if slices.Contains(wanted, OfferExpired) && !slices.Contains(wanted, Pending) {
		q.States = append(slices.Clone(wanted), Pending)
	}
	var found []Offer
	for {
		page, err := s.Store.Offers(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, o := range page {
			o.State = o.StandsAt(now)
			if len(found) < limit && (len(wanted) == 0 || slices.Contains(wanted, o.State)) {
				found = append(found, o)
			}
		}
		if len(found) == limit || len(page) < q.Limit {
			return found, nil
		}
		last := page[len(page)-1]
		q.After = OfferKey{SentAt: last.SentAt, ID: last.ID}
	}
}

// Offer returns one offer, with what the actor may know of the patient; what a
// GP prints. ErrOfferUnknown for an offer to somebody else.
func (s *Service) Offer(ctx context.Context, a account.Actor, id string) (OfferView, error) {
	o, err := s.offered(ctx, a, account.ReadOffers, id)
	if err != nil {
		return OfferView{}, err
	}
	r, err := s.Store.Request(ctx, o.Request)
	if err != nil {
		return OfferView{}, err
	}
	now := s.Now()
	o.State = o.StandsAt(now)
	v := viewOf(a, o, r)
	if v.Request.Patient == nil {
		return v, nil
	}
	if err := s.auditRead(ctx, seen(now, a, r)); err != nil {
		return OfferView{}, err
	}
	return v, nil
}

// offered returns an offer that the actor has a right to; any other one does not
// exist for them.
func (s *Service) offered(ctx context.Context, a account.Actor, action account.Action, id string) (Offer, error) {
	if err := account.Allow(a, action, account.Target{Practitioner: a.Practitioner}); err != nil {
		return Offer{}, err
	}
	o, err := s.Store.Offer(ctx, id)
	if err != nil {
		return Offer{}, err
	}
	if !account.Can(a, action, account.Target{Territory: o.Territory, Practitioner: o.Practitioner}) {
		return Offer{}, ErrOfferUnknown
	}
	return o, nil
}

// shown is the view of an offer that a transaction has changed; an identity in it
// is audited with the change.
func (s *Service) shown(ctx context.Context, tx Tx, a account.Actor, o Offer) (OfferView, error) {
	p, err := lockPair(ctx, tx, o)
	if err != nil {
		return OfferView{}, err
	}
	v := viewOf(a, p.offer, p.request)
	if v.Request.Patient == nil {
		return v, nil
	}
	return v, tx.Audit(ctx, seen(s.Now(), a, p.request))
}

// viewOf is what the actor may know: a nurse everything; a GP everything but why
// the nurse chose the tier once they accepted and as long as that holds, before
// and after it what the offer needs to be judged.
func viewOf(a account.Actor, o Offer, r Request) OfferView {
	if account.Can(a, account.HandleRequests, account.Target{Territory: o.Territory}) {
		return OfferView{o, r}
	}
	target := account.Target{Territory: o.Territory}
	if o.State == OfferAccepted && r.Offer == o.ID {
		target.Practitioner = o.Practitioner
	}
	if account.Can(a, account.ReadSeeker, target) {
		r.Duplicates, r.TierReason = nil, ""
		return OfferView{o, r}
	}
	judged := r.nameless()
	judged.Synthesis, judged.Offer, judged.Practitioner = r.Synthesis, "", "" // who else has an offer is not theirs to know
	if judged.KnownTo != o.Practitioner {
		judged.KnownTo = ""
	}
	return OfferView{o, judged}
}
