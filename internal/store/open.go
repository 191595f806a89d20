package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
)

// Options says which database to open and how to seal what is in it.
type Options struct {
	// URL is a PostgreSQL address, postgres://… or postgresql://…. When empty
	// the record is the SQLite file at Path.
	URL string
	// Path is the SQLite file; its folder must exist. The file is made when
	// absent, readable by its owner only.
	Path string
	// Keys seal and open the fields that identify patients. Required.
	Keys *Keys
	// Connections bounds the pool: of readers for SQLite (default 4), of
	// connections for PostgreSQL (default 16).
	Connections int
	// Fleeting says that a SQLite record need not outlive the process: commits do
	// not wait for the disk.
	Fleeting bool
	// Now is the clock that dates changes; time.Now when nil. A transaction
	// reads it once.
	Now func() time.Time
}

// Postgres reports whether the options name a PostgreSQL database.
func (o Options) Postgres() bool {
	return strings.HasPrefix(o.URL, "postgres://") || strings.HasPrefix(o.URL, "postgresql://")
}

// DB is an opened database. It is safe for use by many goroutines.
type DB struct {
	write   *sql.DB // SQLite: of one connection, for migrations
	read    *sql.DB // SQLite: a pool of readers; PostgreSQL: the same as write
	writer  *writer // SQLite: every use case's; PostgreSQL: nil
	dialect dialect
	path    string // of the SQLite file
	keys    *Keys
	now     func() time.Time
	grounds grounds
	// fleeting records forget territories.
	fleeting bool
}

var errNoKeys = errors.New("store: no keys to seal patient data with")

// Open opens the database and reports "store.unavailable" when it does not
// answer before the context ends. It does not migrate.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Keys == nil {
		return nil, errNoKeys
	}
	if o.URL != "" && !o.Postgres() {
		return nil, errors.New("store: the database URL must start with postgres://")
	}
	open := openSQLite
	if o.Postgres() {
		open = openPostgres
	}
	db, err := open(o)
	if err != nil {
		return nil, err
	}
	db.keys, db.now, db.fleeting = o.Keys, o.Now, o.Fleeting && !o.Postgres()
	if db.now == nil {
		db.now = time.Now
	}
	if err := db.Ping(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Ping reports "store.unavailable" when the database does not answer.
func (db *DB) Ping(ctx context.Context) error {
	return errors.Join(translate(db.write.PingContext(ctx)), translate(db.read.PingContext(ctx)))
}

// Close ends the pools. SQLite checkpoints its log when the last one closes.
func (db *DB) Close() error {
	if db.writer == nil {
		return db.write.Close()
	}
	return errors.Join(db.writer.close(), db.read.Close(), db.write.Close())
}

// Kind names the database for people: "SQLite" or "PostgreSQL".
func (db *DB) Kind() string { return db.dialect.name }

func settle(pool *sql.DB, connections int) {
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	pool.SetConnMaxIdleTime(10 * time.Minute)
}
