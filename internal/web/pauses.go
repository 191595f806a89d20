package web

import (
	"context"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// pauseHandlers takes days out of what was published, and gives them back.
type pauseHandlers struct {
	openings Openings
}

// maxKeptShown bounds the slots that stay, as the contract does.
const maxKeptShown = 500

func (h pauseHandlers) SkipOccurrence(ctx context.Context, r api.SkipOccurrenceRequestObject) (api.SkipOccurrenceResponseObject, error) {
	ctx, actor := caller(ctx)
	o, kept, err := h.openings.Skip(ctx, actor, r.Id, dateFrom(r.Body.Day))
	return api.SkipOccurrence200JSONResponse{Opening: openingOf(o, nil), Kept: keptOf(kept, actor.ID)}, err
}

func (h pauseHandlers) UnskipOccurrence(ctx context.Context, r api.UnskipOccurrenceRequestObject) (api.UnskipOccurrenceResponseObject, error) {
	ctx, actor := caller(ctx)
	o, err := h.openings.Unskip(ctx, actor, r.Id, dateFrom(r.Day))
	return api.UnskipOccurrence200JSONResponse(openingOf(o, nil)), err
}

func (h pauseHandlers) CreatePause(ctx context.Context, r api.CreatePauseRequestObject) (api.CreatePauseResponseObject, error) {
	ctx, actor := caller(ctx)
	p, kept, err := h.openings.Pause(ctx, actor, value(r.Body.Practitioner), dateFrom(r.Body.From), dateFrom(r.Body.To))
	if err != nil {
		return nil, err
	}
	out := pauseOf(p)
	out.Kept = keptOf(kept, actor.ID)
	return api.CreatePause201JSONResponse(out), nil
}

func (h pauseHandlers) ListPauses(ctx context.Context, r api.ListPausesRequestObject) (api.ListPausesResponseObject, error) {
	ctx, actor := caller(ctx)
	pauses, err := h.openings.Pauses(ctx, actor, value(r.Params.Practitioner))
	list := api.ListPauses200JSONResponse{Items: []api.Pause{}}
	for _, p := range pauses {
		list.Items = append(list.Items, pauseOf(p))
	}
	return list, err
}

func (h pauseHandlers) EndPause(ctx context.Context, r api.EndPauseRequestObject) (api.EndPauseResponseObject, error) {
	ctx, actor := caller(ctx)
	return api.EndPause204Response{}, h.openings.EndPause(ctx, actor, r.Id)
}

func pauseOf(p agenda.Pause) api.Pause {
	return api.Pause{Id: p.ID, Practitioner: p.Practitioner, From: dateOf(p.From), To: dateOf(p.To), Withdrawn: &p.Withdrawn}
}

// keptOf shows slots that stay, with who holds a seat of them.
func keptOf(kept []agenda.Kept, me string) []api.Slot {
	slots := make([]api.Slot, 0, len(kept))
	for _, k := range kept[:min(len(kept), maxKeptShown)] {
		state := stateOf(k.Record)
		if k.Held != nil {
			state.Held = []regulation.HeldSeat{{By: k.Held.By, Holder: k.Held.Holder, Until: k.Held.Until}}
		}
		slots = append(slots, slotOf(state, me))
	}
	return slots
}
