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
	on runner
	// now is when the transaction began, for every change it makes.
	now time.Time
	// locked are the slots this transaction locked already.
	locked map[string]bool
	// erased says that something was taken away for good.
	erased bool
}

// runner runs the statements of a transaction.
type runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (cursor, error)
}

// ownTx runs the statements of a transaction of the pool's, whose rows end with it.
type ownTx struct{ *sql.Tx }

// QueryContext runs a query; see runner.
func (o ownTx) QueryContext(ctx context.Context, query string, args ...any) (cursor, error) {
	return found(o.Tx.QueryContext(ctx, query, args...))
}

func (db *DB) begin(on runner) *tx {
	return &tx{db: db, on: on, now: db.now(), locked: map[string]bool{}}
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

func (db *DB) once(ctx context.Context, fn func(ctx context.Context, t *tx) error) error {
	if db.writer != nil {
		return db.writer.once(ctx, db.begin, fn)
	}
	return db.alone(ctx, fn)
}

// alone runs fn in a transaction that is committed for it alone.
func (db *DB) alone(ctx context.Context, fn func(ctx context.Context, t *tx) error) (err error) {
	begun, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if rolled := begun.Rollback(); err == nil && !errors.Is(rolled, sql.ErrTxDone) {
			err = rolled
		}
	}()
	if err := fn(ctx, db.begin(ownTx{begun})); err != nil {
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

// rows is what runs statements: a transaction, or the database by itself.
type rows interface {
	exec(ctx context.Context, query string, args ...any) (sql.Result, error)
	query(ctx context.Context, query string, args ...any) (cursor, error)
}

// exec runs one statement as a transaction of its own.
func (db *DB) exec(ctx context.Context, query string, args ...any) (done sql.Result, err error) {
	if db.writer == nil {
		return db.write.ExecContext(ctx, query, args...)
	}
	err = db.inTx(ctx, func(ctx context.Context, t *tx) (err error) {
		done, err = t.exec(ctx, query, args...)
		return err
	})
	return done, err
}

func (db *DB) query(ctx context.Context, query string, args ...any) (cursor, error) {
	return found(db.read.QueryContext(ctx, query, args...))
}

func (t *tx) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return t.on.ExecContext(ctx, query, args...)
}

func (t *tx) query(ctx context.Context, query string, args ...any) (cursor, error) {
	return t.on.QueryContext(ctx, query, args...)
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
