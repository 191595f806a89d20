package indicator

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/territory"
)

// Store is what indicators need of the record.
type Store interface {
	// Facts returns the slots of the territory that start in [from, to), by
	// start and id, with all their bookings by seat and time of booking, and
	// the cases without solution that were opened in [from, to).
	Facts(ctx context.Context, territory string, from, to time.Time) (Facts, error)
	// Calls returns the cases of the territory that were opened in [from, to),
	// by opening and id.
	Calls(ctx context.Context, territory string, from, to time.Time) ([]CallFact, error)
	// Simulated reports whether the database holds a simulated territory.
	Simulated(ctx context.Context) (bool, error)
	// Declared lists the declared figures of a territory, the latest day first, at
	// most limit.
	Declared(ctx context.Context, territory string, limit int) ([]Declared, error)
	// InTx runs fn in one transaction and retries the whole of it on a
	// serialisation failure or a busy database, and only then.
	InTx(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
}

// Tx is one transaction of what is declared.
type Tx interface {
	// SaveDeclared keeps a figure in the place of one of the same territory, kind
	// and day, whose id stays. It returns the id under which it is kept.
	SaveDeclared(ctx context.Context, d Declared) (id string, err error)
	// DeclaredFigure returns ErrFigureUnknown; it locks what it returns.
	DeclaredFigure(ctx context.Context, id string) (Declared, error)
	DeleteDeclared(ctx context.Context, id string) error
	Audit(ctx context.Context, e audit.Entry) error
}

// People labels rows of practitioners and locations.
type People interface {
	Practitioners(ctx context.Context, territory string) ([]directory.Practitioner, error)
	Locations(ctx context.Context, territory string) ([]directory.Location, error)
}

// Territories is how indicators find a territory and its zone.
type Territories interface {
	// Territory returns a NotFound fault "territory.unknown".
	Territory(id string) (territory.Territory, error)
}
