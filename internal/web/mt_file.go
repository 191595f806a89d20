package web

import (
	"bytes"
	"context"
	"encoding/base64"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/web/api"
)

// A file of requests is the one call that sends much and works long.
const (
	importOperation = "importMTRequests"
	importRoute     = apiPrefix + "/mt/requests/import"
	// importWithin bounds an import, below the server's own bound of an answer: 2000 lines, a batch a transaction.
	importWithin = 45 * time.Second
	// filesAtOnce bounds the files in course, which take memory and the record's one writer.
	filesAtOnce = 2
)

var errFile = fault.New(fault.Invalid, "attribution.file", "Ce fichier n’est pas lisible : envoyez un fichier CSV d’au plus 1 Mio.")

// files counts the files in course: one of each account, and few in all. A place is taken before the file is read, so that nobody
// fills the memory by sending many.
type files struct {
	mu sync.Mutex
	of map[string]bool
}

func newFiles() *files { return &files{of: map[string]bool{}} }

// take gives an account a place, which ends with the call of done, or errBusy at once.
func (f *files) take(account string) (done func(), err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of[account] || len(f.of) >= filesAtOnce {
		return nil, errBusy
	}
	f.of[account] = true
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.of, account)
	}, nil
}

func (s *Server) oneFileAtATime(c *gin.Context) {
	if c.FullPath() != importRoute {
		return
	}
	actor := actorOf(c.Request.Context())
	if err := account.Allow(actor, account.HandleRequests, account.Target{}); err != nil {
		s.writeProblem(c, err) // before a place is taken from those who may
		return
	}
	done, err := s.files.take(actor.ID)
	if err != nil {
		s.writeProblem(c, err)
		return
	}
	defer done()
	c.Next()
}

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
