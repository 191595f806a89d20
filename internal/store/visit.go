package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"sync"
	"time"
)

var (
	errTooLong = errors.New("store: a use case kept the writer for too long")
	errLeft    = errors.New("store: a use case did not return")
)

// visit is one use case with the writer, and what runs its statements.
type visit struct {
	ctx      context.Context
	patience time.Duration
	turn     chan *statements // unbuffered: given to one who still waits
	done     chan error       // what the use case said
	fate     chan error       // what became of its work
	late     bool

	// statements are the connection's, lent for the turn.
	statements *statements
	mu         sync.Mutex
	// over is why no more statements run: one has failed, as a failed one ends a
	// transaction of PostgreSQL, or the turn was taken away.
	over error
	// open are the rows not closed yet: they step statements that the next use
	// case runs too.
	open []*turnRows
}

func newVisit(ctx context.Context, w *writer) *visit {
	return &visit{ctx: ctx, patience: w.patience, turn: make(chan *statements), done: make(chan error, 1), fate: make(chan error, 1)}
}

// act runs the use case on its caller's goroutine, so that a panic is its
// caller's too.
func (v *visit) act(fn func(ctx context.Context) error) {
	ctx, cancel := context.WithTimeout(v.ctx, v.patience)
	defer cancel()
	err := errLeft
	defer func() { v.done <- err }()
	err = fn(ctx)
}

// run gives the use case its turn and returns when it is done, or has had its
// time. A use case that goes on regardless finds that its statements fail.
func (v *visit) run(s *statements) error {
	select {
	case v.turn <- s:
	case <-v.ctx.Done():
		return v.ctx.Err()
	}
	limit := time.NewTimer(v.patience + v.patience/10) // its context ends first
	defer limit.Stop()
	select {
	case err := <-v.done:
		return v.end(err)
	case <-limit.C:
		return v.end(errTooLong)
	}
}

// end takes the connection back, and the rows that were left open. A use case
// cannot succeed past a statement that failed.
func (v *visit) end(err error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, r := range v.open {
		v.over = cmp.Or(v.over, r.rows.Close())
	}
	v.open = nil
	if err == nil {
		err = v.over
	}
	v.over = sql.ErrTxDone
	return err
}

// ExecContext runs a statement; see runner.
func (v *visit) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return during(ctx, v, func(ctx context.Context) (sql.Result, error) { return v.statements.exec(ctx, query, args) })
}

// QueryContext runs a query; see runner.
func (v *visit) QueryContext(ctx context.Context, query string, args ...any) (cursor, error) {
	return during(ctx, v, func(ctx context.Context) (cursor, error) {
		return v.opened(v.statements.query(ctx, query, args))
	})
}

func (v *visit) opened(found *sql.Rows, err error) (cursor, error) {
	if err != nil {
		return nil, err
	}
	r := &turnRows{v, found}
	v.open = append(v.open, r)
	return r, nil
}

// during runs a statement while the turn lasts. The end of the use case's context
// keeps further statements from running; it interrupts none, because SQLite
// undoes the transaction of an interrupted change, and with it others' work.
func during[T any](ctx context.Context, v *visit, statement func(ctx context.Context) (T, error)) (got T, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.over == nil {
		v.over = ctx.Err()
	}
	if v.over != nil {
		return got, v.over
	}
	got, err = statement(context.WithoutCancel(ctx))
	v.over = err
	return got, err
}
