package store

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

const (
	selectPause = `SELECT id, practitioner, from_day, to_day, withdrawn, created_at, created_by, ended_at FROM pauses`

	pausesWithin = selectPause + `
WHERE practitioner = $1 AND ended_at IS NULL AND to_day >= $2 AND from_day <= $3 ORDER BY from_day, id`

	offeredWithin = selectSlot + `
WHERE practitioner = $1 AND start_at >= $2 AND start_at < $3 AND withdrawn_at IS NULL AND NOT extra ORDER BY start_at, id`
)

// Pause returns a pause; "agenda.pause_unknown".
func (a Agenda) Pause(ctx context.Context, id string) (agenda.Pause, error) {
	return one(ctx, a.DB, agenda.ErrPauseUnknown, scanPause, selectPause+` WHERE id = $1`, id)
}

// Pauses lists a practitioner's pauses with a day in [from, to] that were not
// ended, by first day.
func (a Agenda) Pauses(ctx context.Context, practitioner string, from, to civil.Date) ([]agenda.Pause, error) {
	return list(ctx, a.DB, scanPause, pausesWithin, practitioner, from.String(), to.String())
}

// Offered lists a practitioner's slots that start in [from, to) and are not
// withdrawn, by start.
func (a Agenda) Offered(ctx context.Context, practitioner string, from, to time.Time) ([]agenda.Record, error) {
	return list(ctx, a.DB, scanRecord, offeredWithin, practitioner, stamp(from), stamp(to))
}

// Pause locks and returns a pause; "agenda.pause_unknown".
func (t *tx) Pause(ctx context.Context, id string) (agenda.Pause, error) {
	return one(ctx, t, agenda.ErrPauseUnknown, scanPause, t.locking(selectPause+` WHERE id = $1`), id)
}

// Pauses is Agenda.Pauses within the transaction.
func (t *tx) Pauses(ctx context.Context, practitioner string, from, to civil.Date) ([]agenda.Pause, error) {
	return list(ctx, t, scanPause, pausesWithin, practitioner, from.String(), to.String())
}

// Offered locks and returns what Agenda.Offered lists.
func (t *tx) Offered(ctx context.Context, practitioner string, from, to time.Time) ([]agenda.Record, error) {
	return t.lockedRecords(ctx, offeredWithin, practitioner, stamp(from), stamp(to))
}

// TakenBy locks and returns the slots that a pause withdrew and that start at or
// after from, by start.
func (t *tx) TakenBy(ctx context.Context, pause string, from time.Time) ([]agenda.Record, error) {
	return t.lockedRecords(ctx, selectSlot+` WHERE withdrawn_by = $1 AND start_at >= $2 ORDER BY start_at, id`, pause, stamp(from))
}

func (t *tx) lockedRecords(ctx context.Context, query string, args ...any) ([]agenda.Record, error) {
	found, err := list(ctx, t, scanRecord, t.locking(query), args...)
	for _, r := range found {
		t.locked[r.Slot.ID] = true
	}
	return found, err
}

// SavePause inserts a pause, or writes when it ended.
func (t *tx) SavePause(ctx context.Context, p agenda.Pause) error {
	return run(ctx, t, `INSERT INTO pauses (id, practitioner, from_day, to_day, withdrawn, created_at, created_by, ended_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET ended_at = excluded.ended_at`,
		p.ID, p.Practitioner, p.From.String(), p.To.String(), p.Withdrawn, stamp(p.CreatedAt), p.CreatedBy, stamp(p.EndedAt))
}

func scanPause(row scanner) (p agenda.Pause, err error) {
	err = row.Scan(&p.ID, &p.Practitioner, day{&p.From}, day{&p.To}, &p.Withdrawn, instant{&p.CreatedAt}, &p.CreatedBy, instant{&p.EndedAt})
	return p, err
}
