package web

import (
	"bytes"
	"context"
	"io"

	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/web/api"
)

// indicatorHandlers reports what a territory's pilot looks at beside the fill rate.
type indicatorHandlers struct {
	indicators Indicators
}

func (h indicatorHandlers) GetUnmetReport(ctx context.Context, r api.GetUnmetReportRequestObject) (api.GetUnmetReportResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	report, err := h.indicators.Unmet(ctx, actor, r.Params.Territory, dateFrom(r.Params.From), dateFrom(r.Params.To))
	if err != nil {
		return nil, err
	}
	if !csv {
		return api.GetUnmetReport200JSONResponse(unmetOf(report)), nil
	}
	sheet, size, err := sheetOf(report)
	return api.GetUnmetReport200TextcsvResponse{Body: sheet, ContentLength: size}, err
}

func (h indicatorHandlers) GetCallReport(ctx context.Context, r api.GetCallReportRequestObject) (api.GetCallReportResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	by := indicator.Grouping(value(r.Params.By))
	report, err := h.indicators.Calls(ctx, actor, r.Params.Territory, dateFrom(r.Params.From), dateFrom(r.Params.To), by)
	if err != nil {
		return nil, err
	}
	if !csv {
		return api.GetCallReport200JSONResponse(callsOf(report)), nil
	}
	sheet, size, err := sheetOf(report)
	return api.GetCallReport200TextcsvResponse{Body: sheet, ContentLength: size}, err
}

func (h indicatorHandlers) GetWeekReport(ctx context.Context, r api.GetWeekReportRequestObject) (api.GetWeekReportResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	report, err := h.indicators.Weeks(ctx, actor, r.Params.Territory, dateFrom(r.Params.From), dateFrom(r.Params.To))
	if err != nil {
		return nil, err
	}
	if !csv {
		return api.GetWeekReport200JSONResponse(weeksOf(report)), nil
	}
	sheet, size, err := sheetOf(report)
	return api.GetWeekReport200TextcsvResponse{Body: sheet, ContentLength: size}, err
}

func (h indicatorHandlers) GetCoverReport(ctx context.Context, r api.GetCoverReportRequestObject) (api.GetCoverReportResponseObject, error) {
	csv := wantsCSV(ctx)
	ctx, actor := caller(ctx)
	report, err := h.indicators.Cover(ctx, actor, r.Params.Territory, dateFrom(r.Params.From), dateFrom(r.Params.To))
	if err != nil {
		return nil, err
	}
	if !csv {
		return api.GetCoverReport200JSONResponse(coverOf(report)), nil
	}
	sheet, size, err := sheetOf(report)
	return api.GetCoverReport200TextcsvResponse{Body: sheet, ContentLength: size}, err
}

// wantsCSV reports whether the caller asks for CSV rather than JSON.
func wantsCSV(ctx context.Context) bool {
	c, ok := ctx.(*gin.Context)
	if !ok {
		return false
	}
	c.Header("Vary", "Accept")
	return c.NegotiateFormat("application/json", "text/csv") == "text/csv"
}

// sheetOf is a report as CSV, and its length.
func sheetOf(report interface{ WriteCSV(w io.Writer) error }) (io.Reader, int64, error) {
	var sheet bytes.Buffer
	err := report.WriteCSV(&sheet)
	return &sheet, int64(sheet.Len()), err
}

func unmetOf(r indicator.UnmetReport) api.UnmetReport {
	out := api.UnmetReport{
		Territory: r.Query.Territory, From: dateOf(r.Query.From), To: dateOf(r.Query.To), Simulated: r.Simulated,
		Total: r.Total, Rows: make([]api.UnmetRow, 0, len(r.Rows)),
	}
	for _, row := range r.Rows {
		out.Rows = append(out.Rows, api.UnmetRow{Commune: row.Commune, Name: row.Name, WhyKind: api.WhyKind(row.WhyKind), Cases: row.Cases})
	}
	return out
}

func callsOf(r indicator.CallReport) api.CallReport {
	out := api.CallReport{
		Territory: r.Query.Territory, From: dateOf(r.Query.From), To: dateOf(r.Query.To), By: api.CallGrouping(r.Query.By),
		Simulated: r.Simulated, Total: callRowOf(r.Total), Rows: make([]api.CallRow, 0, len(r.Rows)),
	}
	for _, row := range r.Rows {
		out.Rows = append(out.Rows, callRowOf(row))
	}
	return out
}

func callRowOf(r indicator.CallRow) api.CallRow {
	return api.CallRow{
		Key: r.Key, Label: r.Label, Calls: r.Calls, Booked: r.Booked, ToMT: r.ToMT, Advice: r.Advice, To15: r.To15,
		ToEmergency: r.ToEmergency, NoSolution: r.NoSolution, Abandoned: r.Abandoned, Open: r.Open,
		ProposalSeconds: r.ProposalSeconds, HoldSeconds: r.HoldSeconds, BookSeconds: r.BookSeconds,
		Keys: r.Keys, ConflictsPer100: r.ConflictsPer100,
	}
}

func weeksOf(r indicator.WeekReport) api.WeekReport {
	out := api.WeekReport{
		Territory: r.Query.Territory, From: dateOf(r.Query.From), To: dateOf(r.Query.To), Simulated: r.Simulated,
		Rows: make([]api.WeekRow, 0, len(r.Rows)),
	}
	for _, row := range r.Rows {
		out.Rows = append(out.Rows, api.WeekRow{
			Practitioner: row.Practitioner, Name: row.Name, Week: row.Week, HoursOpened: row.HoursOpened, Offered: row.Offered,
			Taken: row.Taken, SnpActs: row.SNPActs, Cap: row.Cap, Extra: row.Extra,
		})
	}
	return out
}

func coverOf(r indicator.CoverReport) api.CoverReport {
	known := dateOf(r.KnownTo)
	out := api.CoverReport{
		Territory: r.Query.Territory, From: dateOf(r.Query.From), To: dateOf(r.Query.To), Simulated: r.Simulated,
		Gaps: r.Gaps, KnownTo: &known, Days: make([]api.CoverDay, 0, len(r.Days)),
	}
	for _, day := range r.Days {
		one := api.CoverDay{Day: dateOf(day.Day), Label: day.Label, Parts: make([]api.CoverPart, 0, len(day.Parts))}
		for _, part := range day.Parts {
			one.Parts = append(one.Parts, coverPartOf(part))
		}
		out.Days = append(out.Days, one)
	}
	return out
}

func coverPartOf(p indicator.CoverPart) api.CoverPart {
	out := api.CoverPart{
		Part: api.CoverPartPart(p.Part), Label: p.Part.French(), Holiday: p.Holiday, Wanted: p.Wanted, Seats: p.Seats, Free: p.Free,
		Gap: p.Gap, Practitioners: make([]api.CoverPractitioner, 0, len(p.Practitioners)),
	}
	for _, gp := range p.Practitioners {
		out.Practitioners = append(out.Practitioners, api.CoverPractitioner{Id: gp.ID, Name: gp.Name, Seats: gp.Seats})
	}
	return out
}
