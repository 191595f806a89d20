package attribution

import (
	"context"
	"io"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/sheet"
)

// ImportReport is what an import did. Lines with a problem changed nothing.
type ImportReport struct {
	Created int
	// Unchanged are lines that were imported before, in the same words.
	Unchanged int
	// Duplicates are those of Created whose patient may have an open request already.
	Duplicates int
	Problems   []sheet.Problem // in order of line
	// Aside are the headers of columns that were left aside, as they stand in the file.
	Aside []string
}

// Import reads a CSV file of requests into a territory.
func (s *Service) Import(ctx context.Context, a account.Actor, territory string, r io.Reader, dryRun bool) (ImportReport, error) {
	return ImportReport{}, nil
}
