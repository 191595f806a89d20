package store

import (
	"context"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

// longest is more than any slot lasts: a range is a day on the clock at most. It
// bounds how far before a time the slots that overlap it are looked for.
const longest = 48 * time.Hour

const (
	slotColumns = `id, opening, territory, practitioner, location, start_at, end_at, modality, audience, seats, withdrawn_at, revision, booked, extra, withdrawn_by`
	selectSlot  = `SELECT ` + slotColumns + ` FROM slots`
	insertSlots = `INSERT INTO slots (id, opening, territory, practitioner, location, start_at, end_at, modality, audience, seats, withdrawn_at, revision, changed_at, extra) VALUES `

	insertedColumns = 14 // of insertSlots
)

// seatsOf is what slots.booked repeats: the live seats of the slot $1.
const seatsOf = `COALESCE((SELECT string_agg(CAST(seat AS TEXT), ',' ORDER BY seat) FROM bookings WHERE slot = $1 AND state <> 'cancelled'), '')`

// Record locks and returns a slot; "agenda.slot_unknown".
func (t *tx) Record(ctx context.Context, slot string) (agenda.Record, error) {
	return t.lockSlot(ctx, slot, agenda.ErrSlotUnknown)
}

// RecordsOf locks and returns the slots of an opening that start at or after
// from, by start.
func (t *tx) RecordsOf(ctx context.Context, opening string, from time.Time) ([]agenda.Record, error) {
	return t.lockedRecords(ctx, selectSlot+` WHERE opening = $1 AND start_at >= $2 ORDER BY start_at, id`, opening, stamp(from))
}

// Overlapping returns the practitioner's slots that overlap [from, to), by
// start; withdrawn ones without a booked seat are left out, and those en sus, which
// stand on top of whatever is published.
func (t *tx) Overlapping(ctx context.Context, practitioner string, from, to time.Time) ([]agenda.Slot, error) {
	return list(ctx, t, scanSlot, selectSlot+`
WHERE practitioner = $1 AND start_at > $2 AND start_at < $3 AND end_at > $4 AND NOT extra AND (withdrawn_at IS NULL OR booked <> '') ORDER BY start_at, id`,
		practitioner, stamp(from.Add(-longest)), stamp(to), stamp(from))
}

// AddSlots inserts slots with revision 1 and returns those that were new.
func (t *tx) AddSlots(ctx context.Context, slots []agenda.Slot) ([]agenda.Slot, error) {
	added := make([]agenda.Slot, 0, len(slots))
	for some := range slices.Chunk(slots, atOnceOf(insertedColumns)) {
		fresh, err := t.addSlots(ctx, some)
		if err != nil {
			return nil, err
		}
		added = append(added, fresh...)
	}
	return added, nil
}

func (t *tx) addSlots(ctx context.Context, slots []agenda.Slot) ([]agenda.Slot, error) {
	args := make([]any, 0, len(slots)*insertedColumns)
	for _, s := range slots {
		args = append(args, s.ID, s.Opening, s.Territory, s.Practitioner, s.Location, stamp(s.Start), stamp(s.End),
			s.Modality, s.Audience, s.Seats, stamp(s.WithdrawnAt), 1, stamp(t.now), s.Extra)
	}
	fresh, err := list(ctx, t, scanID, insertSlots+parameters(len(slots), insertedColumns)+` ON CONFLICT (opening, start_at) DO NOTHING RETURNING id`, args...)
	if err != nil {
		return nil, err
	}
	var added []agenda.Slot
	for _, s := range slots {
		if slices.Contains(fresh, s.ID) {
			s.Revision = 1
			added = append(added, s)
			t.locked[s.ID] = true
		}
	}
	return added, nil
}

// SaveSlot writes the slot's withdrawal, modality and audience, raises its
// revision and returns its new record; "agenda.slot_unknown".
func (t *tx) SaveSlot(ctx context.Context, s agenda.Slot) (agenda.Record, error) {
	return one(ctx, t, agenda.ErrSlotUnknown, scanRecord,
		`UPDATE slots SET withdrawn_at = $2, modality = $3, audience = $4, revision = revision + 1, changed_at = $5, withdrawn_by = $6 WHERE id = $1 RETURNING `+slotColumns,
		s.ID, stamp(s.WithdrawnAt), s.Modality, s.Audience, stamp(t.now), s.WithdrawnBy)
}

// lockSlot keeps others from booking or changing the slot until the transaction
// ends.
func (t *tx) lockSlot(ctx context.Context, slot string, unknown error) (agenda.Record, error) {
	r, err := one(ctx, t, unknown, scanRecord, t.locking(selectSlot+` WHERE id = $1`), slot)
	if err == nil {
		t.locked[slot] = true
	}
	return r, err
}

func scanRecord(row scanner) (r agenda.Record, err error) {
	s := &r.Slot
	err = row.Scan(&s.ID, &s.Opening, &s.Territory, &s.Practitioner, &s.Location, instant{&s.Start}, instant{&s.End},
		&s.Modality, &s.Audience, &s.Seats, instant{&s.WithdrawnAt}, &s.Revision, numbers{&r.Booked}, &s.Extra, &s.WithdrawnBy)
	return r, err
}

func scanSlot(row scanner) (agenda.Slot, error) {
	r, err := scanRecord(row)
	return r.Slot, err
}

func scanID(row scanner) (id string, err error) {
	err = row.Scan(&id)
	return id, err
}
