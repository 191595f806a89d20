package store

import (
	"context"

	"github.com/relais-snp/relais/internal/funding"
)

// Funding is the record as the books need it.
type Funding struct{ DB *DB }

var (
	_ funding.Store = Funding{}
	_ funding.Tx    = (*tx)(nil)
)

// InTx runs fn in one transaction; see funding.Store.
func (f Funding) InTx(ctx context.Context, fn func(ctx context.Context, tx funding.Tx) error) error {
	return f.DB.inTx(ctx, func(ctx context.Context, t *tx) error { return fn(ctx, t) })
}

// Territories lists those whose books were begun, by id.
func (f Funding) Territories(ctx context.Context) ([]string, error) {
	return list(ctx, f.DB, scanID, `SELECT territory FROM funding_heads UNION SELECT territory FROM funding_entries ORDER BY territory`)
}

const selectHead = `SELECT number, hash FROM funding_heads WHERE territory = $1`

// Head locks the books of a territory; see funding.Tx.
func (t *tx) Head(ctx context.Context, territory string) (funding.Head, error) {
	head, begun, err := first(list(ctx, t, scanFundingHead, t.locking(selectHead), territory))
	if err != nil || begun {
		return head, err
	}
	zero := make([]byte, len(head.Hash))
	if err := run(ctx, t, `INSERT INTO funding_heads (territory, number, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING`, territory, zero); err != nil {
		return head, err
	}
	// Somebody else may have begun them meanwhile, and written.
	return one(ctx, t, errHeadLost, scanFundingHead, t.locking(selectHead), territory)
}

func scanFundingHead(row scanner) (h funding.Head, err error) {
	err = row.Scan(&h.Number, digest{&h.Hash})
	return h, err
}
