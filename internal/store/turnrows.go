package store

import (
	"cmp"
	"database/sql"
	"slices"
)

// turnRows are the rows of a visit's query. They end with its turn, as what they
// step is lent to the next one; and what goes wrong while they are read ends the
// use case, because SQLite may have undone the whole transaction for it.
type turnRows struct {
	visit *visit
	rows  *sql.Rows
}

// Next steps to the next row; see sql.Rows.
func (r *turnRows) Next() bool {
	r.visit.mu.Lock()
	defer r.visit.mu.Unlock()
	if r.visit.over != nil {
		return false
	}
	if r.rows.Next() {
		return true
	}
	r.visit.over = r.rows.Err()
	return false
}

// Scan reads the row; see sql.Rows.
func (r *turnRows) Scan(into ...any) error {
	r.visit.mu.Lock()
	defer r.visit.mu.Unlock()
	if r.visit.over != nil {
		return r.visit.over
	}
	return r.rows.Scan(into...)
}

// Err says why there are no more rows, nil when all were read.
func (r *turnRows) Err() error {
	r.visit.mu.Lock()
	defer r.visit.mu.Unlock()
	return cmp.Or(r.rows.Err(), r.visit.over)
}

// Close gives the statement back; see sql.Rows.
func (r *turnRows) Close() error {
	r.visit.mu.Lock()
	defer r.visit.mu.Unlock()
	r.visit.open = slices.DeleteFunc(r.visit.open, func(other *turnRows) bool { return other == r })
	err := r.rows.Close()
	r.visit.over = cmp.Or(r.visit.over, err)
	return err
}
