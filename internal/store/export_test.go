package store

import (
	"context"
	"database/sql"
	"net"
	"time"
)

// SetKeys gives the database other keys, as a restart with another key file does.
func (db *DB) SetKeys(k *Keys) { db.keys = k }

// MigrateTo brings the schema to a version.
func (db *DB) MigrateTo(ctx context.Context, version int64) error { return db.migrateTo(ctx, version) }

// MigrateBack undoes the migrations after a version.
func (db *DB) MigrateBack(ctx context.Context, version int64) error {
	provider, err := db.provider()
	if err != nil {
		return err
	}
	_, err = provider.DownTo(ctx, version)
	return err
}

// MigrateDown takes the schema back to a version.
func (db *DB) MigrateDown(ctx context.Context, version int64) error {
	provider, err := db.provider()
	if err == nil {
		_, err = provider.DownTo(ctx, version)
	}
	return err
}

// Exec runs a statement behind the store's back.
func (db *DB) Exec(ctx context.Context, statement string, args ...any) error {
	return run(ctx, db, statement, args...)
}

// The statements of a booking, for its bare twin.
const (
	InsertBooking = insertBooking
	TouchSlot     = touchSlot
	SelectSlot    = selectSlot
	SelectBooking = selectBooking
)

// QueryTime reads one time behind the store's back.
func (db *DB) QueryTime(ctx context.Context, into *time.Time, query string, args ...any) (err error) {
	*into, err = one(ctx, db, nil, scanInstant, query, args...)
	return err
}

// QueryTexts reads a column of texts behind the store's back.
func (db *DB) QueryTexts(ctx context.Context, query string, args ...any) ([]string, error) {
	return list(ctx, db, scanID, query, args...)
}

// Plan returns the last column of what EXPLAIN answers, which is what a person
// reads.
func (db *DB) Plan(ctx context.Context, query string) ([]string, error) {
	return list(ctx, db, func(row scanner) (step string, err error) {
		columns, err := row.(*sql.Rows).Columns()
		if err != nil {
			return "", err
		}
		into := make([]any, len(columns))
		for i := range into {
			into[i] = new(any)
		}
		into[len(into)-1] = &step
		err = row.Scan(into...)
		return step, err
	}, query)
}

// Alive is how an idle connection is looked at.
func Alive(c net.Conn) bool { return alive(c) }

// HoldReaders keeps all of SQLite's reading connections until they are released,
// as a disk that hangs does.
func (db *DB) HoldReaders(ctx context.Context) (release func(), _ error) {
	var held []*sql.Conn
	release = func() {
		for _, conn := range held {
			_ = conn.Close() // gives it back
		}
	}
	for range db.read.Stats().MaxOpenConnections {
		conn, err := db.read.Conn(ctx)
		if err != nil {
			release()
			return nil, err
		}
		held = append(held, conn)
	}
	return release, nil
}

// SpoilReaders makes every look at the record panic, until it is mended.
func (db *DB) SpoilReaders() (mend func()) {
	read := db.read
	db.read = nil
	return func() { db.read = read }
}
