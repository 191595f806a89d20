package app

import (
	"context"
	"fmt"

	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/store"
)

func backup(ctx context.Context, c *call) error {
	if len(c.args) != 1 {
		return misuse("backup: say which file to write: relais backup FILE")
	}
	return c.withRecord(ctx, func(cfg config.Config, db *store.DB) error {
		if cfg.DatabaseURL != "" {
			return misuse("backup: the record is in PostgreSQL; use pg_dump -Fc, and keep %s apart from it", cfg.KeyPath())
		}
		if err := db.Backup(ctx, c.args[0]); err != nil {
			return err
		}
		fmt.Fprintf(c.out, "%s is a copy of %s. Keep %s apart from it: the copy cannot be read without, nor safely kept beside it.\n",
			c.args[0], cfg.SQLitePath(), cfg.KeyPath())
		return nil
	})
}
