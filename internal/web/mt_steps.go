package web

import (
	"context"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/web/api"
)

func (h mtRequestHandlers) ListMTEvents(ctx context.Context, r api.ListMTEventsRequestObject) (api.ListMTEventsResponseObject, error) {
	ctx, actor := caller(ctx)
	events, err := h.requests.Events(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	names, err := h.names.of(ctx, collect(events, func(e attribution.Event) string { return e.Actor }))
	if err != nil {
		return nil, err
	}
	list := api.ListMTEvents200JSONResponse{Items: make([]api.MTEvent, 0, len(events))}
	for _, e := range events {
		list.Items = append(list.Items, api.MTEvent{
			Id: e.ID, At: e.At, By: names[e.Actor], Kind: api.MTEventKind(e.Kind), Detail: optional(e.Detail),
			Practitioner: optional(e.Practitioner), Note: optional(e.Note),
		})
	}
	return list, nil
}

func (h mtRequestHandlers) StepMTRequest(ctx context.Context, r api.StepMTRequestRequestObject) (api.StepMTRequestResponseObject, error) {
	ctx, actor := caller(ctx)
	step := attribution.Step{
		Kind: attribution.EventKind(r.Body.Kind), Revision: value(r.Body.Revision), Note: value(r.Body.Note), Tier: value(r.Body.Tier),
		Reason: attribution.ClosedReason(value(r.Body.Reason)), Into: value(r.Body.Into),
	}
	if r.Body.On != nil {
		step.On = dateFrom(*r.Body.On)
	}
	stepped, err := h.requests.Step(ctx, actor, r.Id, step)
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, actor, stepped)
	return api.StepMTRequest200JSONResponse(out), err
}
