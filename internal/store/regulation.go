package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/regulation"
)

// Regulation is the record as regulation needs it.
type Regulation struct{ DB *DB }

var (
	_ regulation.Store  = Regulation{}
	_ regulation.Tx     = (*tx)(nil)
	_ regulation.People = Directory{}
)

// InTx runs fn in one transaction; see regulation.Store.
func (r Regulation) InTx(ctx context.Context, fn func(ctx context.Context, tx regulation.Tx) error) error {
	return r.DB.inTx(ctx, func(ctx context.Context, t *tx) error { return fn(ctx, t) })
}

// Record returns a slot; regulation.ErrSlotUnknown.
func (r Regulation) Record(ctx context.Context, slot string) (agenda.Record, error) {
	return one(ctx, r.DB, regulation.ErrSlotUnknown, scanRecord, selectSlot+` WHERE id = $1`, slot)
}

// Records lists the slots of a territory, by start and id.
func (r Regulation) Records(ctx context.Context, q regulation.SlotQuery) ([]agenda.Record, error) {
	var w filter
	w.add("territory = ?", q.Territory)
	w.add("start_at >= ?", stamp(q.From))
	w.add("start_at < ?", stamp(q.To))
	w.addIf(q.Practitioner != "", "practitioner = ?", q.Practitioner)
	w.addIf(q.After.ID != "", "(start_at, id) > (?, ?)", stamp(q.After.At), q.After.ID)
	return list(ctx, r.DB, scanRecord, selectSlot+w.where()+` ORDER BY start_at, id`+w.limit(q.Limit), w.args...)
}

// Booking returns a booking; regulation.ErrBookingUnknown.
func (r Regulation) Booking(ctx context.Context, id string) (regulation.Booking, error) {
	return one(ctx, r.DB, regulation.ErrBookingUnknown, r.DB.scanBooking, selectBooking+` WHERE b.id = $1`, id)
}

// Bookings lists bookings by start and id, cancelled ones included.
func (r Regulation) Bookings(ctx context.Context, q regulation.BookingQuery) ([]regulation.Booking, error) {
	var w filter
	w.addIf(q.Territory != "", "s.territory = ?", q.Territory)
	w.add("s.start_at >= ?", stamp(q.From))
	w.add("s.start_at < ?", stamp(q.To))
	w.addIf(q.Practitioner != "", "s.practitioner = ?", q.Practitioner)
	w.addIf(q.BookedBy != "", "b.booked_by = ?", q.BookedBy)
	w.addIf(q.After.ID != "", "(s.start_at, b.id) > (?, ?)", stamp(q.After.At), q.After.ID)
	return list(ctx, r.DB, r.DB.scanBooking, selectBooking+w.where()+` ORDER BY s.start_at, b.id`+w.limit(q.Limit), w.args...)
}

// Case returns a case; regulation.ErrCaseUnknown.
func (r Regulation) Case(ctx context.Context, id string) (regulation.Case, error) {
	return one(ctx, r.DB, regulation.ErrCaseUnknown, r.DB.scanCase, selectCase+` WHERE id = $1`, id)
}

// Cases lists the cases of a territory, newest first.
func (r Regulation) Cases(ctx context.Context, q regulation.CaseQuery) ([]regulation.Case, error) {
	var w filter
	w.add("territory = ?", q.Territory)
	w.addIf(q.OpenOnly, "closed_at IS NULL")
	w.addIf(q.OpenedBy != "", "opened_by = ?", q.OpenedBy)
	w.addIf(q.After.ID != "", "(opened_at, id) < (?, ?)", stamp(q.After.At), q.After.ID)
	return list(ctx, r.DB, r.DB.scanCase, selectCase+w.where()+` ORDER BY opened_at DESC, id DESC`+w.limit(q.Limit), w.args...)
}

// filter gathers the conditions of a query. Conditions are constants, with ? for
// each value.
type filter struct {
	conditions []string
	args       []any
}

func (f *filter) add(condition string, values ...any) {
	var b strings.Builder
	for part := range strings.SplitAfterSeq(condition, "?") {
		if before, ok := strings.CutSuffix(part, "?"); ok {
			f.args = append(f.args, values[0])
			values = values[1:]
			part = before + "$" + strconv.Itoa(len(f.args))
		}
		b.WriteString(part)
	}
	f.conditions = append(f.conditions, b.String())
}

// marks is a list of n values of a condition: (?,?).
func marks(n int) string { return "(?" + strings.Repeat(",?", n-1) + ")" }

func (f *filter) addIf(wanted bool, condition string, values ...any) {
	if wanted {
		f.add(condition, values...)
	}
}

func (f *filter) where() string { return " WHERE " + strings.Join(f.conditions, " AND ") }

// limit bounds a page; 0 is no bound.
func (f *filter) limit(n int) string {
	if n <= 0 {
		return ""
	}
	f.args = append(f.args, n)
	return " LIMIT $" + strconv.Itoa(len(f.args))
}
