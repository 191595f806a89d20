package web

import (
	"context"

	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

func (h bookHandlers) GetBudget(ctx context.Context, r api.GetBudgetRequestObject) (api.GetBudgetResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	lines, outside, err := h.books.Budget(ctx, actor, r.Params.Territory, r.Params.Year)
	if err != nil {
		return nil, err
	}
	out := api.BudgetView{Year: r.Params.Year, Lines: each(lines, budgetLineOf), Outside: outside.String()}
	if !csv {
		return api.GetBudget200JSONResponse(out), nil
	}
	sheet, size, err := sheetOf(budgetSheet(out))
	return api.GetBudget200TextcsvResponse{Body: sheet, ContentLength: size}, err
}

func (h bookHandlers) AddBudgetLine(ctx context.Context, r api.AddBudgetLineRequestObject) (api.AddBudgetLineResponseObject, error) {
	made, err := h.saveLine(ctx, "", *r.Body)
	return api.AddBudgetLine201JSONResponse(made), err
}

func (h bookHandlers) SetBudgetLine(ctx context.Context, r api.SetBudgetLineRequestObject) (api.SetBudgetLineResponseObject, error) {
	saved, err := h.saveLine(ctx, r.Id, *r.Body)
	return api.SetBudgetLine200JSONResponse(saved), err
}

// saveLine adds a line, without an id, or writes it, and tells it as the whole budget has it: what was spent of one line depends on
// the others.
func (h bookHandlers) saveLine(ctx context.Context, id string, b api.NewBudgetLine) (api.BudgetLine, error) {
	ctx, actor := caller(ctx)
	sums := sums{}
	line := funding.BudgetLine{
		ID: id, Territory: b.Territory, Year: b.Year, Budget: funding.Budget(b.Budget), Label: b.Label, Account: b.Account, Mission: value(b.Mission),
		Envelope: value(b.Envelope), Planned: sums.of("planned", b.Planned), Revision: value(b.Revision),
	}
	if b.Committed != nil {
		line.Committed = sums.of("committed", *b.Committed)
	}
	if err := sums.refused(); err != nil {
		return api.BudgetLine{}, err
	}
	saved, err := h.books.SaveBudgetLine(ctx, actor, line)
	if err != nil {
		return api.BudgetLine{}, err
	}
	lines, _, err := h.books.Budget(ctx, actor, saved.Territory, saved.Year)
	for _, l := range lines {
		if l.ID == saved.ID {
			saved = l
		}
	}
	return budgetLineOf(saved), err
}

func (h bookHandlers) DeleteBudgetLine(ctx context.Context, r api.DeleteBudgetLineRequestObject) (api.DeleteBudgetLineResponseObject, error) {
	ctx, actor := caller(ctx)
	if err := h.books.DeleteBudgetLine(ctx, actor, r.Id); err != nil {
		return nil, err
	}
	return api.DeleteBudgetLine204Response{}, nil
}

func budgetLineOf(l funding.BudgetLine) api.BudgetLine {
	return api.BudgetLine{
		Id: l.ID, Revision: l.Revision, Budget: api.BudgetLineBudget(l.Budget), Label: l.Label, Account: l.Account, Mission: optional(l.Mission), Envelope: optional(l.Envelope),
		Planned: l.Planned.String(), Committed: l.Committed.String(), Spent: l.Spent.String(), Left: l.Left().String(),
	}
}
