package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

// Agenda is the record as publishing needs it.
type Agenda struct{ DB *DB }

var (
	_ agenda.Store = Agenda{}
	_ agenda.Tx    = (*tx)(nil)
)

// InTx runs fn in one transaction; see agenda.Store.
func (a Agenda) InTx(ctx context.Context, fn func(ctx context.Context, tx agenda.Tx) error) error {
	return a.DB.inTx(ctx, func(ctx context.Context, t *tx) error { return fn(ctx, t) })
}

// Openings lists a practitioner's openings, newest first. A recurrence that
// ended near from is listed rather than missed: its days are of another zone.
func (a Agenda) Openings(ctx context.Context, practitioner string, from, to time.Time, limit int) ([]agenda.Opening, error) {
	return list(ctx, a.DB, scanOpening, selectOpening+`
WHERE practitioner = $1 AND start_at < $2 AND NOT extra
  AND (weekdays = '' AND start_at >= $3
    OR weekdays <> '' AND until_day >= $4 AND (stopped_from = '' OR stopped_from > $4))
ORDER BY created_at DESC, id DESC LIMIT $5`,
		practitioner, stamp(to), stamp(from), civil.DateOf(from, time.UTC).AddDays(-1).String(), limit)
}

// DueOpenings lists recurrences that are not turned into slots up to upTo.
func (a Agenda) DueOpenings(ctx context.Context, upTo civil.Date, limit int) ([]agenda.Opening, error) {
	return list(ctx, a.DB, scanOpening, selectOpening+`
WHERE weekdays <> '' AND materialised_to < $1 AND materialised_to <= until_day
  AND (stopped_from = '' OR materialised_to < stopped_from)
ORDER BY materialised_to, id LIMIT $2`, upTo.String(), limit)
}

// SlotsOf lists the slots of the openings, by start.
func (a Agenda) SlotsOf(ctx context.Context, openings ...string) ([]agenda.Record, error) {
	all := []agenda.Record{}
	for some := range slices.Chunk(openings, atOnce) {
		found, err := list(ctx, a.DB, scanRecord, selectSlot+` WHERE opening IN `+parameters(1, len(some))+` ORDER BY start_at, id`, anys(some)...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, byStart)
	return all, nil
}

// Record returns a slot; a NotFound fault "agenda.slot_unknown".
func (a Agenda) Record(ctx context.Context, slot string) (agenda.Record, error) {
	return one(ctx, a.DB, agenda.ErrSlotUnknown, scanRecord, selectSlot+` WHERE id = $1`, slot)
}

// Opening returns an opening; a NotFound fault "agenda.opening_unknown".
func (a Agenda) Opening(ctx context.Context, id string) (agenda.Opening, error) {
	return one(ctx, a.DB, agenda.ErrOpeningUnknown, scanOpening, selectOpening+` WHERE id = $1`, id)
}

func byStart(a, b agenda.Record) int {
	if c := a.Slot.Start.Compare(b.Slot.Start); c != 0 {
		return c
	}
	return strings.Compare(a.Slot.ID, b.Slot.ID)
}

func anys[T any](list []T) []any {
	all := make([]any, len(list))
	for i, one := range list {
		all[i] = one
	}
	return all
}
