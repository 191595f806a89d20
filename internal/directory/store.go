package directory

import (
	"context"

	"github.com/relais-snp/relais/internal/audit"
)

// Store is what an import needs of the record.
type Store interface {
	// InTx runs fn in one transaction and retries the whole of it on a serialisation failure or a busy database,
	// and only then.
	InTx(ctx context.Context, fn func(ctx context.Context, tx Tx) error) error
}

// Tx is one transaction of an import.
type Tx interface {
	// PractitionerByRPPS returns the practitioner of a number, and false when there is none.
	PractitionerByRPPS(ctx context.Context, number RPPS) (Practitioner, bool, error)
	// LocationByKey returns the location of a key (see [Location.Key]), and false when there is none.
	LocationByKey(ctx context.Context, key string) (Location, bool, error)
	// SavePractitioner writes p, with its territories and locations, under its ID.
	SavePractitioner(ctx context.Context, p Practitioner) error
	// SaveLocation writes l, and its key, under its ID.
	SaveLocation(ctx context.Context, l Location) error
	Audit(ctx context.Context, e audit.Entry) error
}
