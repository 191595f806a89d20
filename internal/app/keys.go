package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/store"
)

// openKeys reads the key file. It makes one only for a database that has none
// yet: beside an older database a new key would open nothing of what it holds.
func openKeys(ctx context.Context, cfg config.Config) (keys *store.Keys, made bool, err error) {
	keys, err = store.ReadKeys(cfg.KeyPath())
	if !errors.Is(err, fs.ErrNotExist) {
		return keys, false, err
	}
	if err := refuseNewKeys(ctx, cfg); err != nil {
		return nil, false, err
	}
	return store.OpenKeys(cfg.KeyPath())
}

// errKeyMissing says that the key file of an existing database is not there.
var errKeyMissing = errors.New("the key file is missing")

// refuseNewKeys returns errKeyMissing when the database has a key file already,
// and makes nothing.
func refuseNewKeys(ctx context.Context, cfg config.Config) error {
	db, err := openWithoutKeys(ctx, cfg)
	switch {
	case errors.Is(err, errNoRecord):
		return nil
	case err != nil:
		return err
	}
	keyed, err := db.Keyed(ctx)
	if err = errors.Join(err, db.Close()); err != nil || !keyed {
		return err
	}
	return fmt.Errorf("%w: %s holds identities sealed with it, and there is none at %s; put its copy there, or set RELAIS_DATA_KEY_FILE",
		errKeyMissing, placeOf(cfg), cfg.KeyPath())
}

// openWithoutKeys opens an existing record with keys that open nothing in it:
// good for asking what it is and for copying it.
func openWithoutKeys(ctx context.Context, cfg config.Config) (*store.DB, error) {
	none, err := store.NewKeys()
	if err != nil {
		return nil, err
	}
	return openExisting(ctx, cfg, none)
}
