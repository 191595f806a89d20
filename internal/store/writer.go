package store

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// The bounds of a group of use cases that share a commit. A use case may take
// patience at most: while it runs, every other waits for it.
const (
	groupMost     = 64
	groupFor      = 10 * time.Millisecond
	groupPatience = 10 * time.Second
)

// commitMost bounds what a commit is expected to take. After one that hung there
// must be use cases that try again, for the next to be measured.
const commitMost = 100 * time.Millisecond

// writer is SQLite's one writer. Use cases that wait for it share a commit, and
// so the disk's one wait for all of them: they run in turn, each on its caller's
// goroutine and in a savepoint of its own, and nobody is answered before the
// commit that holds their work. A lone use case waits for no company.
type writer struct {
	db   *sql.DB
	most int
	span time.Duration // after which a group takes no more
	// patience bounds one use case.
	patience time.Duration
	// lasting is how long the last commit took.
	lasting time.Duration
	// queue is unbuffered: whoever waits stands in the channel's own line, and
	// leaves it when their context ends.
	queue chan *visit
	stop  chan struct{} // closed to end the writer
	over  sync.Once
	ended chan struct{} // closed when it has ended
	// statements are those of the connection, nil until it is opened.
	statements *statements
}

// openWriter starts the writer over a pool of its own, which it closes.
func openWriter(db *sql.DB) *writer {
	w := &writer{
		db: db, most: groupMost, span: groupFor, patience: groupPatience,
		queue: make(chan *visit), stop: make(chan struct{}), ended: make(chan struct{}),
	}
	go w.work()
	return w
}

// close ends the writer once the group under way is committed.
func (w *writer) close() error {
	w.over.Do(func() { close(w.stop) })
	<-w.ended
	if w.statements != nil {
		w.statements.close()
		w.statements = nil
	}
	return w.db.Close()
}

// once runs fn in the next group. It returns before fn began when the context
// ends, and otherwise when the fate of what fn did is known.
func (w *writer) once(ctx context.Context, begin func(on runner) *tx, fn func(ctx context.Context, t *tx) error) error {
	v := newVisit(ctx, w)
	select {
	case w.queue <- v:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.stop:
		return sql.ErrConnDone
	}
	select {
	case v.statements = <-v.turn:
		v.act(func(ctx context.Context) error { return fn(ctx, begin(v)) })
		return <-v.fate
	case err := <-v.fate:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (w *writer) work() {
	defer close(w.ended)
	for {
		select {
		case v := <-w.queue:
			w.serve(v)
		case <-w.stop:
			return
		}
	}
}

// serve runs one group: the first use case, and those that wait by the time the
// one before is done.
func (w *writer) serve(first *visit) {
	g := &group{writer: w}
	for v := first; v != nil; v = g.next() {
		g.take(v)
	}
	g.commit()
}

// connection returns the writing connection's statements.
func (w *writer) connection() (*statements, error) {
	if w.statements != nil {
		return w.statements, nil
	}
	conn, err := w.db.Conn(context.Background())
	if err != nil {
		return nil, err
	}
	w.statements = &statements{conn: conn, kept: map[string]*sql.Stmt{}}
	return w.statements, nil
}
