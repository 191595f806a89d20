package store

import (
	"context"

	"github.com/relais-snp/relais/internal/directory"
)

const selectLocation = `SELECT id, finess, name, address, postal_code, commune, phone FROM locations`

// Location returns one; "directory.location_unknown".
func (t *tx) Location(ctx context.Context, id string) (directory.Location, error) {
	return one(ctx, t, errLocationUnknown, scanLocation, selectLocation+` WHERE id = $1`, id)
}

// LocationByKey returns the location of a key, and false when there is none.
func (t *tx) LocationByKey(ctx context.Context, key string) (directory.Location, bool, error) {
	return first(list(ctx, t, scanLocation, selectLocation+` WHERE import_key = $1`, key))
}

// SaveLocation writes l and its key.
func (t *tx) SaveLocation(ctx context.Context, l directory.Location) error {
	return run(ctx, t, `INSERT INTO locations (id, import_key, finess, name, address, postal_code, commune, phone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (id) DO UPDATE SET import_key = excluded.import_key, finess = excluded.finess, name = excluded.name, address = excluded.address,
  postal_code = excluded.postal_code, commune = excluded.commune, phone = excluded.phone`,
		l.ID, l.Key(), l.FINESS, l.Name, l.Address, l.PostalCode, l.Commune, l.Phone)
}

func scanLocation(row scanner) (l directory.Location, err error) {
	err = row.Scan(&l.ID, &l.FINESS, &l.Name, &l.Address, &l.PostalCode, &l.Commune, &l.Phone)
	return l, err
}
