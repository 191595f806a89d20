package web

import (
	"context"

	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/web/api"
)

// fillHandlers reports the fill rate.
type fillHandlers struct {
	fill Fill
}

func (h fillHandlers) GetFillReport(ctx context.Context, r api.GetFillReportRequestObject) (api.GetFillReportResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	by := indicator.Grouping(value(r.Params.By))
	report, err := h.fill.Fill(ctx, actor, r.Params.Territory, dateFrom(r.Params.From), dateFrom(r.Params.To), by)
	if err != nil {
		return nil, err
	}
	if !csv {
		return api.GetFillReport200JSONResponse(fillOf(report)), nil
	}
	sheet, size, err := sheetOf(report)
	return api.GetFillReport200TextcsvResponse{Body: sheet, ContentLength: size}, err
}

func fillOf(r indicator.Report) api.FillReport {
	out := api.FillReport{
		Territory: r.Territory, From: dateOf(r.From), To: dateOf(r.To), By: api.FillGrouping(r.By), Simulated: r.Simulated,
		Total: fillRowOf(r.Total), Rows: make([]api.FillRow, 0, len(r.Rows)),
	}
	for _, row := range r.Rows {
		out.Rows = append(out.Rows, fillRowOf(row))
	}
	return out
}

func fillRowOf(r indicator.Row) api.FillRow {
	row := api.FillRow{
		Key: r.Key, Label: r.Label, Offered: r.Offered, Taken: r.Taken, Fill: r.Fill,
		Lapsed: r.Lapsed, Withdrawn: r.Withdrawn, HeldThenLost: r.HeldThenLost,
		CancelledByPatient: r.CancelledByPatient, CancelledByRegulator: r.CancelledByRegulator, CancelledByPractitioner: r.CancelledByPractitioner,
		Honoured: r.Honoured, NoShow: r.NoShow, WithMT: r.WithMT, WithoutMT: r.WithoutMT, UnknownMT: r.UnknownMT,
		MedianDelayMinutes: r.MedianDelayMinutes, Within24h: r.Within24h, CasesWithoutSolution: r.CasesWithoutSolution,
		Practitioners: r.Practitioners, HoursOpened: r.HoursOpened, SnpActs: r.SNPActs, Extra: r.Extra,
	}
	for _, w := range r.Weeks {
		row.Weeks = append(row.Weeks, api.PractitionerWeek{Week: w.Week, HoursOpened: w.HoursOpened, SnpActs: w.SNPActs, Cap: w.Cap})
	}
	return row
}
