package proof

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"             // the driver "sqlite"
)

// Record is what lies in the database once everything has come to rest: what no
// client sees, and must be there all the same.
type Record struct {
	Outbox int               // changes that never reached the live engine
	Audit  map[string]int    // entries by "action target"
	Keys   map[string]string // idempotency key → what it made
	Seats  map[string]int    // live bookings by "slot seat"
}

// ReadRecord reads the database of a service; driver is "pgx" or "sqlite".
func ReadRecord(ctx context.Context, driver, address string) (*Record, error) {
	db, err := sql.Open(driver, address)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	r := &Record{Audit: map[string]int{}, Keys: map[string]string{}, Seats: map[string]int{}}
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM outbox").Scan(&r.Outbox); err != nil {
		return nil, err
	}
	for _, read := range []struct {
		query string
		note  func(a, b string)
	}{
		{"SELECT action, target FROM audit", func(action, target string) { r.Audit[action+" "+target]++ }},
		{"SELECT request_key, made FROM idempotency", func(key, made string) { r.Keys[key] = made }},
		{"SELECT slot, CAST(seat AS TEXT) FROM bookings WHERE state <> 'cancelled'", func(slot, seat string) { r.Seats[slot+" "+seat]++ }},
	} {
		if err := pairsOf(ctx, db, read.query, read.note); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func pairsOf(ctx context.Context, db *sql.DB, query string, note func(a, b string)) error {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var a, b string
		if err := rows.Scan(&a, &b); err != nil {
			return err
		}
		note(a, b)
	}
	return rows.Err()
}

// Accounts lists what is wrong with the record, given what was acknowledged:
// every action was audited once, every key remembers what it made, nothing waits
// in the outbox, no seat has two bookings.
func (k *Checker) Accounts(r *Record) []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	v := verdict{checker: k}
	if r.Outbox > 0 {
		v.add("%d changes wait in the outbox", r.Outbox)
	}
	for _, entry := range slices.Sorted(maps.Keys(k.audited())) {
		if n := r.Audit[entry]; n != 1 {
			v.add("%q is in the audit %d times", entry, n)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(k.told)) {
		if r.Audit["booking.outcome booking:"+id] == 0 {
			v.add("the outcome of booking %s is not in the audit", id)
		}
	}
	for _, keys := range []map[string]string{k.byKey, k.underKey} {
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if r.Keys[key] != keys[key] {
				v.add("key %s gave %s and remembers %q", key, keys[key], r.Keys[key])
			}
		}
	}
	for _, seat := range slices.Sorted(maps.Keys(r.Seats)) {
		if n := r.Seats[seat]; n > 1 {
			v.add("seat %q has %d live bookings", seat, n)
		}
	}
	return v.lines
}

// audited are the entries that must be there exactly once: what they tell of
// happens once, however often it was asked for.
func (k *Checker) audited() map[string]bool {
	entries := map[string]bool{}
	for id := range k.booked {
		entries["booking.book booking:"+id] = true
	}
	for id := range k.cancelled {
		entries["booking.cancel booking:"+id] = true
	}
	for id := range k.published {
		entries[fmt.Sprintf("opening.publish opening:%s", id)] = true
	}
	return entries
}
