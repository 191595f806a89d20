package web

import (
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/indicator"
)

const (
	// fileWithin bounds a call that carries a file, below the server's own bound of an answer: 2000 lines, a batch a transaction, or a
	// large file over a poor line.
	fileWithin = 45 * time.Second
	// filesAtOnce bounds the files in course, which take memory and the record's one writer.
	filesAtOnce = 2
)

// fileCall is a call that carries a file, in or out: it sends much and works long.
type fileCall struct {
	action   account.Action // asked before a place is taken from those who may
	most     int64          // bytes of the body
	tooLarge error
	within   time.Duration
}

// fileCalls are those calls by their operation.
var fileCalls = map[string]fileCall{
	"importMTRequests": {account.HandleRequests, maxFileBody, errTooLarge, fileWithin},
	"importEntries":    {account.KeepBooks, maxFileBody, errTooLarge, fileWithin},
	"addEvidence":      {account.AddEvidence, maxEvidenceBody, indicator.ErrEvidenceLarge, fileWithin},
	"exportBooks":      {account.ReadBooks, maxBody, errTooLarge, exportWithin},
}

// fileCall finds what a request's call is, when it carries a file.
func (s *Server) fileCall(c *gin.Context) (fileCall, bool) {
	op := s.contract.operations[c.Request.Method+" "+c.FullPath()]
	if op == nil {
		return fileCall{}, false
	}
	call, carries := fileCalls[op.id]
	return call, carries
}

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
	call, carries := s.fileCall(c)
	if !carries {
		return
	}
	actor := actorOf(c.Request.Context())
	if err := account.Allow(actor, call.action, account.Target{}); err != nil {
		s.writeProblem(c, err)
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
