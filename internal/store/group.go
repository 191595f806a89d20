package store

import (
	"context"
	"errors"
	"time"
)

// errUndone says that a use case was undone with its group, through no fault of
// its own: it may run again.
var errUndone = errors.New("store: undone with the group it shared a commit with")

// group is one transaction and the use cases whose work is in it.
type group struct {
	*writer
	since   time.Time // when it began
	begun   bool
	members []*visit
	taken   int
	// refused is why the transaction did not begin: nobody else needs to wait as
	// long to be told.
	refused error
}

// next returns a use case that waits already, nil when there is none or the
// group is full.
func (g *group) next() *visit {
	if g.refused == nil && (g.taken >= g.most || time.Since(g.since) >= g.span) {
		return nil
	}
	select {
	case v := <-g.queue:
		return v
	default:
		return nil
	}
}

// take runs one use case. When it fails its work alone is undone.
func (g *group) take(v *visit) {
	if !g.inTime(v) {
		v.fate <- context.DeadlineExceeded
		return
	}
	g.taken++
	if err := g.open(); err != nil {
		v.fate <- err
		return
	}
	begun := v.run(g.statements)
	switch {
	case begun == nil && g.keep():
		g.members = append(g.members, v)
		return
	case begun == nil:
		begun = errUndone
	}
	if !g.drop() {
		g.undo(errUndone)
	}
	v.fate <- begun
}

// inTime reports whether a use case may count on its commit: one whose deadline
// passed before would have the whole group undone. When there are more than can be
// served, all come to the writer with their last milliseconds.
func (g *group) inTime(v *visit) bool {
	deadline, some := v.ctx.Deadline()
	return !some || time.Until(deadline) > g.span+g.lasting
}

// open begins the transaction, or, for another use case, a savepoint. The first
// needs none: undoing it is undoing all there is.
func (g *group) open() error {
	switch {
	case g.refused != nil:
		return g.refused
	case len(g.members) > 0:
		return g.mark()
	case g.begun:
		return nil
	}
	if g.refused = g.begin(); g.refused != nil {
		return g.refused
	}
	g.begun = true
	if g.since.IsZero() {
		g.since = time.Now()
	}
	return nil
}

func (g *group) begin() error {
	s, err := g.connection()
	if err != nil {
		return err
	}
	return s.control("BEGIN IMMEDIATE")
}

func (g *group) mark() error {
	err := g.statements.control("SAVEPOINT visit")
	if err != nil {
		g.undo(errUndone)
	}
	return err
}

// keep reports whether what the last use case did stays.
func (g *group) keep() bool {
	return len(g.members) == 0 || g.statements.control("RELEASE visit") == nil
}

// drop undoes the last use case, and reports whether the others' work stands: a
// full disk makes SQLite undo the whole transaction by itself.
func (g *group) drop() bool {
	if len(g.members) == 0 {
		g.undo(nil)
		return true
	}
	return g.statements.control("ROLLBACK TO visit") == nil && g.statements.control("RELEASE visit") == nil
}

// undo ends the transaction without a trace and tells its members why.
func (g *group) undo(why error) {
	if g.begun {
		_ = g.statements.control("ROLLBACK") // there may be nothing left to undo
	}
	g.answer(why)
	g.begun = false
}

// commit makes the members' work lasting, and only then answers them. One whose
// deadline has passed meanwhile counts on not being kept: the group is undone,
// and the others run again.
func (g *group) commit() {
	if len(g.members) == 0 {
		g.undo(nil)
		return
	}
	if g.late() {
		g.undo(errUndone)
		return
	}
	began := time.Now()
	if err := g.statements.control("COMMIT"); err != nil {
		g.undo(err)
		return
	}
	g.lasting = min(time.Since(began), commitMost)
	g.answer(nil)
}

func (g *group) late() (some bool) {
	for _, v := range g.members {
		if errors.Is(v.ctx.Err(), context.DeadlineExceeded) {
			v.late, some = true, true
		}
	}
	return some
}

func (g *group) answer(err error) {
	for _, v := range g.members {
		if v.late {
			v.fate <- context.DeadlineExceeded
		} else {
			v.fate <- err
		}
	}
	g.members = nil
}
