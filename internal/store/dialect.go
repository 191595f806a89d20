package store

import (
	"github.com/pressly/goose/v3"
)

// dialect is where the two databases differ.
type dialect struct {
	name string
	// goose is its name in the migration library.
	goose goose.Dialect
	// words replace the placeholders of the schema.
	words []string
	// bytes is the type of columns of bytes.
	bytes string
	// lock ends a SELECT whose rows stay as they are until the transaction's
	// end. Inserting rows that refer to them stays possible.
	lock string
	// claim makes equal texts ($1) wait for each other's transactions. SQLite
	// has one writer and needs none.
	claim string
}

var (
	onSQLite = dialect{
		name:  "SQLite",
		goose: goose.DialectSQLite3,
		words: keeping(keepOnSQLite, releaseOnSQLite,
			"{{time}}", "TIMESTAMP",
			"{{bytes}}", "BLOB",
			"{{counter}}", "INTEGER PRIMARY KEY AUTOINCREMENT",
			"{{float}}", "REAL",
			"{{exact}}", "TEXT",
		),
		bytes: "BLOB",
	}
	onPostgres = dialect{
		name:  "PostgreSQL",
		goose: goose.DialectPostgres,
		words: keeping(keepOnPostgres, releaseOnPostgres,
			"{{time}}", "TIMESTAMPTZ",
			"{{bytes}}", "BYTEA",
			"{{counter}}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
			"{{float}}", "DOUBLE PRECISION",
			"{{exact}}", `TEXT COLLATE "C"`, // texts that are looked up by how they begin
		),
		bytes: "BYTEA",
		lock:  " FOR NO KEY UPDATE",
		claim: "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
	}
)

func (db *DB) postgres() bool { return db.dialect.goose == goose.DialectPostgres }
