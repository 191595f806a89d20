package store

import "context"

const simulated = "simulated"

// MarkSimulated says for ever that what the database holds is simulated.
func (db *DB) MarkSimulated(ctx context.Context) error {
	return db.inTx(ctx, func(ctx context.Context, t *tx) error {
		return run(ctx, t, `INSERT INTO meta (name, value) VALUES ($1, 'true') ON CONFLICT (name) DO NOTHING`, simulated)
	})
}

// Simulated reports whether MarkSimulated was called on this database.
func (db *DB) Simulated(ctx context.Context) (bool, error) {
	_, ok, err := first(list(ctx, db, scanID, `SELECT value FROM meta WHERE name = $1`, simulated))
	return ok, err
}

// Empty reports whether nobody and nothing is in the database yet: no account,
// no professional, no place.
func (db *DB) Empty(ctx context.Context) (bool, error) {
	n, err := one(ctx, db, nil, scanNumber, `SELECT COUNT(*) FROM (SELECT id FROM accounts UNION ALL SELECT id FROM practitioners UNION ALL SELECT id FROM locations) held`)
	return n == 0, err
}
