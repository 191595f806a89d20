package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"

	"github.com/relais-snp/relais/internal/fault"
)

// The refusals of Backup.
var (
	ErrBackupElsewhere = fault.New(fault.Invalid, "store.backup_elsewhere", "Une base PostgreSQL se sauvegarde avec pg_dump -Fc.")
	ErrBackupExists    = fault.New(fault.Conflict, "store.backup_exists", "Ce fichier existe déjà ; choisissez un autre nom.")
)

// Backup writes a whole and consistent copy of a SQLite database to a new file,
// readable by its owner only, while the service runs. ErrBackupExists when the
// file is there, ErrBackupElsewhere on PostgreSQL. The copy opens as it is; the
// key file is not in it and belongs in another place.
func (db *DB) Backup(ctx context.Context, path string) error {
	if db.postgres() {
		return ErrBackupElsewhere
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return ErrBackupExists
	case err != nil:
		return unavailable(err)
	}
	if err := file.Close(); err != nil {
		return unavailable(err)
	}
	if err := db.vacuumInto(ctx, path); err != nil {
		return errors.Join(translate(err), os.Remove(path))
	}
	return syncFolder(path)
}

// vacuumInto fills an empty file from a snapshot, on a connection of its own: the
// readers may not write, and the writer has work to do.
func (db *DB) vacuumInto(ctx context.Context, path string) error {
	reader, err := sql.Open("sqlite", sqliteDSN(db.path))
	if err != nil {
		return err
	}
	_, err = reader.ExecContext(ctx, `VACUUM INTO $1`, path)
	return errors.Join(err, reader.Close())
}
