package store

import (
	"cmp"
	"context"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
)

const selectBooking = `SELECT b.id, b.slot, b.seat, s.territory, s.practitioner, s.location, s.start_at, s.end_at, s.modality,
  b.state, b.fence, b.booked_at, b.booked_by, b.case_id, b.mt_status, b.own_mt, b.outcome_at, b.cancelled_at, b.cancelled_by,
  b.revision, b.changed_at, b.private, b.private_key, b.cancel_reason, b.cancel_reason_key, s.extra
FROM bookings b JOIN slots s ON s.id = b.slot`

const insertBooking = `INSERT INTO bookings (id, slot, seat, state, fence, booked_at, booked_by, case_id, mt_status, own_mt,
  outcome_at, cancelled_at, cancelled_by, revision, changed_at, name_hash, private, private_key, cancel_reason, cancel_reason_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
ON CONFLICT (slot, seat) WHERE state <> 'cancelled' DO NOTHING`

const touchSlot = `UPDATE slots SET revision = revision + 1, changed_at = $2, booked = ` + seatsOf + ` WHERE id = $1 RETURNING ` + slotColumns

// namesakes are few, slots of a territory are many: SQLite, which keeps no
// statistics, is kept from going through the slots first.
const namesakes = "b.name_hash = ? AND b.state <> 'cancelled' AND s.start_at >= ? AND s.start_at < ? AND s.territory || '' IN "

// privatePart is what a booking seals of who comes.
type privatePart struct {
	Patient regulation.Patient `json:"patient"`
	Reason  string             `json:"reason,omitempty"`
}

func bookingPlace(column, id string) place { return place{"bookings", column, id} }

// LockSlot returns the slot's record and keeps others from booking it until the
// end of the transaction; regulation.ErrSlotUnknown.
func (t *tx) LockSlot(ctx context.Context, slot string) (agenda.Record, error) {
	return t.lockSlot(ctx, slot, regulation.ErrSlotUnknown)
}

// Touch raises the slot's revision and returns its record with the bookings of
// this transaction.
func (t *tx) Touch(ctx context.Context, slot string) (agenda.Record, error) {
	if !t.locked[slot] {
		if _, err := t.LockSlot(ctx, slot); err != nil {
			return agenda.Record{}, err
		}
	}
	return one(ctx, t, regulation.ErrSlotUnknown, scanRecord, touchSlot, slot, stamp(t.now))
}

// NoteHold keeps that a seat was held; noting it twice changes nothing.
func (t *tx) NoteHold(ctx context.Context, slot string, fence int64, over time.Time) error {
	return run(ctx, t, `INSERT INTO holds (slot, fence, over_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, slot, fence, stamp(over))
}

// LastFence returns the highest fence ever used on a seat, 0 for none.
func (t *tx) LastFence(ctx context.Context, slot string, seat int) (int64, error) {
	return one(ctx, t, nil, scanNumber, `SELECT COALESCE(MAX(fence), 0) FROM bookings WHERE slot = $1 AND seat = $2`, slot, seat)
}

// AddBooking inserts a booking; regulation.ErrSlotTaken when the seat has a live
// one.
func (t *tx) AddBooking(ctx context.Context, b regulation.Booking) error {
	private, err := t.db.keys.seal(bookingPlace("private", b.ID), privatePart{b.Patient, b.Reason})
	if err != nil {
		return err
	}
	why, err := t.sealReason(b)
	if err != nil {
		return err
	}
	name, err := t.db.keys.nameHash(b.Patient.Family)
	if err != nil {
		return err
	}
	return changed(ctx, t, regulation.ErrSlotTaken, insertBooking, b.ID, b.Slot, b.Seat, b.State, b.Fence, stamp(b.BookedAt), b.BookedBy,
		orNull(b.Case), b.Patient.MT.Status, b.OwnMT, stamp(b.OutcomeAt), stamp(b.CancelledAt), b.CancelledBy, b.Revision, stamp(b.ChangedAt),
		name, private.text, private.key, why.text, why.key)
}

// Booking locks and returns a booking; regulation.ErrBookingUnknown.
func (t *tx) Booking(ctx context.Context, id string) (regulation.Booking, error) {
	if err := t.lockRow(ctx, `SELECT id FROM bookings WHERE id = $1`, id); err != nil {
		return regulation.Booking{}, err
	}
	return one(ctx, t, regulation.ErrBookingUnknown, t.db.scanBooking, selectBooking+` WHERE b.id = $1`, id)
}

// SaveBooking writes state, outcome and cancellation and raises the revision;
// regulation.ErrBookingUnknown.
func (t *tx) SaveBooking(ctx context.Context, b regulation.Booking) error {
	why, err := t.sealReason(b)
	if err != nil {
		return err
	}
	return changed(ctx, t, regulation.ErrBookingUnknown, `UPDATE bookings SET state = $2, outcome_at = $3, cancelled_at = $4, cancelled_by = $5,
  cancel_reason = $6, cancel_reason_key = $7, changed_at = $8, revision = revision + 1 WHERE id = $1`,
		b.ID, b.State, stamp(b.OutcomeAt), stamp(b.CancelledAt), b.CancelledBy, why.text, why.key, stamp(b.ChangedAt))
}

// LiveBookingsNamed returns the live bookings of the territories that start in
// [from, to) and whose patient's family name reads the same without accents,
// case, hyphens and spaces. Of two bookings of one name at once, the second waits
// here for the first, so that it sees it: whoever asks has locked their slot
// before, and locks none after.
func (t *tx) LiveBookingsNamed(ctx context.Context, territories []string, p regulation.Patient, from, to time.Time) ([]regulation.Booking, error) {
	name, err := t.db.keys.nameHash(p.Family)
	if err != nil {
		return nil, err
	}
	var w filter
	w.add(namesakes+marks(len(territories)), append([]any{name, stamp(from), stamp(to)}, anys(territories)...)...)
	if err := t.claim(ctx, "name\n"+hex.EncodeToString(name)); err != nil {
		return nil, err
	}
	found, err := list(ctx, t, t.db.scanBooking, selectBooking+w.where(), w.args...)
	slices.SortFunc(found, func(a, b regulation.Booking) int {
		return cmp.Or(a.Start.Compare(b.Start), strings.Compare(a.ID, b.ID))
	})
	return found, err
}

// claim makes those who claim the same words wait for this transaction's end.
func (t *tx) claim(ctx context.Context, words string) error {
	if t.db.dialect.claim == "" {
		return nil
	}
	return run(ctx, t, t.db.dialect.claim, words)
}

func (t *tx) sealReason(b regulation.Booking) (sealed, error) {
	if b.CancelReason == "" {
		return sealed{}, nil
	}
	return t.db.keys.seal(bookingPlace("cancel_reason", b.ID), b.CancelReason)
}

func (db *DB) scanBooking(row scanner) (b regulation.Booking, err error) {
	var private, why sealed
	err = row.Scan(&b.ID, &b.Slot, &b.Seat, &b.Territory, &b.Practitioner, &b.Location, instant{&b.Start}, instant{&b.End}, &b.Modality,
		&b.State, &b.Fence, instant{&b.BookedAt}, &b.BookedBy, text{&b.Case}, &b.Patient.MT.Status, &b.OwnMT,
		instant{&b.OutcomeAt}, instant{&b.CancelledAt}, &b.CancelledBy, &b.Revision, instant{&b.ChangedAt},
		&private.text, &private.key, &why.text, &why.key, &b.Extra)
	if err != nil {
		return b, err
	}
	part := privatePart{Patient: b.Patient}
	if err := db.keys.open(bookingPlace("private", b.ID), private, &part); err != nil {
		return b, err
	}
	b.Patient, b.Reason = part.Patient, part.Reason
	return b, db.keys.open(bookingPlace("cancel_reason", b.ID), why, &b.CancelReason)
}

func scanNumber(row scanner) (n int64, err error) {
	err = row.Scan(&n)
	return n, err
}
