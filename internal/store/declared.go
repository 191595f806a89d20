package store

import (
	"context"

	"github.com/relais-snp/relais/internal/indicator"
)

var _ indicator.Tx = (*tx)(nil)

// InTx runs fn in one transaction; see indicator.Store.
func (i Indicators) InTx(ctx context.Context, fn func(ctx context.Context, tx indicator.Tx) error) error {
	return i.DB.inTx(ctx, func(ctx context.Context, t *tx) error { return fn(ctx, t) })
}

const selectDeclared = `SELECT id, territory, kind, on_day, count, base, source, by_whom, at FROM declared_figures`

// Declared lists the declared figures of a territory, the latest day first.
func (i Indicators) Declared(ctx context.Context, territory string, limit int) ([]indicator.Declared, error) {
	return list(ctx, i.DB, scanDeclared, selectDeclared+` WHERE territory = $1 ORDER BY on_day DESC, kind LIMIT $2`, territory, limit)
}

// SaveDeclared keeps a figure in the place of one of the same kind and day, whose
// id stays and is returned.
func (t *tx) SaveDeclared(ctx context.Context, d indicator.Declared) (string, error) {
	return one(ctx, t, nil, scanID, `INSERT INTO declared_figures (id, territory, kind, on_day, count, base, source, by_whom, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (territory, on_day, kind) DO UPDATE SET count = EXCLUDED.count, base = EXCLUDED.base, source = EXCLUDED.source,
  by_whom = EXCLUDED.by_whom, at = EXCLUDED.at RETURNING id`,
		d.ID, d.Territory, d.Kind, d.On.String(), d.Count, d.Base, d.Source, d.By, stamp(d.At))
}

// DeclaredFigure locks and returns one; indicator.ErrFigureUnknown.
func (t *tx) DeclaredFigure(ctx context.Context, id string) (indicator.Declared, error) {
	return one(ctx, t, indicator.ErrFigureUnknown, scanDeclared, t.locking(selectDeclared+` WHERE id = $1`), id)
}

// DeleteDeclared takes a figure away.
func (t *tx) DeleteDeclared(ctx context.Context, id string) error {
	return run(ctx, t, `DELETE FROM declared_figures WHERE id = $1`, id)
}

func scanDeclared(row scanner) (d indicator.Declared, err error) {
	err = row.Scan(&d.ID, &d.Territory, &d.Kind, day{&d.On}, &d.Count, &d.Base, &d.Source, &d.By, instant{&d.At})
	return d, err
}
