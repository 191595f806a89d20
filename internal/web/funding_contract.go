package web

import (
	"context"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

// contractHandlers keeps what a CPTS signed, and tells what it makes due.
type contractHandlers struct {
	contracts Contracts
	rules     FundingRules
	names     names
	days      calendar
}

func (h contractHandlers) GetFundingContract(ctx context.Context, r api.GetFundingContractRequestObject) (api.GetFundingContractResponseObject, error) {
	ctx, actor := caller(ctx)
	c, there, err := h.contracts.Contract(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	out, err := h.view(ctx, c, there)
	return api.GetFundingContract200JSONResponse(out), err
}

func (h contractHandlers) SetFundingContract(ctx context.Context, r api.SetFundingContractRequestObject) (api.SetFundingContractResponseObject, error) {
	ctx, actor := caller(ctx)
	asked, err := contractFrom(*r.Body)
	if err != nil {
		return nil, err
	}
	c, err := h.contracts.SetContract(ctx, actor, asked)
	if err != nil {
		return nil, err
	}
	out, err := h.view(ctx, c, true)
	return api.SetFundingContract200JSONResponse(out), err
}

// contractFrom reads a contract. A code that has two amounts would leave one of them to chance.
func contractFrom(b api.FundingContract) (funding.Contract, error) {
	c := funding.Contract{
		Territory: b.Territory, Schedule: b.Schedule, Signed: dateFrom(b.Signed), Taille: b.Taille, Schemes: b.Schemes,
		SIREN: value(b.Siren), Revision: value(b.Revision),
	}
	for _, s := range b.Starts {
		c.Starts = append(c.Starts, funding.Start{Mission: s.Mission, On: dateFrom(s.On), Deployed: value(dayFrom(s.Deployed))})
	}
	sums := sums{}
	for _, a := range b.Amounts {
		if c.Amounts == nil {
			c.Amounts = map[string]funding.Cents{}
		}
		if _, twice := c.Amounts[a.Code]; twice {
			return c, fault.Fields("request.invalid", invalidMessage, field([]string{"amounts"}, "request.repeated"))
		}
		c.Amounts[a.Code] = sums.of("amounts", a.Amount)
	}
	return c, sums.refused()
}

func (h contractHandlers) GetFundingCalendar(ctx context.Context, r api.GetFundingCalendarRequestObject) (api.GetFundingCalendarResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	dues, deadlines, err := h.contracts.Calendar(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	c, _, err := h.contracts.Contract(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	now, err := h.days.now(r.Params.Territory)
	if err != nil {
		return nil, err
	}
	plan := newPaymentPlan(h.rules.schedule(c.Schedule).With(c), c)
	out := api.FundingCalendar{Today: dateOf(now.today), Payments: each(dues, plan.payment)}
	if csv {
		sheet, size, err := sheetOf(paymentSheet(out.Payments))
		return api.GetFundingCalendar200TextcsvResponse{Body: sheet, ContentLength: size}, err
	}
	plan.addDeadlines(&out, deadlines)
	return api.GetFundingCalendar200JSONResponse(out), nil
}

func (h contractHandlers) DecideVariablePart(ctx context.Context, r api.DecideVariablePartRequestObject) (api.DecideVariablePartResponseObject, error) {
	ctx, actor := caller(ctx)
	sums := sums{}
	amount := sums.of("amount", r.Body.Amount)
	if err := sums.refused(); err != nil {
		return nil, err
	}
	d, err := h.contracts.Decide(ctx, actor, funding.Decision{
		Territory: r.Body.Territory, Mission: r.Body.Mission, Year: r.Body.Year, Amount: amount, On: dateFrom(r.Body.On), Evidence: value(r.Body.Evidence),
	})
	if err != nil {
		return nil, err
	}
	return api.DecideVariablePart200JSONResponse{
		Territory: d.Territory, Mission: d.Mission, Year: d.Year, Amount: d.Amount.String(), On: dateOf(d.On), Evidence: optional(d.Evidence),
	}, nil
}

func (h contractHandlers) ListEnvelopes(ctx context.Context, r api.ListEnvelopesRequestObject) (api.ListEnvelopesResponseObject, error) {
	ctx, actor := caller(ctx)
	envelopes, err := h.contracts.Envelopes(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	return api.ListEnvelopes200JSONResponse{Items: each(envelopes, envelopeOf)}, nil
}

func envelopeOf(e funding.Envelope) api.Envelope {
	return api.Envelope{
		Code: e.Code, Label: e.Label, Mission: optional(e.Mission), Earmarked: e.Earmarked, Yearly: moneyOf(e.Yearly),
		Received: e.Received.String(), Spent: e.Spent.String(), Left: e.Left().String(),
	}
}
