package web

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/territory"
	"github.com/relais-snp/relais/internal/web/api"
)

// mtPlanHandlers says what GPs can take, and proposes who could take whom.
type mtPlanHandlers struct {
	matching Matching
	names    names
	days     calendar
}

func (h mtPlanHandlers) ListMTChoices(ctx context.Context, r api.ListMTChoicesRequestObject) (api.ListMTChoicesResponseObject, error) {
	ctx, actor := caller(ctx)
	choices, err := h.matching.Choices(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	list := api.ListMTChoices200JSONResponse{Items: make([]api.MTChoice, 0, len(choices))}
	for _, c := range choices {
		list.Items = append(list.Items, api.MTChoice{
			Practitioner: c.Practitioner, Metres: c.Metres, Unlocated: c.Unlocated, Known: c.Known, Left: c.Left, Hurdle: optional(api.MTHurdle(c.Hurdle)),
		})
	}
	return list, nil
}

func (h mtPlanHandlers) ComputeMTPlan(ctx context.Context, r api.ComputeMTPlanRequestObject) (api.ComputeMTPlanResponseObject, error) {
	ctx, actor := caller(ctx)
	plan, err := h.matching.Compute(ctx, actor, r.Body.Territory)
	if err != nil {
		return nil, err
	}
	out, err := h.planOf(ctx, plan)
	return api.ComputeMTPlan201JSONResponse(out), err
}

func (h mtPlanHandlers) GetMTPlan(ctx context.Context, r api.GetMTPlanRequestObject) (api.GetMTPlanResponseObject, error) {
	ctx, actor := caller(ctx)
	plan, err := h.matching.LastPlan(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	out, err := h.planOf(ctx, plan)
	return api.GetMTPlan200JSONResponse(out), err
}

func (h mtPlanHandlers) planOf(ctx context.Context, v attribution.PlanView) (api.MTPlan, error) {
	now, err := h.days.now(v.Territory)
	if err != nil {
		return api.MTPlan{}, err
	}
	by, err := h.names.of(ctx, []string{v.By})
	if err != nil {
		return api.MTPlan{}, err
	}
	out := api.MTPlan{
		Id: v.ID, Territory: v.Territory, At: v.At, By: by[v.By], Day: dateOf(v.Day), Rule: dateOf(v.Rule), Inputs: v.Inputs,
		Seekers: v.Seekers, Gps: v.GPs, Places: v.Places, MaxKm: v.MaxKm,
		Served: make([]api.MTProposal, 0, len(v.Plan.Served)), Unserved: make([]api.MTUnserved, 0, len(v.Plan.Unserved)),
	}
	for _, p := range v.Plan.Served {
		out.Served = append(out.Served, api.MTProposal{
			Patient: plannedOf(v.Requests[p.Seeker], now), Practitioner: p.Practitioner, Metres: p.Metres, Unlocated: p.Unlocated,
			Known: p.Known, NearerFull: p.NearerFull,
		})
	}
	for _, u := range v.Plan.Unserved {
		one := api.MTUnserved{Patient: plannedOf(v.Requests[u.Seeker], now), Hurdles: make([]api.MTHurdleCount, 0, len(u.Hurdles))}
		for _, c := range u.Hurdles {
			one.Hurdles = append(one.Hurdles, api.MTHurdleCount{Hurdle: api.MTHurdle(c.Hurdle), Gps: c.GPs})
		}
		out.Unserved = append(out.Unserved, one)
	}
	return out, nil
}

func (h mtPlanHandlers) ListMTCapacities(ctx context.Context, r api.ListMTCapacitiesRequestObject) (api.ListMTCapacitiesResponseObject, error) {
	ctx, actor := caller(ctx)
	declared, err := h.matching.Capacities(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	quarter, err := h.quarter(r.Params.Territory)
	if err != nil {
		return nil, err
	}
	list := api.ListMTCapacities200JSONResponse{Quarter: quarter.String()}
	list.Items, err = h.capacities(ctx, declared, quarter)
	return list, err
}

// DeclareMTCapacity declares the caller's own capacity, or that of the GP whom a nurse names.
func (h mtPlanHandlers) DeclareMTCapacity(ctx context.Context, r api.DeclareMTCapacityRequestObject) (api.DeclareMTCapacityResponseObject, error) {
	ctx, actor := caller(ctx)
	declared, err := h.matching.Declare(ctx, actor, declarationFrom(actor, *r.Body))
	if err != nil {
		return nil, err
	}
	quarter, err := h.quarter(r.Body.Territory)
	if err != nil {
		return nil, err
	}
	out, err := h.capacities(ctx, []attribution.Declaration{declared}, quarter)
	if err != nil {
		return nil, err
	}
	return api.DeclareMTCapacity200JSONResponse(out[0]), nil
}

func declarationFrom(a account.Actor, d api.MTCapacityDeclaration) attribution.Declaration {
	out := attribution.Declaration{
		Territory: d.Territory, Practitioner: orElse(value(d.Practitioner), a.Practitioner), Places: d.Places, Criteria: criteriaSet(d.Criteria),
		HomeVisits: value(d.HomeVisits), Paused: value(d.Paused),
	}
	for _, commune := range d.Communes {
		out.Communes = append(out.Communes, territory.INSEE(commune))
	}
	return out
}

func (h mtPlanHandlers) quarter(territory string) (attribution.Quarter, error) {
	now, err := h.days.now(territory)
	return attribution.QuarterOf(now.today), err
}

func (h mtPlanHandlers) capacities(ctx context.Context, declared []attribution.Declaration, quarter attribution.Quarter) ([]api.MTCapacity, error) {
	names, err := h.names.of(ctx, collect(declared, func(d attribution.Declaration) string { return d.DeclaredBy }))
	if err != nil {
		return nil, err
	}
	out := make([]api.MTCapacity, 0, len(declared))
	for _, d := range declared {
		one := api.MTCapacity{
			Territory: d.Territory, Practitioner: d.Practitioner, Quarter: d.Quarter.String(), Current: d.Quarter == quarter, Places: d.Places,
			Pending: d.Pending, Taken: d.Taken, Left: d.LeftIn(quarter), Criteria: criteriaOf(d.Criteria.List()),
			Communes: make([]api.Insee, 0, len(d.Communes)), HomeVisits: d.HomeVisits, Paused: d.Paused,
			DeclaredAt: d.DeclaredAt, DeclaredBy: optional(names[d.DeclaredBy]),
		}
		for _, commune := range d.Communes {
			one.Communes = append(one.Communes, string(commune))
		}
		out = append(out, one)
	}
	return out, nil
}
