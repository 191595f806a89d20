package web

import (
	"context"

	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/web/api"
)

// declaredHandlers keeps the figures of the caisse.
type declaredHandlers struct {
	declared Declared
	names    names
}

func (h declaredHandlers) ListDeclaredFigures(ctx context.Context, r api.ListDeclaredFiguresRequestObject) (api.ListDeclaredFiguresResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	report, err := h.declared.DeclaredFigures(ctx, actor, r.Params.Territory)
	if err != nil {
		return nil, err
	}
	if csv {
		sheet, size, err := sheetOf(report)
		return api.ListDeclaredFigures200TextcsvResponse{Body: sheet, ContentLength: size}, err
	}
	shown, err := h.names.of(ctx, collect(report.Figures, func(d indicator.Declared) string { return d.By }))
	if err != nil {
		return nil, err
	}
	return api.ListDeclaredFigures200JSONResponse{
		Items: each(report.Figures, func(d indicator.Declared) api.DeclaredFigure { return figureOf(d, shown[d.By]) }),
	}, nil
}

func (h declaredHandlers) DeclareFigure(ctx context.Context, r api.DeclareFigureRequestObject) (api.DeclareFigureResponseObject, error) {
	ctx, actor := caller(ctx)
	made, err := h.declared.DeclareFigure(ctx, actor, indicator.Declared{
		Territory: r.Body.Territory, Kind: indicator.FigureKind(r.Body.Kind), On: dateFrom(r.Body.On),
		Count: r.Body.Count, Base: value(r.Body.Base), Source: r.Body.Source,
	})
	if err != nil {
		return nil, err
	}
	return api.DeclareFigure201JSONResponse(figureOf(made, actor.Name)), nil
}

func (h declaredHandlers) DeleteDeclaredFigure(ctx context.Context, r api.DeleteDeclaredFigureRequestObject) (api.DeleteDeclaredFigureResponseObject, error) {
	ctx, actor := caller(ctx)
	if err := h.declared.DeleteFigure(ctx, actor, r.Id); err != nil {
		return nil, err
	}
	return api.DeleteDeclaredFigure204Response{}, nil
}

func figureOf(d indicator.Declared, by string) api.DeclaredFigure {
	return api.DeclaredFigure{
		Id: d.ID, Territory: d.Territory, Kind: api.DeclaredFigureKind(d.Kind), On: dateOf(d.On), Count: d.Count,
		Base: optional(d.Base), Share: d.Share(), Source: d.Source, By: optional(by), At: d.At,
	}
}
