package store

import (
	"cmp"
	"context"
	"database/sql"
	"strconv"
	"strings"
)

// scanner is a row or the current row of several.
type scanner interface{ Scan(into ...any) error }

// cursor is the rows of a query, one after the other.
type cursor interface {
	scanner
	Next() bool
	Err() error
	Close() error
}

// found is what a query answers, without rows that are nil inside.
func found(all *sql.Rows, err error) (cursor, error) {
	if err != nil {
		return nil, err
	}
	return all, nil
}

// list collects what read makes of each row, never nil.
func list[T any](ctx context.Context, from rows, read func(scanner) (T, error), query string, args ...any) ([]T, error) {
	found, err := from.query(ctx, query, args...)
	if err != nil {
		return nil, translate(err)
	}
	defer found.Close()
	all := []T{}
	for found.Next() {
		one, err := read(found)
		if err != nil {
			return nil, translate(err)
		}
		all = append(all, one)
	}
	return all, translate(found.Err())
}

// one reads a single row; none is the error when there is no such row.
func one[T any](ctx context.Context, from rows, none error, read func(scanner) (T, error), query string, args ...any) (T, error) {
	var got T
	found, err := from.query(ctx, query, args...)
	if err != nil {
		return got, translate(err)
	}
	defer found.Close()
	if !found.Next() {
		return got, cmp.Or(translate(found.Err()), none)
	}
	if got, err = read(found); err != nil {
		return got, translate(err)
	}
	return got, translate(found.Close())
}

// changed runs a statement that must touch a row; none is the error when it
// touches nothing.
func changed(ctx context.Context, on rows, none error, query string, args ...any) error {
	result, err := on.exec(ctx, query, args...)
	if err != nil {
		return translate(err)
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		return none
	}
	return translate(err)
}

func run(ctx context.Context, on rows, query string, args ...any) error {
	_, err := on.exec(ctx, query, args...)
	return translate(err)
}

// parameters writes rows of parameters from $1 on: ($1,$2),($3,$4).
func parameters(rows, columns int) string {
	var b strings.Builder
	for n := range rows * columns {
		switch {
		case n == 0:
			b.WriteString("($")
		case n%columns == 0:
			b.WriteString("),($")
		default:
			b.WriteString(",$")
		}
		b.WriteString(strconv.Itoa(n + 1))
	}
	b.WriteString(")")
	return b.String()
}

// atOnce bounds the rows of one statement, well under the parameter limits of
// both databases.
const atOnce = 100

// atOnceOf is atOnce for wide rows: SQLite looks every parameter up among all of
// the statement's, so that many cost more than more statements do.
func atOnceOf(columns int) int { return min(atOnce, 400/columns) }

// first returns the first of a list, and false when it is empty.
func first[T any](all []T, err error) (one T, ok bool, _ error) {
	if err != nil || len(all) == 0 {
		return one, false, err
	}
	return all[0], true, nil
}
