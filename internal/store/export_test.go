package store

import (
	"context"
	"database/sql"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/funding"
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

// Load writes sealed entries of one territory and year behind its head, many a
// statement.
func (f Funding) Load(ctx context.Context, entries []funding.Entry) error {
	return f.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		if _, err := t.Head(ctx, entries[0].Territory); err != nil {
			return err
		}
		all := funding.Entry{Territory: entries[0].Territory, FiscalYear: entries[0].FiscalYear}
		for some := range slices.Chunk(entries, atOnceOf(14)) {
			var rows, lines []any
			for _, e := range some {
				rows = append(rows, e.ID, e.Territory, e.Number, e.Journal, e.On.String(), e.FiscalYear, e.Label, e.Piece, e.PieceOn.String(),
					orNull(e.Reverses), e.Settles, stamp(e.At), e.By, e.Hash[:])
				for i, l := range e.Lines {
					lines = append(append(lines, e.Territory, e.Number, i+1, l.Account, int64(l.Debit), int64(l.Credit)), dimensionsRow(l.Dimensions)...)
				}
				all.Lines = append(all.Lines, e.Lines...)
			}
			insert, _, _ := strings.Cut(insertFundingEntry, "($1")
			if err := run(ctx, t, insert+parameters(len(some), 14), rows...); err != nil {
				return err
			}
			if err := run(ctx, t, insertFundingLines+parameters(len(lines)/13, 13), lines...); err != nil {
				return err
			}
		}
		last := entries[len(entries)-1]
		if err := run(ctx, t, `UPDATE funding_heads SET number = $2, hash = $3 WHERE territory = $1`, last.Territory, last.Number, last.Hash[:]); err != nil {
			return err
		}
		return t.addTotals(ctx, all)
	})
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
