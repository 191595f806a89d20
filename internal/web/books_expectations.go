package web

import (
	"context"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

func (h bookHandlers) ListExpectations(ctx context.Context, r api.ListExpectationsRequestObject) (api.ListExpectationsResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	q := funding.ExpectationQuery{
		Territory: r.Params.Territory, Prefix: funding.ExpectationKind(value(r.Params.Kind)).Prefix(), Person: value(r.Params.Practitioner),
		States: each(r.Params.State, func(s api.ExpectationState) funding.ExpectationState { return funding.ExpectationState(s) }),
	}
	if csv {
		found, err := h.books.Expectations(ctx, actor, q)
		if err != nil {
			return nil, err
		}
		sheet, size, err := sheetOf(expectationSheet(each(found, h.expectation)))
		return api.ListExpectations200TextcsvResponse{Body: sheet, ContentLength: size}, err
	}
	var err error
	if q.AfterOn, q.AfterID, err = expectationAfter(r.Params.Cursor); err != nil {
		return nil, err
	}
	q.Limit = limitOf(r.Params.Limit)
	found, err := h.books.Expectations(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	list := api.ListExpectations200JSONResponse{Items: each(found, h.expectation)}
	if len(found) == q.Limit {
		last := found[q.Limit-1]
		list.Next = joinCursor(last.On.String(), last.ID)
	}
	return list, nil
}

// expectationAfter reads the cursor of expected money: its day, then the id.
func expectationAfter(cursor *string) (on civil.Date, id string, err error) {
	if cursor == nil {
		return on, "", nil
	}
	day, id, err := splitCursor(*cursor)
	if err != nil {
		return on, "", err
	}
	if on, err = civil.ParseDate(day); err != nil || id == "" || on.Year < firstYear || on.Year > lastYear {
		return on, "", errCursor
	}
	return on, id, nil
}

func (h bookHandlers) ReceiveExpectation(ctx context.Context, r api.ReceiveExpectationRequestObject) (api.ReceiveExpectationResponseObject, error) {
	ctx, actor := caller(ctx)
	sums := sums{}
	receipt := funding.Receipt{
		Amount: sums.of("amount", r.Body.Amount), On: dateFrom(r.Body.On), Piece: r.Body.Piece, Label: value(r.Body.Label), Account: value(r.Body.Account),
	}
	if err := sums.refused(); err != nil {
		return nil, err
	}
	made, err := h.books.ReceiveSum(ctx, actor, r.Id, receipt, r.Params.IdempotencyKey)
	if err != nil {
		return nil, err
	}
	out, err := h.entry(ctx, actor, made)
	return api.ReceiveExpectation201JSONResponse(out), err
}

func (h bookHandlers) VoidExpectation(ctx context.Context, r api.VoidExpectationRequestObject) (api.VoidExpectationResponseObject, error) {
	ctx, actor := caller(ctx)
	x, err := h.books.Void(ctx, actor, r.Id)
	if err != nil {
		return nil, err
	}
	return api.VoidExpectation200JSONResponse(h.expectation(x)), nil
}

func (h bookHandlers) expectation(x funding.Expectation) api.Expectation {
	out := api.Expectation{
		Id: x.ID, Kind: api.ExpectationKind(x.Kind()), Key: x.Key, Label: optional(funding.Describe(x, h.rules.Schedules, h.rules.Schemes)), On: dateOf(x.On),
		Amount: x.Amount.String(), Received: x.Received.String(), Left: x.Left().String(), State: api.ExpectationState(x.State),
		Code: optional(x.Envelope), ContractYear: optional(x.Year), Practitioner: optional(x.Person),
		Because: each(x.Because, func(reason string) api.MajorationReason { return api.MajorationReason(reason) }),
	}
	if x.Kind() == funding.OfMajoration {
		out.Booking = optional(x.Evidence)
	}
	return out
}
