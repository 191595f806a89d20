package indicator

import (
	"context"
	"time"

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
