package app

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"

	"github.com/relais-snp/relais/internal/config"
)

// backup copies an existing record as it is, without its keys and without
// bringing it to another schema: a copy is what one wants before both.
func backup(ctx context.Context, c *call) error {
	rest, err := c.flags("backup", func(*flag.FlagSet) {})
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return misuse("backup: say which file to write: relais backup FILE")
	}
	cfg, err := c.settings()
	if err != nil {
		return err
	}
	if cfg.DatabaseURL != "" {
		return misuse("backup: the record is in PostgreSQL; use pg_dump -Fc, and keep %s apart from it", cfg.KeyPath())
	}
	db, err := openWithoutKeys(ctx, cfg)
	if err != nil {
		return err
	}
	if err := errors.Join(db.Backup(ctx, rest[0]), db.Close()); err != nil {
		return err
	}
	c.tellBackup(cfg, rest[0])
	return nil
}

func (c *call) tellBackup(cfg config.Config, file string) {
	fmt.Fprintf(c.out, "%s is a copy of %s. Keep %s apart from it: the copy cannot be read without, nor safely kept beside it.\n",
		file, cfg.SQLitePath(), cfg.KeyPath())
	if _, err := os.Stat(cfg.KeyPath()); errors.Is(err, fs.ErrNotExist) {
		fmt.Fprintf(c.err, "note: there is no key file at %s now\n", cfg.KeyPath())
	}
}
