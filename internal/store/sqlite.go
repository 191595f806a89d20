package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite", without cgo
)

var errNoPath = errors.New("store: neither a database URL nor a SQLite file is given")

func openSQLite(o Options) (*DB, error) {
	if o.Path == "" {
		return nil, errNoPath
	}
	file, err := os.OpenFile(o.Path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, unavailable(err)
	}
	if err := file.Close(); err != nil {
		return nil, unavailable(err)
	}
	var durability []string
	if o.Fleeting {
		durability = []string{"_pragma=synchronous(OFF)"}
	}
	write, err := sql.Open("sqlite", sqliteDSN(o.Path, append(durability, "_txlock=immediate")...))
	if err != nil {
		return nil, unavailable(err)
	}
	read, err := sql.Open("sqlite", sqliteDSN(o.Path, "_pragma=query_only(1)"))
	if err != nil {
		return nil, unavailable(err)
	}
	group, err := sql.Open("sqlite", sqliteDSN(o.Path, durability...))
	if err != nil {
		return nil, unavailable(err)
	}
	settle(write, 1)
	settle(read, max(o.Connections, 4))
	return &DB{write: write, read: read, writer: openWriter(group), dialect: onSQLite, path: o.Path}, nil
}

// sqliteDSN sets what every connection needs. busy_timeout comes first: turning
// WAL on may itself have to wait.
func sqliteDSN(path string, more ...string) string {
	settings := append([]string{
		"_pragma=busy_timeout(5000)", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)",
		"_pragma=temp_store(memory)",
		// REPLACE fires the triggers that refuse a deletion.
		"_pragma=recursive_triggers(1)",
		// What is erased is overwritten, with the next checkpoint in the file too.
		"_pragma=secure_delete(1)",
		// Times are texts that sort, always in UTC.
		"_time_format=sqlite", "_timezone=UTC",
	}, more...)
	return (&url.URL{Scheme: "file", Path: path, OmitHost: true, RawQuery: strings.Join(settings, "&")}).String()
}

// logPatience bounds the wait of emptyLog, which holds writers up.
const logPatience = 500 * time.Millisecond

// emptyLog brings SQLite's write-ahead log into the file and cuts it to nothing,
// so that it keeps no bytes of what was erased. It is tried once: somebody who
// reads meanwhile leaves it to the next checkpoint.
func (db *DB) emptyLog(ctx context.Context) {
	if db.writer == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, logPatience)
	defer cancel()
	_, _ = db.write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`) // the erasure is kept already
}
