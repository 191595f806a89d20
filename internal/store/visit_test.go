package store

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/fault"
)

// numbered is SQLite's writer over one table of ten numbers, with little patience.
func numbered(t *testing.T) *DB {
	t.Helper()
	pool, err := sql.Open("sqlite", sqliteDSN(filepath.Join(t.TempDir(), "numbers.db")))
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`CREATE TABLE numbers (n INTEGER)`,
		`INSERT INTO numbers VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)`,
	} {
		if _, err := pool.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	db := &DB{writer: openWriter(pool), now: time.Now}
	db.writer.patience = 50 * time.Millisecond
	t.Cleanup(func() {
		if err := db.writer.close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

const selectNumbers = `SELECT n FROM numbers ORDER BY n`

// pausing reads numbers, and waits before it scans the nth.
func pausing(nth int, wait func()) func(scanner) (int64, error) {
	return func(row scanner) (int64, error) {
		if nth--; nth == 0 {
			wait()
		}
		return scanNumber(row)
	}
}

func TestWhoOverstaysTheirTurnTakesNothingFromTheNext(t *testing.T) {
	db := numbered(t)
	stalled, resume, gone := make(chan struct{}), make(chan struct{}), make(chan struct{})
	var late, write error
	var seen []int64
	go func() { // a use case that stops while it reads rows, as its process may
		defer close(gone)
		_ = db.inTx(t.Context(), func(ctx context.Context, tx *tx) error {
			seen, late = list(ctx, tx, pausing(2, func() { close(stalled); <-resume }), selectNumbers)
			write = run(context.WithoutCancel(ctx), tx, `INSERT INTO numbers VALUES (10)`)
			return late
		})
	}()
	<-stalled

	// When it goes on amid the rows of the next, which reads by the same words,
	var all []int64
	err := db.inTx(t.Context(), func(ctx context.Context, tx *tx) (err error) {
		all, err = list(ctx, tx, pausing(3, func() { close(resume); <-gone }), selectNumbers)
		return err
	})

	// then it reads and writes nothing more, and the next has all that is theirs.
	if want := []int64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; err != nil || !cmp.Equal(all, want) {
		t.Errorf("the next read %v, %v", all, err)
	}
	if late == nil || write == nil || seen != nil {
		t.Errorf("the stalled one read %v (%v) and wrote (%v)", seen, late, write)
	}
}

func TestAnErrorAmidRowsEndsTheUseCase(t *testing.T) {
	db := numbered(t)
	// Given rows that fail half way, as on a bad disk,
	const failing = `SELECT abs(CASE WHEN n < 5 THEN n ELSE -9223372036854775808 END) FROM numbers ORDER BY rowid`
	var amid, after error
	err := db.inTx(t.Context(), func(ctx context.Context, tx *tx) error {
		_, amid = list(ctx, tx, scanNumber, failing)
		after = run(ctx, tx, `INSERT INTO numbers VALUES (10)`)
		return nil // when the use case passes over it,
	})
	// then nothing more runs, and nothing is kept.
	if fault.Reason(amid) == "" || after == nil || err == nil {
		t.Errorf("amid %v, after %v, in the end %v", amid, after, err)
	}
	err = db.inTx(t.Context(), func(ctx context.Context, tx *tx) error {
		n, err := one(ctx, tx, nil, scanNumber, `SELECT COUNT(*) FROM numbers`)
		if n != 10 {
			t.Errorf("%d numbers", n)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
