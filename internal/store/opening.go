package store

import (
	"context"

	"github.com/relais-snp/relais/internal/agenda"
)

const selectOpening = `SELECT id, territory, practitioner, location, start_at, end_at, slot_minutes, seats, modality, audience,
  note, weekdays, until_day, skip_holidays, created_at, created_by, stopped_from, materialised_to, extra FROM openings`

const saveOpening = `INSERT INTO openings (id, territory, practitioner, location, start_at, end_at, slot_minutes, seats, modality, audience,
  note, weekdays, until_day, skip_holidays, created_at, created_by, stopped_from, materialised_to, extra)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT (id) DO UPDATE SET location = excluded.location, start_at = excluded.start_at, end_at = excluded.end_at,
  slot_minutes = excluded.slot_minutes, seats = excluded.seats, modality = excluded.modality, audience = excluded.audience,
  note = excluded.note, weekdays = excluded.weekdays, until_day = excluded.until_day, skip_holidays = excluded.skip_holidays,
  stopped_from = excluded.stopped_from, materialised_to = excluded.materialised_to`

// Opening locks and returns an opening; "agenda.opening_unknown".
func (t *tx) Opening(ctx context.Context, id string) (agenda.Opening, error) {
	return one(ctx, t, agenda.ErrOpeningUnknown, scanOpening, t.locking(selectOpening+` WHERE id = $1`), id)
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
		stamp(o.CreatedAt), o.CreatedBy, o.StoppedFrom.String(), o.MaterialisedTo.String(), o.Extra)
}

func scanOpening(row scanner) (o agenda.Opening, err error) {
	var repeat agenda.Repeat
	err = row.Scan(&o.ID, &o.Territory, &o.Practitioner, &o.Location, instant{&o.Start}, instant{&o.End},
		&o.SlotMinutes, &o.Seats, &o.Modality, &o.Audience, &o.Note,
		numbers{&repeat.Weekdays}, day{&repeat.Until}, &repeat.SkipHolidays,
		instant{&o.CreatedAt}, &o.CreatedBy, day{&o.StoppedFrom}, day{&o.MaterialisedTo}, &o.Extra)
	if len(repeat.Weekdays) > 0 {
		o.Repeat = &repeat
	}
	return o, err
}
