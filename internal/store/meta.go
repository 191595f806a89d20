package store

import "context"

const (
	simulated = "simulated"
	season    = "simulated.season"
)

// Made reports whether the database was ever brought to a schema of Relais. It
// changes nothing, whereas asking for the version makes the table of versions.
func (db *DB) Made(ctx context.Context) (bool, error) {
	query := `SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'meta'`
	if db.postgres() {
		query = `SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'meta'`
	}
	n, err := one(ctx, db, nil, scanNumber, query)
	return n > 0, err
}

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

// MarkSeason says that the simulated season is complete.
func (db *DB) MarkSeason(ctx context.Context) error {
	return db.inTx(ctx, func(ctx context.Context, t *tx) error {
		return run(ctx, t, `INSERT INTO meta (name, value) VALUES ($1, 'complete') ON CONFLICT (name) DO NOTHING`, season)
	})
}

// Season reports whether MarkSeason was called on this database.
func (db *DB) Season(ctx context.Context) (bool, error) {
	_, ok, err := first(list(ctx, db, scanID, `SELECT value FROM meta WHERE name = $1`, season))
	return ok, err
}

// Empty reports whether nobody and nothing is in the database yet: no account,
// no professional, no place.
func (db *DB) Empty(ctx context.Context) (bool, error) {
	n, err := one(ctx, db, nil, scanNumber, `SELECT COUNT(*) FROM (SELECT id FROM accounts UNION ALL SELECT id FROM practitioners UNION ALL SELECT id FROM locations) held`)
	return n == 0, err
}
