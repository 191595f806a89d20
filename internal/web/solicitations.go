package web

import (
	"context"
	"math"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// solicitationHandlers asks GPs for patients en sus, and takes their answers.
type solicitationHandlers struct {
	solicitations Solicitations
	names         names
}

func (h solicitationHandlers) GetExtras(ctx context.Context, _ api.GetExtrasRequestObject) (api.GetExtrasResponseObject, error) {
	ctx, actor := caller(ctx)
	e, err := h.solicitations.Extras(ctx, actor)
	return api.GetExtras200JSONResponse(extrasOf(e)), err
}

func (h solicitationHandlers) SetExtras(ctx context.Context, r api.SetExtrasRequestObject) (api.SetExtrasResponseObject, error) {
	ctx, actor := caller(ctx)
	e, err := h.solicitations.SetExtras(ctx, actor, r.Body.Accepts, value(r.Body.Until))
	return api.SetExtras200JSONResponse(extrasOf(e)), err
}

func extrasOf(e regulation.Extras) api.Extras {
	return api.Extras{Accepts: e.Accepts, Until: optionalTime(e.Until)}
}

func (h solicitationHandlers) ListCandidates(ctx context.Context, r api.ListCandidatesRequestObject) (api.ListCandidatesResponseObject, error) {
	ctx, actor := caller(ctx)
	found, err := h.solicitations.Candidates(ctx, actor, r.Id)
	list := api.ListCandidates200JSONResponse{Items: make([]api.Candidate, 0, len(found))}
	for _, c := range found {
		one := api.Candidate{Practitioner: c.Practitioner, Approximate: c.Approximate, OwnMT: c.OwnMT}
		if !c.Unknown {
			one.DistanceKm = new(math.Round(c.DistanceKm*10) / 10) // communes are kilometres wide
		}
		list.Items = append(list.Items, one)
	}
	return list, err
}

func (h solicitationHandlers) CreateSolicitation(ctx context.Context, r api.CreateSolicitationRequestObject) (api.CreateSolicitationResponseObject, error) {
	ctx, actor := caller(ctx)
	want := regulation.SolicitRequest{
		Case: r.Body.Case, Practitioners: r.Body.Practitioners, Nearest: value(r.Body.Nearest), Minutes: r.Body.Minutes, Key: r.Params.IdempotencyKey,
	}
	for _, warning := range r.Body.Acknowledge {
		want.Acknowledge = append(want.Acknowledge, string(warning))
	}
	made, err := h.solicitations.Solicit(ctx, actor, want)
	if err != nil {
		return nil, err
	}
	out, err := h.all(ctx, []regulation.Solicitation{made})
	if err != nil {
		return nil, err
	}
	return api.CreateSolicitation201JSONResponse(out[0]), nil
}

// ListSolicitations lists those of a territory, or those that a GP who names none was asked.
func (h solicitationHandlers) ListSolicitations(ctx context.Context, r api.ListSolicitationsRequestObject) (api.ListSolicitationsResponseObject, error) {
	ctx, actor := caller(ctx)
	after, err := keyOf(r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	q := regulation.SolicitationQuery{Case: value(r.Params.Case), Waiting: value(r.Params.Open), After: after, Limit: limitOf(r.Params.Limit)}
	if r.Params.Territory == nil && actor.Has(account.GP) {
		q.Practitioner = actor.Practitioner
	} else if q.Territory, err = territoryAsked(actor, r.Params.Territory); err != nil {
		return nil, err
	}
	found, err := h.solicitations.Solicitations(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	list := api.ListSolicitations200JSONResponse{}
	list.Items, err = h.all(ctx, found)
	if len(found) == q.Limit {
		last := found[q.Limit-1]
		list.Next = cursorOf(regulation.Key{At: last.AskedAt, ID: last.ID})
	}
	return list, err
}

func (h solicitationHandlers) AcceptSolicitation(ctx context.Context, r api.AcceptSolicitationRequestObject) (api.AcceptSolicitationResponseObject, error) {
	ctx, actor := caller(ctx)
	b, err := h.solicitations.Accept(ctx, actor, regulation.Acceptance{
		Solicitation: r.Id, Start: r.Body.Start, Minutes: r.Body.Minutes, Location: r.Body.Location,
		Modality: agenda.Modality(orElse(string(value(r.Body.Modality)), string(agenda.Cabinet))), Key: r.Params.IdempotencyKey,
	})
	if err != nil {
		return nil, err
	}
	by, err := h.names.of(ctx, []string{b.BookedBy})
	return api.AcceptSolicitation201JSONResponse(bookingOf(b, by[b.BookedBy])), err
}

func (h solicitationHandlers) DeclineSolicitation(ctx context.Context, r api.DeclineSolicitationRequestObject) (api.DeclineSolicitationResponseObject, error) {
	ctx, actor := caller(ctx)
	return api.DeclineSolicitation204Response{}, h.solicitations.Decline(ctx, actor, r.Id)
}

func (h solicitationHandlers) WithdrawSolicitation(ctx context.Context, r api.WithdrawSolicitationRequestObject) (api.WithdrawSolicitationResponseObject, error) {
	ctx, actor := caller(ctx)
	return api.WithdrawSolicitation204Response{}, h.solicitations.Withdraw(ctx, actor, r.Id)
}

func (h solicitationHandlers) all(ctx context.Context, found []regulation.Solicitation) ([]api.Solicitation, error) {
	names, err := h.names.of(ctx, collect(found, func(x regulation.Solicitation) string { return x.By }))
	if err != nil {
		return nil, err
	}
	out := make([]api.Solicitation, 0, len(found))
	for _, x := range found {
		out = append(out, solicitationOf(x, names[x.By]))
	}
	return out, nil
}

func solicitationOf(x regulation.Solicitation, by string) api.Solicitation {
	out := api.Solicitation{
		Id: x.ID, Territory: x.Territory, Case: x.Case, State: api.SolicitationState(x.State), AskedAt: x.AskedAt, Until: x.Until, By: by,
		Commune: optional(x.Commune), Reason: optional(x.Reason), WishedDelayMinutes: optional(x.WishedDelayMinutes), Booking: optional(x.Booking),
		Practitioners: make([]api.Solicited, 0, len(x.Asked)),
	}
	for _, asked := range x.Asked {
		out.Practitioners = append(out.Practitioners, api.Solicited{Practitioner: asked.Practitioner, Answer: api.SolicitationAnswer(asked.Answer)})
	}
	return out
}
