package store

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live"
)

// Announce writes records into the outbox.
func (t *tx) Announce(ctx context.Context, records ...agenda.Record) ([]agenda.Announcement, error) {
	announced := make([]agenda.Announcement, 0, len(records))
	for some := range slices.Chunk(records, atOnce) {
		ids, err := t.announce(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			announced = append(announced, agenda.Announcement{ID: ids[r.Slot.ID], Record: r})
		}
	}
	return announced, nil
}

func (t *tx) announce(ctx context.Context, records []agenda.Record) (map[string]int64, error) {
	args := make([]any, len(records))
	for i, r := range records {
		args[i] = r.Slot.ID
	}
	rows, err := list(ctx, t, scanOutbox, `INSERT INTO outbox (slot) VALUES `+parameters(len(args), 1)+` RETURNING id, slot`, args...)
	ids := make(map[string]int64, len(rows))
	for _, row := range rows {
		ids[row.slot] = row.id
	}
	return ids, err
}

// Live is the record as the live engine's relay and keeper need it.
type Live struct{ DB *DB }

var _ live.Outbox = Live{}

// Pending lists what is still to be delivered, oldest first, each with the
// slot's record as it stands now.
func (l Live) Pending(ctx context.Context, limit int) ([]agenda.Announcement, error) {
	return list(ctx, l.DB, scanAnnouncement,
		`SELECT o.id, s.* FROM outbox o JOIN (`+selectSlot+`) s ON s.id = o.slot ORDER BY o.id LIMIT $1`, limit)
}

// Forget drops what was delivered.
func (l Live) Forget(ctx context.Context, ids []int64) error {
	return l.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		for some := range slices.Chunk(ids, atOnce) {
			if err := run(ctx, t, `DELETE FROM outbox WHERE id IN `+parameters(1, len(some)), anys(some)...); err != nil {
				return err
			}
		}
		return nil
	})
}

// Abandon drops what has waited since before the time for territories other than
// the given ones, and returns how much. Nobody follows a territory that left the
// configuration; should it come back, its live state lacks this until a keeper
// moves its window, about a minute after the start.
func (l Live) Abandon(ctx context.Context, kept []string, before time.Time) (rows int64, err error) {
	args := append([]any{stamp(before)}, anys(kept)...)
	others := ""
	for n := range kept {
		others += ` AND s.territory <> $` + strconv.Itoa(n+2)
	}
	err = l.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		gone, err := t.exec(ctx, `DELETE FROM outbox WHERE slot IN (SELECT s.id FROM outbox o JOIN slots s ON s.id = o.slot WHERE s.changed_at < $1`+others+`)`, args...)
		if err != nil {
			return translate(err)
		}
		rows, err = gone.RowsAffected()
		return translate(err)
	})
	return rows, err
}

// RecordsBetween lists the slots of a territory that start in [from, to), by
// start and id.
func (l Live) RecordsBetween(ctx context.Context, territory string, from, to time.Time) ([]agenda.Record, error) {
	return list(ctx, l.DB, scanRecord, selectSlot+` WHERE territory = $1 AND start_at >= $2 AND start_at < $3 ORDER BY start_at, id`,
		territory, stamp(from), stamp(to))
}

// LastFence returns the highest fence of the bookings of a territory's slots that
// start at from or later, 0 for none.
func (l Live) LastFence(ctx context.Context, territory string, from time.Time) (int64, error) {
	return one(ctx, l.DB, nil, scanNumber, `SELECT COALESCE(MAX(b.fence), 0) FROM slots s JOIN bookings b ON b.slot = s.id
WHERE s.territory = $1 AND s.start_at >= $2`, territory, stamp(from))
}

type outboxRow struct {
	id   int64
	slot string
}

func scanOutbox(row scanner) (o outboxRow, err error) {
	err = row.Scan(&o.id, &o.slot)
	return o, err
}

func scanAnnouncement(row scanner) (a agenda.Announcement, err error) {
	a.Record, err = scanRecord(after{row, &a.ID})
	return a, err
}

// after reads one more column before those of another scan.
type after struct {
	scanner
	first any
}

// Scan reads the first column, then the others.
func (a after) Scan(into ...any) error { return a.scanner.Scan(append([]any{a.first}, into...)...) }
