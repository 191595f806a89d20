package app

import (
	"context"
	"fmt"
	"time"

	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/store"
)

// answerWithin bounds how long a database may take to answer at start.
const answerWithin = 10 * time.Second

// settings reads the environment of a call.
func (c *call) settings() (config.Config, error) {
	cfg, err := config.Load(c.env)
	if err != nil {
		return cfg, misuse("the settings do not hold:\n%w", err)
	}
	return cfg, nil
}

// openRecord opens the record and its keys. made tells that the key file is new.
func openRecord(ctx context.Context, cfg config.Config) (db *store.DB, made bool, err error) {
	if err := makeFolder(cfg.DataDir); err != nil {
		return nil, false, err
	}
	keys, made, err := store.OpenKeys(cfg.KeyPath())
	if err != nil {
		return nil, false, err
	}
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	db, err = store.Open(ctx, store.Options{URL: cfg.DatabaseURL.Reveal(), Path: cfg.SQLitePath(), Keys: keys})
	if err != nil {
		return nil, made, fmt.Errorf("the database %s does not answer: %w", placeOf(cfg), err)
	}
	return db, made, nil
}

// placeOf names the record's database without its password.
func placeOf(cfg config.Config) string {
	if cfg.DatabaseURL != "" {
		return cfg.DatabaseURL.Place()
	}
	return cfg.SQLitePath()
}

// withRecord opens the record at this version's schema, for one command.
func (c *call) withRecord(ctx context.Context, do func(cfg config.Config, db *store.DB) error) error {
	cfg, err := c.settings()
	if err != nil {
		return err
	}
	db, _, err := openRecord(ctx, cfg)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Migrate(ctx); err != nil {
		return err
	}
	return do(cfg, db)
}

func migrate(ctx context.Context, c *call) error {
	if len(c.args) > 0 {
		return misuse("migrate takes no arguments")
	}
	return c.withRecord(ctx, func(cfg config.Config, db *store.DB) error {
		current, _, err := db.Version(ctx)
		if err == nil {
			fmt.Fprintf(c.out, "%s %s is at schema %d\n", db.Kind(), placeOf(cfg), current)
		}
		return err
	})
}
