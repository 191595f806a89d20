package store

import (
	"context"
	"embed"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the schema to the newest version and checks that the keys open
// what the database holds ("store.key_mismatch" otherwise). Running it twice,
// or from several processes at once, is harmless.
func (db *DB) Migrate(ctx context.Context) error {
	if err := db.migrateTo(ctx, goose.MaxVersion); err != nil {
		return err
	}
	return db.sealCanary(ctx)
}

// Version returns the schema's version, 0 for an empty database, and the newest
// version this program knows.
func (db *DB) Version(ctx context.Context) (current, newest int64, err error) {
	provider, err := db.provider()
	if err != nil {
		return 0, 0, err
	}
	current, newest, err = provider.GetVersions(ctx)
	return current, newest, translate(err)
}

func (db *DB) migrateTo(ctx context.Context, version int64) error {
	provider, err := db.provider()
	if err != nil {
		return err
	}
	if version == goose.MaxVersion {
		_, err = provider.Up(ctx)
	} else {
		_, err = provider.UpTo(ctx, version)
	}
	return translate(err)
}

func (db *DB) provider() (*goose.Provider, error) {
	tree, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	if db.postgres() {
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // asks every second
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(db.dialect.goose, db.write, worded{tree, db.dialect.words}, options...)
}
