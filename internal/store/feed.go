package store

import (
	"context"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
)

// Feeds is the record as calendar feeds need it.
type Feeds struct{ DB *DB }

var (
	_ agenda.FeedStore = Feeds{}
	_ agenda.FeedTx    = (*tx)(nil)
)

const selectFeed = `SELECT id, kind, territory, target, token_hash, created_at, created_by, revoked_at FROM feeds`

// InFeedTx runs fn in one transaction; see agenda.FeedStore.
func (f Feeds) InFeedTx(ctx context.Context, fn func(ctx context.Context, tx agenda.FeedTx) error) error {
	return f.DB.inTx(ctx, func(ctx context.Context, t *tx) error { return fn(ctx, t) })
}

// Feeds lists the feeds that an account created, newest first.
func (f Feeds) Feeds(ctx context.Context, createdBy string, limit int) ([]agenda.Feed, error) {
	return list(ctx, f.DB, scanFeed, selectFeed+` WHERE created_by = $1 AND revoked_at IS NULL ORDER BY created_at DESC, id DESC LIMIT $2`, createdBy, limit)
}

// FeedByHash returns the feed of a token's hash; agenda.ErrFeedUnknown.
func (f Feeds) FeedByHash(ctx context.Context, tokenHash []byte) (agenda.Feed, error) {
	return one(ctx, f.DB, agenda.ErrFeedUnknown, scanFeed, selectFeed+` WHERE token_hash = $1`, tokenHash)
}

// Practitioner returns one; "directory.practitioner_unknown".
func (f Feeds) Practitioner(ctx context.Context, id string) (directory.Practitioner, error) {
	return Directory(f).Practitioner(ctx, id)
}

// Locations lists the places of a territory.
func (f Feeds) Locations(ctx context.Context, territory string) ([]directory.Location, error) {
	return Directory(f).Locations(ctx, territory)
}

// Feed locks and returns a feed; agenda.ErrFeedUnknown.
func (t *tx) Feed(ctx context.Context, id string) (agenda.Feed, error) {
	return one(ctx, t, agenda.ErrFeedUnknown, scanFeed, t.locking(selectFeed+` WHERE id = $1`), id)
}

// SaveFeed inserts a feed or writes its revocation.
func (t *tx) SaveFeed(ctx context.Context, f agenda.Feed) error {
	return run(ctx, t, `INSERT INTO feeds (id, kind, territory, target, token_hash, created_at, created_by, revoked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at`,
		f.ID, f.Kind, f.Territory, f.Target, f.TokenHash, stamp(f.CreatedAt), f.CreatedBy, stamp(f.RevokedAt))
}

func scanFeed(row scanner) (f agenda.Feed, err error) {
	err = row.Scan(&f.ID, &f.Kind, &f.Territory, &f.Target, &f.TokenHash, instant{&f.CreatedAt}, &f.CreatedBy, instant{&f.RevokedAt})
	return f, err
}
