package store

import (
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/civil"
)

const selectOpening = `SELECT id, territory, practitioner, location, start_at, end_at, slot_minutes, seats, modality, audience,
  note, weekdays, until_day, skip_holidays, created_at, created_by, stopped_from, materialised_to, extra, skips FROM openings`

const saveOpening = `INSERT INTO openings (id, territory, practitioner, location, start_at, end_at, slot_minutes, seats, modality, audience,
  note, weekdays, until_day, skip_holidays, created_at, created_by, stopped_from, materialised_to, extra, skips)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
ON CONFLICT (id) DO UPDATE SET location = excluded.location, start_at = excluded.start_at, end_at = excluded.end_at,
  slot_minutes = excluded.slot_minutes, seats = excluded.seats, modality = excluded.modality, audience = excluded.audience,
  note = excluded.note, weekdays = excluded.weekdays, until_day = excluded.until_day, skip_holidays = excluded.skip_holidays,
  stopped_from = excluded.stopped_from, materialised_to = excluded.materialised_to, skips = excluded.skips`

// Opening locks and returns an opening; "agenda.opening_unknown".
func (t *tx) Opening(ctx context.Context, id string) (agenda.Opening, error) {
	return one(ctx, t, agenda.ErrOpeningUnknown, scanOpening, t.locking(selectOpening+` WHERE id = $1`), id)
}

// Recurring locks and returns the practitioner's recurrences with a day at or
// after from, by id.
func (t *tx) Recurring(ctx context.Context, practitioner string, from civil.Date) ([]agenda.Opening, error) {
	return list(ctx, t, scanOpening, t.locking(selectOpening+`
WHERE practitioner = $1 AND weekdays <> '' AND until_day >= $2 AND (stopped_from = '' OR stopped_from > $2) ORDER BY id`),
		practitioner, from.String())
}

// OpeningsNamed reads openings, in no order.
func (t *tx) OpeningsNamed(ctx context.Context, ids ...string) ([]agenda.Opening, error) {
	var all []agenda.Opening
	for some := range slices.Chunk(ids, atOnce) {
		found, err := list(ctx, t, scanOpening, selectOpening+` WHERE id IN `+parameters(1, len(some)), anys(some)...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// SaveOpening inserts or writes an opening.
func (t *tx) SaveOpening(ctx context.Context, o agenda.Opening) error {
	repeat := agenda.Repeat{}
	if o.Repeat != nil {
		repeat = *o.Repeat
	}
	return run(ctx, t, saveOpening, o.ID, o.Territory, o.Practitioner, o.Location, stamp(o.Start), stamp(o.End),
		o.SlotMinutes, o.Seats, o.Modality, o.Audience, o.Note,
		joined(repeat.Weekdays), repeat.Until.String(), repeat.SkipHolidays,
		stamp(o.CreatedAt), o.CreatedBy, o.StoppedFrom.String(), o.MaterialisedTo.String(), o.Extra, joinedDays(o.Skips))
}

func scanOpening(row scanner) (o agenda.Opening, err error) {
	var repeat agenda.Repeat
	err = row.Scan(&o.ID, &o.Territory, &o.Practitioner, &o.Location, instant{&o.Start}, instant{&o.End},
		&o.SlotMinutes, &o.Seats, &o.Modality, &o.Audience, &o.Note,
		numbers{&repeat.Weekdays}, day{&repeat.Until}, &repeat.SkipHolidays,
		instant{&o.CreatedAt}, &o.CreatedBy, day{&o.StoppedFrom}, day{&o.MaterialisedTo}, &o.Extra, days{&o.Skips})
	if len(repeat.Weekdays) > 0 {
		o.Repeat = &repeat
	}
	return o, err
}
