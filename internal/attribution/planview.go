package attribution

import (
	"context"
	"errors"

	"github.com/relais-snp/relais/internal/account"
)

// PlanView is a plan and the requests that it speaks of, as they stand now and
// without identity: a line whose request is no longer Seeking is not to be sent.
type PlanView struct {
	StoredPlan
	Requests map[string]Request // by id
	MaxKm    float64            // of the rule it was computed by
}

// LastPlan returns the latest plan of a territory, to a nurse; ErrPlanUnknown
// when there is none yet.
func (s *Service) LastPlan(ctx context.Context, a account.Actor, land string) (PlanView, error) {
	if err := account.Allow(a, account.HandleRequests, account.Target{Territory: land}); err != nil {
		return PlanView{}, err
	}
	t, err := s.Territories.Territory(land)
	if err != nil {
		return PlanView{}, err
	}
	p, err := s.Store.LastPlan(ctx, land)
	if err != nil {
		return PlanView{}, err
	}
	ground, err := s.Store.Ground(ctx, land, momentOf(t, s.Now()))
	if err != nil {
		return PlanView{}, err
	}
	return s.viewed(ctx, p, ground.Requests)
}

// viewed joins a plan with its requests. Those still seeking are at hand; the few
// that moved since the plan was made are read one by one.
func (s *Service) viewed(ctx context.Context, p StoredPlan, seeking []Request) (PlanView, error) {
	at := make(map[string]Request, len(seeking))
	for _, r := range seeking {
		at[r.ID] = r
	}
	v := PlanView{StoredPlan: p, Requests: map[string]Request{}, MaxKm: s.Rules.On(p.Day).MaxKm}
	for _, id := range p.Plan.seekers() {
		r, ok := at[id]
		if !ok {
			var err error
			if r, err = s.Store.Request(ctx, id); errors.Is(err, ErrRequestUnknown) {
				continue
			} else if err != nil {
				return PlanView{}, err
			}
		}
		v.Requests[id] = r.nameless()
	}
	return v, nil
}

// seekers lists the requests that a plan speaks of.
func (p Plan) seekers() []string {
	ids := make([]string, 0, len(p.Served)+len(p.Unserved))
	for _, one := range p.Served {
		ids = append(ids, one.Seeker)
	}
	for _, one := range p.Unserved {
		ids = append(ids, one.Seeker)
	}
	return ids
}

// nameless is what of a request says why it comes where it does, to whom it may
// go and who has its offer. It names no patient; the birth year stays, for the age.
func (r Request) nameless() Request {
	return Request{
		ID: r.ID, Territory: r.Territory, Since: r.Since, State: r.State, Revision: r.Revision,
		Commune: r.Commune, BirthYear: r.BirthYear, Criteria: r.Criteria, HomeVisits: r.HomeVisits, MTGoneSince: r.MTGoneSince, KnownTo: r.KnownTo,
		Tier: r.Tier, Because: r.Because, TierSet: r.TierSet, Draw: r.Draw,
		Offer: r.Offer, Practitioner: r.Practitioner,
	}
}
