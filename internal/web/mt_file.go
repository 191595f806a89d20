package web

import (
	"bytes"
	"context"
	"encoding/base64"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/web/api"
)

var errFile = fault.New(fault.Invalid, "attribution.file", "Ce fichier n’est pas lisible : envoyez un fichier CSV d’au plus 1 Mio.")

func (h mtRequestHandlers) ImportMTRequests(ctx context.Context, r api.ImportMTRequestsRequestObject) (api.ImportMTRequestsResponseObject, error) {
	ctx, actor := caller(ctx)
	file, err := base64.StdEncoding.DecodeString(r.Body.File)
	if err != nil {
		return nil, errFile
	}
	report, err := h.requests.Import(ctx, actor, r.Body.Territory, bytes.NewReader(file), value(r.Body.DryRun))
	if err != nil {
		return nil, err
	}
	out := api.ImportMTRequests200JSONResponse{
		Created: report.Created, Unchanged: report.Unchanged, Duplicates: &report.Duplicates,
		Problems: make([]api.LineProblem, 0, len(report.Problems)), Aside: append([]string{}, report.Aside...),
	}
	for _, p := range report.Problems {
		out.Problems = append(out.Problems, api.LineProblem{Line: p.Line, Column: optional(p.Column), Reason: p.Reason, Message: p.Message})
	}
	return out, nil
}
