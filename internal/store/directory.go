package store

import (
	"context"

	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
)

// Directory is the record as imports and those who read the directory need it.
type Directory struct{ DB *DB }

var (
	_ directory.Store = Directory{}
	_ directory.Tx    = (*tx)(nil)
)

var (
	errPractitionerUnknown = fault.New(fault.NotFound, "directory.practitioner_unknown", "Ce professionnel n’est pas dans l’annuaire.")
	errLocationUnknown     = fault.New(fault.NotFound, "directory.location_unknown", "Ce lieu n’est pas dans l’annuaire.")
)

// InTx runs fn in one transaction; see directory.Store.
func (d Directory) InTx(ctx context.Context, fn func(ctx context.Context, tx directory.Tx) error) error {
	return d.change(ctx, fn)
}

// Practitioner returns one; a NotFound fault "directory.practitioner_unknown".
func (d Directory) Practitioner(ctx context.Context, id string) (directory.Practitioner, error) {
	return one(ctx, d.DB, errPractitionerUnknown, scanPractitioner, selectPractitioner+` WHERE p.id = $1`, id)
}

// Practitioners lists those of a territory, by name.
func (d Directory) Practitioners(ctx context.Context, territory string) ([]directory.Practitioner, error) {
	return list(ctx, d.DB, scanPractitioner, selectPractitioner+`
JOIN practitioner_territories mine ON mine.practitioner = p.id AND mine.territory = $1 ORDER BY p.family, p.given, p.id`, territory)
}

// Locations lists the places where practitioners of a territory receive, by name.
func (d Directory) Locations(ctx context.Context, territory string) ([]directory.Location, error) {
	return list(ctx, d.DB, scanLocation, selectLocation+`
WHERE id IN (SELECT l.location FROM practitioner_locations l
  JOIN practitioner_territories t ON t.practitioner = l.practitioner WHERE t.territory = $1)
ORDER BY name, id`, territory)
}

// AddLocation writes a place under its ID.
func (d Directory) AddLocation(ctx context.Context, l directory.Location) error {
	return d.change(ctx, func(ctx context.Context, t directory.Tx) error { return t.SaveLocation(ctx, l) })
}

// AddPractitioner writes a practitioner under their ID. Their locations are
// there already.
func (d Directory) AddPractitioner(ctx context.Context, p directory.Practitioner) error {
	return d.change(ctx, func(ctx context.Context, t directory.Tx) error { return t.SavePractitioner(ctx, p) })
}
