package web

import (
	"bufio"
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/web/api"
)

// exportWithin bounds an export, written while the books are read: a million entries over a good line.
const exportWithin = 5 * time.Minute

// exchangeHandlers takes files into the books and lets them out.
type exchangeHandlers struct {
	exchange Exchange
}

func (h exchangeHandlers) ImportEntries(ctx context.Context, r api.ImportEntriesRequestObject) (api.ImportEntriesResponseObject, error) {
	ctx, actor := caller(ctx)
	q := funding.ImportQuery{
		Territory: r.Body.Territory, Kind: funding.ImportKind(r.Body.Kind), Counterpart: value(r.Body.Counterpart), DryRun: value(r.Body.DryRun),
	}
	report, err := h.exchange.Import(ctx, actor, q, bytes.NewReader(r.Body.File))
	if err != nil {
		return nil, err
	}
	out := api.ImportEntries200JSONResponse{
		Created: report.Created, Unchanged: report.Unchanged, Problems: make([]api.LineProblem, 0, len(report.Problems)), Aside: append([]string{}, report.Aside...),
	}
	for _, p := range report.Problems {
		out.Problems = append(out.Problems, api.LineProblem{Line: p.Line, Column: optional(p.Column), Reason: p.Reason, Message: p.Message})
	}
	return out, nil
}

func (h exchangeHandlers) ExportBooks(ctx context.Context, r api.ExportBooksRequestObject) (api.ExportBooksResponseObject, error) {
	ctx, actor := caller(ctx)
	q := funding.ExportQuery{
		Territory: r.Params.Territory, Year: r.Params.Year, Format: funding.ExportFormat(r.Format),
		Latin9: r.Params.Encoding != nil && *r.Params.Encoding == api.Iso885915,
	}
	file, err := h.exchange.Export(ctx, actor, q)
	if err != nil {
		return nil, err
	}
	return exported{ctx, file}, nil
}

// exported is a file of the books that is written while they are read.
type exported struct {
	ctx  context.Context
	file funding.Export
}

// VisitExportBooksResponse writes the file as an attachment. What fails before its first bytes is a problem like any other; later the
// connection is cut, since half a file under status 200 would pass for the whole.
func (e exported) VisitExportBooksResponse(w http.ResponseWriter) error {
	patient := http.NewResponseController(w)
	_ = patient.SetWriteDeadline(time.Time{}) // the server's own is below what large books take; where there is none, nothing ends it early
	stop := context.AfterFunc(e.ctx, func() { _ = patient.SetWriteDeadline(time.Unix(1, 0)) })
	defer stop()
	out := &begun{to: w, name: e.file.Name}
	buffer := bufio.NewWriterSize(out, 64<<10)
	err := e.file.Write(e.ctx, buffer)
	if err == nil {
		err = buffer.Flush()
	}
	if err != nil && out.some {
		panic(http.ErrAbortHandler)
	}
	return err
}

// begun writes the header of an attachment before its first bytes.
type begun struct {
	to   http.ResponseWriter
	name string
	some bool
}

func (b *begun) Write(text []byte) (int, error) {
	if !b.some {
		b.some = true
		b.to.Header().Set("Content-Type", "application/octet-stream")
		b.to.Header().Set("Content-Disposition", attachment(b.name))
		b.to.WriteHeader(http.StatusOK)
	}
	return b.to.Write(text)
}
