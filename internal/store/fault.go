package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/relais-snp/relais/internal/fault"
)

// ErrUnavailable says that the database is away, too busy or full. What was
// asked was not acknowledged; the same request may pass later.
var ErrUnavailable = fault.New(fault.Unavailable, "store.unavailable", "L’enregistrement est momentanément impossible. Réessayez dans un instant.")

func unavailable(cause error) error { return ErrUnavailable.Because(cause) }

// translate turns what a driver says into a fault. Faults pass as they are.
func translate(err error) error {
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case away(err), retryable(err):
		return unavailable(err)
	}
	return fault.Of(err)
}

// away reports whether err says that the database cannot serve just now, or
// that the caller stopped waiting.
func away(err error) bool {
	var network net.Error
	var connect *pgconn.ConnectError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded),
		errors.Is(err, errTooLong), errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.As(err, &network), errors.As(err, &connect), pgconn.SafeToRetry(err):
		return true
	}
	if code, ok := postgresCode(err); ok {
		return strings.HasPrefix(code, "08") || // connection
			strings.HasPrefix(code, "53") || // resources: connections, disk, memory
			strings.HasPrefix(code, "57P") || // shutting down, starting up
			strings.HasPrefix(code, "58") || // system errors
			code == "25P03" || code == "25006" // idle too long; a replica
	}
	switch sqliteCode(err) {
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM,
		sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return true
	}
	return false
}

// retryable reports whether the same transaction, run again, may pass.
func retryable(err error) bool {
	if errors.Is(err, errUndone) {
		return true
	}
	if code, ok := postgresCode(err); ok {
		return code == "40001" || code == "40P01" || code == "55P03" // serialisation, deadlock, lock timeout
	}
	code := sqliteCode(err)
	return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
}

func postgresCode(err error) (string, bool) {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code, true
	}
	return "", false
}

// sqliteCode returns the primary result code, 0 for another error.
func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code() & 0xff
	}
	return 0
}
