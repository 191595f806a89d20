package store

import (
	"context"
	"database/sql"
)

// keptStatements bounds the prepared statements; texts are constants of this
// package, those of variable length apart.
const keptStatements = 256

// prepared returns the kept statement for use in the transaction, nil when the
// text runs as it is. A new text cannot be prepared here, for the transaction
// has the only writing connection: it is noted for afterwards.
func (t *tx) prepared(ctx context.Context, query string) *sql.Stmt {
	if !t.db.dialect.prepare {
		return nil
	}
	if kept, ok := t.db.statements.Load(query); ok {
		return t.tx.StmtContext(ctx, kept.(*sql.Stmt))
	}
	t.unprepared = append(t.unprepared, query)
	return nil
}

// prepare keeps statements that a finished transaction used. Failing to is no
// error: they run unprepared.
func (db *DB) prepare(queries []string) {
	for _, query := range queries {
		if _, ok := db.statements.Load(query); ok || db.full() {
			continue
		}
		made, err := db.write.PrepareContext(context.Background(), query)
		if err != nil {
			return
		}
		if _, twice := db.statements.LoadOrStore(query, made); twice {
			made.Close()
		}
	}
}

func (db *DB) full() bool {
	n := 0
	db.statements.Range(func(_, _ any) bool { n++; return n < keptStatements })
	return n >= keptStatements
}
