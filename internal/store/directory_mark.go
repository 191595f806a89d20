package store

import (
	"context"

	"github.com/google/uuid"

	"github.com/relais-snp/relais/internal/directory"
)

// directoryMark is the name in meta of what is new after every change of the
// directory.
const directoryMark = "ground.mark"

// change runs a transaction that may change the directory, and marks that it
// did. The mark comes last, so that imports wait for each other only there.
func (d Directory) change(ctx context.Context, fn func(ctx context.Context, tx directory.Tx) error) error {
	changed := false
	err := d.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		noted := &notedTx{Tx: t}
		err := fn(ctx, noted)
		if changed = changed || noted.changed; err != nil || !noted.changed {
			return err
		}
		return run(ctx, t, `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
			directoryMark, uuid.NewString())
	})
	if changed {
		d.DB.grounds.outdate() // also when nobody can say whether it was committed
	}
	return err
}

// notedTx notes whether a transaction writes to the directory.
type notedTx struct {
	directory.Tx
	changed bool
}

// SavePractitioner writes p; see directory.Tx.
func (t *notedTx) SavePractitioner(ctx context.Context, p directory.Practitioner) error {
	t.changed = true
	return t.Tx.SavePractitioner(ctx, p)
}

// SaveLocation writes l; see directory.Tx.
func (t *notedTx) SaveLocation(ctx context.Context, l directory.Location) error {
	t.changed = true
	return t.Tx.SaveLocation(ctx, l)
}
