package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
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

// openRecord opens the record and its keys, and makes what is not there yet.
// made tells that the key file is new.
func openRecord(ctx context.Context, cfg config.Config) (db *store.DB, made bool, err error) {
	if err := makeFolder(cfg.DataDir); err != nil {
		return nil, false, err
	}
	keys, made, err := openKeys(ctx, cfg)
	if err != nil {
		return nil, false, err
	}
	db, err = open(ctx, cfg, keys)
	return db, made, err
}

// open opens the record, whose file is made when it is SQLite's and absent.
func open(ctx context.Context, cfg config.Config, keys *store.Keys) (*store.DB, error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	db, err := store.Open(ctx, store.Options{URL: cfg.DatabaseURL.Reveal(), Path: cfg.SQLitePath(), Keys: keys, Now: now})
	if err != nil {
		return nil, fmt.Errorf("the database %s does not answer: %w", placeOf(cfg), err)
	}
	return db, nil
}

// errNoRecord says that nothing was ever kept where the settings lead.
var errNoRecord = errors.New("there is no database here")

// openExisting opens a record that was made before, and makes nothing: it
// returns errNoRecord when there is none.
func openExisting(ctx context.Context, cfg config.Config, keys *store.Keys) (*store.DB, error) {
	none := fmt.Errorf("%w: %s; RELAIS_DATA_DIR or RELAIS_DATABASE_URL say where it is", errNoRecord, placeOf(cfg))
	if cfg.DatabaseURL == "" {
		if _, err := os.Stat(cfg.SQLitePath()); errors.Is(err, fs.ErrNotExist) {
			return nil, none
		}
	}
	db, err := open(ctx, cfg, keys)
	if err != nil {
		return nil, err
	}
	made, err := db.Made(ctx)
	switch {
	case err != nil:
		return nil, errors.Join(err, db.Close())
	case !made:
		return nil, errors.Join(none, db.Close())
	}
	return db, nil
}

// placeOf names the record's database without its password.
func placeOf(cfg config.Config) string {
	if cfg.DatabaseURL != "" {
		return cfg.DatabaseURL.Place()
	}
	return cfg.SQLitePath()
}

// withRecord opens the record at this version's schema, for one command, and
// makes what is not there yet.
func (c *call) withRecord(ctx context.Context, do func(cfg config.Config, db *store.DB) error) error {
	cfg, err := c.settings()
	if err != nil {
		return err
	}
	db, made, err := openRecord(ctx, cfg)
	if err != nil {
		return err
	}
	if made {
		fmt.Fprintf(c.err, "note: a data key was made, %s: keep a copy of it apart from the backups of the database\n", cfg.KeyPath())
	}
	return work(ctx, cfg, db, do)
}

// withExisting is withRecord for commands that only make sense on what is there.
func (c *call) withExisting(ctx context.Context, do func(cfg config.Config, db *store.DB) error) error {
	cfg, err := c.settings()
	if err != nil {
		return err
	}
	db, err := openWithoutKeys(ctx, cfg)
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	if db, _, err = openRecord(ctx, cfg); err != nil {
		return err
	}
	return work(ctx, cfg, db, do)
}

// work does one command on an opened record and closes it. What it wrote into
// the audit is chained at once: no serving process may be there to do it.
func work(ctx context.Context, cfg config.Config, db *store.DB, do func(cfg config.Config, db *store.DB) error) error {
	if err := db.Migrate(ctx); err != nil {
		return errors.Join(err, db.Close())
	}
	return errors.Join(do(cfg, db), db.ChainAudit(ctx), db.Close())
}

func migrate(ctx context.Context, c *call) error {
	rest, err := c.flags("migrate", func(*flag.FlagSet) {})
	if err != nil {
		return err
	}
	if len(rest) > 0 {
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
