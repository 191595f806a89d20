package store

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"
)

// tries bounds how often one use case is run again; with waits that double from
// firstWait, jittered, it gives up after about two seconds.
const (
	tries     = 8
	firstWait = 4 * time.Millisecond
)

// tx is one transaction. It keeps the Tx interface of every room, so that a use
// case of any room is one transaction of one type.
type tx struct {
	db *DB
	tx *sql.Tx
	// now is when the transaction began, for every change it makes.
	now time.Time
	// locked are the slots this transaction locked already.
	locked map[string]bool
	// unprepared are the statements to prepare once the writer is free again.
	unprepared []string
}

// inTx runs fn in one transaction. On a serialisation failure, a deadlock or a
// busy database it runs the whole of fn again. Nothing else is tried twice, a
// commit of unknown fate least of all.
func (db *DB) inTx(ctx context.Context, fn func(ctx context.Context, t *tx) error) error {
	wait := firstWait
	for try := 1; ; try++ {
		err := db.once(ctx, fn)
		if err == nil || try == tries || !retryable(err) {
			return translate(err)
		}
		if err := pause(ctx, wait); err != nil {
			return unavailable(err)
		}
		wait *= 2
	}
}

func (db *DB) once(ctx context.Context, fn func(ctx context.Context, t *tx) error) (err error) {
	begun, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	t := &tx{db: db, tx: begun, now: db.now(), locked: map[string]bool{}}
	defer func() {
		if rolled := begun.Rollback(); err == nil && !errors.Is(rolled, sql.ErrTxDone) {
			err = rolled
		}
		db.prepareLater(t.unprepared)
	}()
	if err := fn(ctx, t); err != nil {
		return err
	}
	return begun.Commit()
}

// pause waits between half of d and d, or until the context ends.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d/2 + rand.N(d/2))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// rows is what runs statements: a transaction, or the readers' pool.
type rows interface {
	exec(ctx context.Context, query string, args ...any) (sql.Result, error)
	query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	queryRow(ctx context.Context, query string, args ...any) *sql.Row
}

func (db *DB) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return db.write.ExecContext(ctx, query, args...)
}

func (db *DB) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return db.read.QueryContext(ctx, query, args...)
}

func (db *DB) queryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return db.read.QueryRowContext(ctx, query, args...)
}

func (t *tx) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := t.prepared(ctx, query); s != nil {
		return s.ExecContext(ctx, args...)
	}
	return t.tx.ExecContext(ctx, query, args...)
}

func (t *tx) query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := t.prepared(ctx, query); s != nil {
		return s.QueryContext(ctx, args...)
	}
	return t.tx.QueryContext(ctx, query, args...)
}

func (t *tx) queryRow(ctx context.Context, query string, args ...any) *sql.Row {
	if s := t.prepared(ctx, query); s != nil {
		return s.QueryRowContext(ctx, args...)
	}
	return t.tx.QueryRowContext(ctx, query, args...)
}

// locking is the query with the clause that locks what it selects.
func (t *tx) locking(query string) string { return query + t.db.dialect.lock }

// lockRow locks the rows of a query in a statement of its own, so that the next
// one sees what others committed meanwhile. SQLite's one writer needs none.
func (t *tx) lockRow(ctx context.Context, query string, args ...any) error {
	if t.db.dialect.lock == "" {
		return nil
	}
	return run(ctx, t, t.locking(query), args...)
}
