package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// BenchmarkBooking measures the transaction of a booking, durable, beside the
// same statements run bare: by database/sql on SQLite, by pgx on PostgreSQL ("sql":
// by database/sql over pgx, as Relais itself reaches it), with
// values sealed beforehand; "grouped" has the bare statements of SQLite share
// commits too, without savepoints. Both take turns, block by block on databases of their
// own, so that the machine's mood meets both; "ratio" is what Relais reaches of
// the bare statements' rate. Slots are published before the clock starts.
func BenchmarkBooking(b *testing.B) {
	for _, clients := range []int{1, 16, 32} {
		b.Run(fmt.Sprintf("SQLite/clients=%d", clients), func(b *testing.B) {
			turns(b, clients, relaisOf(b, storetest.SQLite(b)), bareSQLite(b, publishedSQLite(b)))
		})
		b.Run(fmt.Sprintf("SQLite/clients=%d/grouped", clients), func(b *testing.B) {
			turns(b, clients, relaisOf(b, storetest.SQLite(b)), groupedSQLite(b, publishedSQLite(b)))
		})
	}
	cluster := storetest.StartCluster(b, storetest.Settings{Fsync: true})
	for _, clients := range []int{1, 16, 32} {
		b.Run(fmt.Sprintf("PostgreSQL/clients=%d", clients), func(b *testing.B) {
			url := cluster.Database(b)
			publishFor(b, migratedFor(b, store.Options{URL: url}))
			turns(b, clients, relaisOf(b, migratedFor(b, store.Options{URL: cluster.Database(b)})), barePostgres(b, url))
		})
		b.Run(fmt.Sprintf("PostgreSQL/clients=%d/sql", clients), func(b *testing.B) {
			url := cluster.Database(b)
			publishFor(b, migratedFor(b, store.Options{URL: url}))
			turns(b, clients, relaisOf(b, migratedFor(b, store.Options{URL: cluster.Database(b)})), sqlPostgres(b, url, clients))
		})
	}
}

// client makes one of several concurrent clients: it books round i.
type client func() func(i int) error

func relaisOf(b *testing.B, db *store.DB) client {
	publishFor(b, db)
	return func() func(i int) error {
		return func(i int) error { return book(b.Context(), db, i) }
	}
}

// turns books b.N slots with each, in turns of 25 rounds per client.
func turns(b *testing.B, clients int, relais, bare client) {
	ours, theirs := several(clients, relais), several(clients, bare)
	var spent, spentBare time.Duration
	b.ResetTimer()
	for from := 0; from < b.N; from += 25 * clients {
		to := min(b.N, from+25*clients)
		begun := time.Now()
		share(b, ours, from, to)
		half := time.Now()
		share(b, theirs, from, to)
		spent, spentBare = spent+half.Sub(begun), spentBare+time.Since(half)
	}
	b.StopTimer()
	b.ReportMetric(0, "ns/op") // of both together: it says nothing
	b.ReportMetric(float64(b.N)/spent.Seconds(), "bookings/s")
	b.ReportMetric(float64(b.N)/spentBare.Seconds(), "bare/s")
	b.ReportMetric(spentBare.Seconds()/spent.Seconds(), "ratio")
}

func several(n int, c client) []func(i int) error {
	all := make([]func(i int) error, n)
	for i := range all {
		all[i] = c()
	}
	return all
}

// share deals rounds [from, to) out to clients.
func share(b *testing.B, clients []func(i int) error, from, to int) {
	var next atomic.Int64
	next.Store(int64(from))
	var all sync.WaitGroup
	for _, act := range clients {
		all.Go(func() {
			for i := next.Add(1); i <= int64(to); i = next.Add(1) {
				if err := act(int(i - 1)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// book is what regulation writes for a direct booking without a case.
func book(ctx context.Context, db *store.DB, i int) error {
	made := world{}.booking(fmt.Sprintf("b-%d", i), benchSlot(i), 1)
	return store.Regulation{DB: db}.InTx(ctx, func(ctx context.Context, tx regulation.Tx) error {
		if _, err := tx.Remembered(ctx, "acc-reg", made.ID, "digest"); err != nil {
			return err
		}
		if _, err := tx.LockSlot(ctx, made.Slot); err != nil {
			return err
		}
		if _, err := tx.LastFence(ctx, made.Slot, 1); err != nil {
			return err
		}
		if _, err := tx.LiveBookingsNamed(ctx, []string{senart}, regulation.Patient{Family: "Autre"}, noon, noon.Add(time.Hour)); err != nil {
			return err
		}
		if err := tx.AddBooking(ctx, made); err != nil {
			return err
		}
		r, err := tx.Touch(ctx, made.Slot)
		if err != nil {
			return err
		}
		if err := tx.Audit(ctx, entry(i)); err != nil {
			return err
		}
		if err := tx.Remember(ctx, "acc-reg", made.ID, "digest", made.ID, noon); err != nil {
			return err
		}
		_, err = tx.Announce(ctx, r)
		return err
	})
}

// bare is the same in plain statements. run executes one and reads all its rows.
func bare(i int, claim bool, run func(query string, args ...any) error) error {
	id, slot := fmt.Sprintf("b-%d", i), benchSlot(i).ID
	lock := ""
	if claim {
		lock = " FOR NO KEY UPDATE"
		if err := run(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, "acc-reg\n"+id); err != nil {
			return err
		}
	}
	for _, s := range []struct {
		query string
		args  []any
	}{
		{`SELECT digest, made FROM idempotency WHERE actor = $1 AND request_key = $2`, []any{"acc-reg", id}},
		{store.SelectSlot + ` WHERE id = $1` + lock, []any{slot}},
		{`SELECT COALESCE(MAX(fence), 0) FROM bookings WHERE slot = $1 AND seat = $2`, []any{slot, 1}},
		{store.SelectBooking + ` WHERE b.name_hash = $1 AND b.state <> 'cancelled' AND s.territory = $2 AND s.start_at >= $3 AND s.start_at < $4`,
			[]any{[]byte("another-hash----"), senart, noon, noon.Add(time.Hour)}},
		{store.InsertBooking, []any{id, slot, 1, "booked", 1, noon, "acc-reg", nil, "has", false, nil, nil, "", 1, noon,
			[]byte("hash-of-16-bytes"), sealedBefore, 1, nil, nil}},
		{store.TouchSlot, []any{slot, noon}},
		{`INSERT INTO audit (at, actor, action, target, territory, detail) VALUES ($1, $2, $3, $4, $5, $6)`,
			[]any{noon, "acc-reg", "patient.read", "booking:" + id, senart, ""}},
		{`INSERT INTO idempotency (actor, request_key, digest, made, made_at) VALUES ($1, $2, $3, $4, $5)`, []any{"acc-reg", id, "digest", id, noon}},
		{`INSERT INTO outbox (slot) VALUES ($1) RETURNING id, slot`, []any{slot}},
	} {
		if err := run(s.query, s.args...); err != nil {
			return err
		}
	}
	return nil
}

var sealedBefore = make([]byte, 260)

// publishedSQLite makes a record with the benchmark's slots and returns its file.
func publishedSQLite(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "bare.db")
	publishFor(b, migratedFor(b, store.Options{Path: path}))
	return path
}

func openBare(b *testing.B, path string) *sql.DB {
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_time_format=sqlite")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	return db
}

func bareSQLite(b *testing.B, path string) client {
	db := openBare(b, path)
	return func() func(i int) error {
		return func(i int) error {
			tx, err := db.BeginTx(b.Context(), nil)
			if err != nil {
				return err
			}
			defer tx.Rollback()
			if err := bare(i, false, runOn(b, tx)); err != nil {
				return err
			}
			return tx.Commit()
		}
	}
}

// groupedSQLite books with one goroutine that commits for all who wait.
func groupedSQLite(b *testing.B, path string) client {
	db := openBare(b, path)
	type request struct {
		i    int
		done chan error
	}
	queue := make(chan request)
	b.Cleanup(func() { close(queue) })
	serve := func(r request) (served []request, err error) {
		tx, err := db.BeginTx(context.WithoutCancel(b.Context()), nil)
		if err != nil {
			return []request{r}, err
		}
		defer tx.Rollback()
		for more := true; more; {
			served = append(served, r)
			if err := bare(r.i, false, runOn(b, tx)); err != nil {
				return served, err
			}
			select {
			case r, more = <-queue:
			default:
				more = false
			}
		}
		return served, tx.Commit()
	}
	go func() {
		for r := range queue {
			served, err := serve(r)
			for _, s := range served {
				s.done <- err
			}
		}
	}()
	return func() func(i int) error {
		done := make(chan error, 1)
		return func(i int) error {
			queue <- request{i, done}
			return <-done
		}
	}
}

// runOn runs a statement in a transaction and reads all its rows.
func runOn(b *testing.B, tx *sql.Tx) func(query string, args ...any) error {
	return func(query string, args ...any) error {
		rows, err := tx.QueryContext(context.WithoutCancel(b.Context()), query, args...)
		if err != nil {
			return err
		}
		for rows.Next() {
		}
		return rows.Close()
	}
}

func sqlPostgres(b *testing.B, url string, clients int) client {
	db, err := sql.Open("pgx", url)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxIdleConns(clients)
	return func() func(i int) error {
		return func(i int) error {
			tx, err := db.BeginTx(b.Context(), nil)
			if err != nil {
				return err
			}
			defer tx.Rollback()
			if err := bare(i, true, runOn(b, tx)); err != nil {
				return err
			}
			return tx.Commit()
		}
	}
}

func barePostgres(b *testing.B, url string) client {
	return func() func(i int) error {
		conn, err := pgx.Connect(b.Context(), url)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { conn.Close(context.WithoutCancel(b.Context())) })
		return func(i int) error {
			tx, err := conn.Begin(b.Context())
			if err != nil {
				return err
			}
			defer tx.Rollback(b.Context())
			err = bare(i, true, func(query string, args ...any) error {
				rows, err := tx.Query(b.Context(), query, args...)
				if err != nil {
					return err
				}
				rows.Close()
				return rows.Err()
			})
			if err != nil {
				return err
			}
			return tx.Commit(b.Context())
		}
	}
}

func benchSlot(i int) agenda.Slot {
	return slotOf(agenda.Opening{ID: "op-1", Territory: senart, Practitioner: "gp-1", Location: "loc-1",
		Modality: agenda.Cabinet, Audience: agenda.ForRegulation}, fmt.Sprintf("slot-%d", i), noon.Add(time.Duration(i)*20*time.Minute), 1)
}

// publishFor publishes one slot for each round.
func publishFor(b *testing.B, db *store.DB) {
	b.Helper()
	d := store.Directory{DB: db}
	err := d.AddLocation(b.Context(), directory.Location{ID: "loc-1"})
	if err == nil {
		err = d.AddPractitioner(b.Context(), directory.Practitioner{ID: "gp-1", RPPS: "10000000001", Locations: []string{"loc-1"}, Territories: []string{senart}})
	}
	if err == nil {
		err = store.Agenda{DB: db}.InTx(b.Context(), func(ctx context.Context, tx agenda.Tx) error {
			slots := make([]agenda.Slot, b.N)
			for i := range slots {
				slots[i] = benchSlot(i)
			}
			if err := tx.SaveOpening(ctx, world{}.opening("op-1", noon)); err != nil {
				return err
			}
			_, err := tx.AddSlots(ctx, slots)
			return err
		})
	}
	if err != nil {
		b.Fatal(err)
	}
}

func migratedFor(b *testing.B, o store.Options) *store.DB {
	b.Helper()
	db := storetest.Open(b, o)
	if err := db.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	return db
}
