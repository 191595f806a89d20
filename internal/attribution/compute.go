package attribution

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// Compute proposes who could take whom, for a nurse, and keeps the plan with the
// hash of everything it comes from. Nothing is sent. Requests that the rule puts
// into another tier today, because somebody turned 70 or the rule changed, move
// there first.
func (s *Service) Compute(ctx context.Context, a account.Actor, land string) (PlanView, error) {
	if err := account.Allow(a, account.HandleRequests, account.Target{Territory: land}); err != nil {
		return PlanView{}, err
	}
	t, err := s.Territories.Territory(land)
	if err != nil {
		return PlanView{}, err
	}
	doctors, err := s.doctors(ctx, land)
	if err != nil {
		return PlanView{}, err
	}
	now := s.Now()
	day := today(t, now)
	ground, err := s.Store.Ground(ctx, land, momentOf(t, now))
	if err != nil {
		return PlanView{}, err
	}
	if err := s.settleTiers(ctx, ground.Requests, day, now); err != nil {
		return PlanView{}, err
	}
	p := s.plan(ground, doctors, day)
	p.ID, p.Territory, p.At, p.By = s.NewID(), land, now, a.ID
	err = s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		if err := tx.SavePlan(ctx, p); err != nil {
			return err
		}
		return tx.Audit(ctx, act(now, a.ID, "mt.plan.compute", "mt_plan:"+p.ID, land, "inputs:"+p.Inputs))
	})
	if err != nil {
		return PlanView{}, err
	}
	return s.viewed(ctx, p, ground.Requests)
}

// plan is the matching of what the ground shows.
func (s *Service) plan(g Ground, doctors map[string]territory.Commune, day civil.Date) StoredPlan {
	rule := s.Rules.On(day)
	seekers := seekersOf(g, day)
	capacities := capacitiesOf(g.Declarations, doctors, QuarterOf(day))
	p := StoredPlan{Day: day, Rule: rule.From, Seekers: len(seekers), GPs: len(capacities),
		Inputs: inputs{Day: day, Rule: rule, Seekers: seekers, GPs: capacities}.hash(),
		Plan:   Match(seekers, capacities, rule.Limits())}
	for _, c := range capacities {
		if !c.Paused {
			p.Places += c.Left
		}
	}
	return p
}

func seekersOf(g Ground, day civil.Date) []Seeker {
	list := make([]Seeker, 0, len(g.Requests))
	for _, r := range g.Requests {
		list = append(list, r.seeker(g.NotBy[r.ID], day))
	}
	return list
}

// seeker is the request as the plan of a day sees it.
func (r Request) seeker(notBy []string, day civil.Date) Seeker {
	return Seeker{
		ID: r.ID, Tier: r.Tier, Since: civil.Day(r.Since, time.UTC).Start, Draw: r.Draw, Commune: communeOf(r.Commune),
		Criteria: r.CriteriaOn(day), HomeVisits: r.HomeVisits, KnownTo: r.KnownTo, NotBy: notBy,
	}
}

// capacitiesOf leaves out who declared and is no longer of the territory.
func capacitiesOf(declared []Declaration, doctors map[string]territory.Commune, q Quarter) []Capacity {
	list := make([]Capacity, 0, len(declared))
	for _, d := range declared {
		if at, ok := doctors[d.Practitioner]; ok {
			list = append(list, d.capacity(at, q))
		}
	}
	return list
}

// capacity is the declaration as the plan of a quarter sees it.
func (d Declaration) capacity(at territory.Commune, q Quarter) Capacity {
	return Capacity{Practitioner: d.Practitioner, Left: d.LeftIn(q), Commune: at,
		Criteria: d.Criteria, Communes: d.Communes, HomeVisits: d.HomeVisits, Paused: d.Paused}
}

// settleTiers moves requests to the tier that the rule gives them on the day, in
// the list and in the record, each in a transaction of its own.
func (s *Service) settleTiers(ctx context.Context, list []Request, day civil.Date, now time.Time) error {
	rule := s.Rules.On(day)
	for i := range list {
		if !list[i].settle(rule, day) {
			continue
		}
		if err := s.settleTier(ctx, list[i].ID, rule, day, now); err != nil {
			return err
		}
	}
	return nil
}

// settleTier keeps what the rule says of one request, as it stands by now: one
// that moved on since it was listed stays as it is.
func (s *Service) settleTier(ctx context.Context, id string, rule Rule, day civil.Date, now time.Time) error {
	return s.Store.InTx(ctx, func(ctx context.Context, tx Tx) error {
		r, err := tx.Request(ctx, id)
		if err != nil {
			return err
		}
		was := r.Tier
		if !r.State.Seeking() || !r.settle(rule, day) {
			return nil
		}
		if err := tx.SaveRequest(ctx, r); err != nil || r.Tier == was {
			return err
		}
		return s.happened(ctx, tx, Event{Request: id, At: now, Actor: system, Kind: EventTierChanged, Detail: strconv.Itoa(r.Tier)})
	})
}

// settle gives the request the tier of the rule on a day, and the criteria that
// speak for it, and reports whether that changed anything. A nurse's choice stays.
func (r *Request) settle(rule Rule, day civil.Date) bool {
	tier, because := rule.Tier(r.CriteriaOn(day))
	if r.TierSet || r.Tier == tier && slices.Equal(r.Because, because) {
		return false
	}
	r.Tier, r.Because = tier, because
	return true
}
