package web

import (
	"context"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/web/api"
)

// caseHandlers follows callers from their first word to an outcome.
type caseHandlers struct {
	cases Cases
	names names
}

func (h caseHandlers) CreateCase(ctx context.Context, r api.CreateCaseRequestObject) (api.CreateCaseResponseObject, error) {
	ctx, actor := caller(ctx)
	c, err := h.cases.OpenCase(ctx, actor, draftFrom(r.Body.Territory, api.CaseChange{
		Commune: r.Body.Commune, Reason: r.Body.Reason, WishedDelayMinutes: r.Body.WishedDelayMinutes, Mt: r.Body.Mt, Patient: r.Body.Patient,
	}))
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, c)
	return api.CreateCase201JSONResponse(out), err
}

func (h caseHandlers) UpdateCase(ctx context.Context, r api.UpdateCaseRequestObject) (api.UpdateCaseResponseObject, error) {
	ctx, actor := caller(ctx)
	c, err := h.cases.ChangeCase(ctx, actor, r.Id, draftFrom("", *r.Body))
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, c)
	return api.UpdateCase200JSONResponse(out), err
}

func (h caseHandlers) CloseCase(ctx context.Context, r api.CloseCaseRequestObject) (api.CloseCaseResponseObject, error) {
	ctx, actor := caller(ctx)
	c, err := h.cases.CloseCase(ctx, actor, r.Id, regulation.Closing{
		Outcome: regulation.Outcome(r.Body.Outcome), WhyKind: regulation.WhyKind(value(r.Body.WhyKind)), Why: value(r.Body.Why),
	})
	if err != nil {
		return nil, err
	}
	out, err := h.one(ctx, c)
	return api.CloseCase200JSONResponse(out), err
}

func (h caseHandlers) NoteEffort(ctx context.Context, r api.NoteEffortRequestObject) (api.NoteEffortResponseObject, error) {
	ctx, actor := caller(ctx)
	err := h.cases.NoteEffort(ctx, actor, r.Id, regulation.Effort{Keys: r.Body.Keys, Conflicts: r.Body.Conflicts})
	return api.NoteEffort204Response{}, err
}

func (h caseHandlers) ListCases(ctx context.Context, r api.ListCasesRequestObject) (api.ListCasesResponseObject, error) {
	ctx, actor := caller(ctx)
	territory, err := territoryAsked(actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	after, err := keyOf(r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	limit := limitOf(r.Params.Limit)
	cases, err := h.cases.Cases(ctx, actor, regulation.CaseQuery{Territory: territory, OpenOnly: value(r.Params.Open), After: after, Limit: limit})
	if err != nil {
		return nil, err
	}
	list := api.ListCases200JSONResponse{}
	list.Items, err = h.all(ctx, cases)
	if len(cases) == limit {
		last := cases[limit-1]
		list.Next = cursorOf(regulation.Key{At: last.OpenedAt, ID: last.ID})
	}
	return list, err
}

// territoryAsked is the territory a list is about: the one named, or the caller's only one.
func territoryAsked(a account.Actor, named *string) (string, error) {
	switch {
	case named != nil:
		return *named, nil
	case len(a.Territories) == 1:
		return a.Territories[0], nil
	}
	return "", fault.Fields("request.invalid", invalidMessage, field([]string{"territory"}, "request.required"))
}

func draftFrom(territory string, c api.CaseChange) regulation.CaseDraft {
	d := regulation.CaseDraft{Territory: territory, Commune: c.Commune, Reason: c.Reason, WishedDelayMinutes: c.WishedDelayMinutes}
	if c.Mt != nil {
		mt := mtFrom(*c.Mt)
		d.MT = &mt
	}
	if c.Patient != nil {
		patient := patientFrom(*c.Patient)
		d.Patient = &patient
	}
	return d
}

func (h caseHandlers) one(ctx context.Context, c regulation.Case) (api.Case, error) {
	cases, err := h.all(ctx, []regulation.Case{c})
	if err != nil {
		return api.Case{}, err
	}
	return cases[0], nil
}

func (h caseHandlers) all(ctx context.Context, cases []regulation.Case) ([]api.Case, error) {
	names, err := h.names.of(ctx, collect(cases, func(c regulation.Case) string { return c.OpenedBy }))
	if err != nil {
		return nil, err
	}
	out := make([]api.Case, 0, len(cases))
	for _, c := range cases {
		out = append(out, caseOf(c, names[c.OpenedBy]))
	}
	return out, nil
}

func caseOf(c regulation.Case, openedBy string) api.Case {
	out := api.Case{
		Id: c.ID, Territory: c.Territory, State: api.CaseStateOpen, OpenedAt: c.OpenedAt, OpenedBy: openedBy,
		Commune: optional(c.Commune), Reason: optional(c.Reason), WishedDelayMinutes: optional(c.WishedDelayMinutes), Mt: mtOf(c.MT),
		FirstProposalAt: optionalTime(c.FirstProposalAt), HeldAt: optionalTime(c.HeldAt), ClosedAt: optionalTime(c.ClosedAt),
		Outcome: optional(api.CaseOutcome(c.Outcome)), WhyKind: optional(api.WhyKind(c.WhyKind)), Why: optional(c.Why), Solicitation: optional(c.Solicitation),
	}
	if !c.Open() {
		out.State = api.CaseStateClosed
	}
	if c.Patient != nil {
		out.Patient = patientOf(*c.Patient)
	}
	return out
}
