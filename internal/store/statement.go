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

// prepareLater keeps statements that a finished transaction used, without making
// its caller wait for the writer. Failing to is no error: they run unprepared.
func (db *DB) prepareLater(queries []string) {
	if len(queries) == 0 || !db.preparing.CompareAndSwap(false, true) {
		return
	}
	go func() {
		defer db.preparing.Store(false)
		for _, query := range queries {
			if !db.prepare(query) {
				return
			}
		}
	}()
}

func (db *DB) prepare(query string) (more bool) {
	if _, ok := db.statements.Load(query); ok {
		return true
	}
	if db.full() {
		return false
	}
	made, err := db.write.PrepareContext(context.Background(), query)
	if err != nil {
		return false
	}
	db.statements.Store(query, made)
	return true
}

func (db *DB) full() bool {
	n := 0
	db.statements.Range(func(_, _ any) bool { n++; return n < keptStatements })
	return n >= keptStatements
}
