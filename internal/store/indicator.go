package store

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
)

// Indicators is the record as indicators need it.
type Indicators struct{ DB *DB }

var (
	_ indicator.Store  = Indicators{}
	_ indicator.People = Directory{}
)

const slotFacts = `SELECT s.id, s.practitioner, s.location, s.start_at, s.end_at, s.seats, s.withdrawn_at, s.extra
FROM slots s WHERE s.territory = $1 AND s.start_at >= $2 AND s.start_at < $3 ORDER BY s.start_at, s.id`

// Slots with a lost hold are few: counting them beside the slots spares asking
// for each slot of a year.
const lostHolds = `SELECT h.slot, COUNT(*) FROM slots s JOIN holds h ON h.slot = s.id
WHERE s.territory = $1 AND s.start_at >= $2 AND s.start_at < $3 AND h.over_at <= $4
  AND NOT EXISTS (SELECT 1 FROM bookings b WHERE b.slot = h.slot AND b.fence = h.fence)
GROUP BY h.slot`

const bookingFacts = `SELECT b.slot, b.seat, b.state, b.cancelled_by, COALESCE(c.opened_at, b.booked_at), b.mt_status, b.own_mt,
  ` + byRegulation + `
FROM slots s JOIN bookings b ON b.slot = s.id LEFT JOIN cases c ON c.id = b.case_id
WHERE s.territory = $1 AND s.start_at >= $2 AND s.start_at < $3 ORDER BY s.start_at, s.id, b.seat, b.booked_at, b.id`

// Facts returns what happened with the slots of a territory that start in
// [from, to) and its cases without solution opened in [from, to).
func (i Indicators) Facts(ctx context.Context, territory string, from, to time.Time) (indicator.Facts, error) {
	slots, err := list(ctx, i.DB, scanSlotFact, slotFacts, territory, stamp(from), stamp(to))
	if err != nil {
		return indicator.Facts{}, err
	}
	bookings, err := list(ctx, i.DB, scanBookingFact, bookingFacts, territory, stamp(from), stamp(to))
	if err != nil {
		return indicator.Facts{}, err
	}
	lost, err := list(ctx, i.DB, scanLostHolds, lostHolds, territory, stamp(from), stamp(to), stamp(i.DB.now()))
	if err != nil {
		return indicator.Facts{}, err
	}
	place := make(map[string]int, len(slots))
	for n, s := range slots {
		place[s.ID] = n
	}
	for _, b := range bookings {
		if n, ok := place[b.slot]; ok {
			slots[n].Bookings = append(slots[n].Bookings, b.BookingFact)
		}
	}
	for _, l := range lost {
		if n, ok := place[l.slot]; ok {
			slots[n].LostHolds = l.holds
		}
	}
	unsolved, err := list(ctx, i.DB, scanInstant, `SELECT opened_at FROM cases
WHERE territory = $1 AND opened_at >= $2 AND opened_at < $3 AND outcome = $4 ORDER BY opened_at, id`,
		territory, stamp(from), stamp(to), regulation.NoSolution)
	return indicator.Facts{Slots: slots, NoSolution: unsolved}, err
}

// The first of several bookings counts: a case that was opened again by its
// GP's cancellation was answered when it was first booked.
const callFacts = `SELECT c.opened_at, c.commune, c.outcome, c.why_kind, c.keys, c.conflicts, c.first_proposal_at, c.held_at,
  DENSE_RANK() OVER (ORDER BY c.opened_by), (SELECT MIN(b.booked_at) FROM bookings b WHERE b.case_id = c.id)
FROM cases c WHERE c.territory = $1 AND c.opened_at >= $2 AND c.opened_at < $3 ORDER BY c.opened_at, c.id`

// Calls returns the cases of a territory that were opened in [from, to), without
// a word of who called; of who answered, only whether it was the same person.
func (i Indicators) Calls(ctx context.Context, territory string, from, to time.Time) ([]indicator.CallFact, error) {
	return list(ctx, i.DB, scanCallFact, callFacts, territory, stamp(from), stamp(to))
}

// Simulated reports whether the database holds a simulated territory.
func (i Indicators) Simulated(ctx context.Context) (bool, error) { return i.DB.Simulated(ctx) }

type bookingFact struct {
	slot string
	indicator.BookingFact
}

func scanSlotFact(row scanner) (f indicator.SlotFact, err error) {
	err = row.Scan(&f.ID, &f.Practitioner, &f.Location, instant{&f.Start}, instant{&f.End}, &f.Seats, instant{&f.WithdrawnAt}, &f.Extra)
	return f, err
}

type lostHold struct {
	slot  string
	holds int
}

func scanLostHolds(row scanner) (l lostHold, err error) {
	err = row.Scan(&l.slot, &l.holds)
	return l, err
}

func scanBookingFact(row scanner) (f bookingFact, err error) {
	err = row.Scan(&f.slot, &f.Seat, &f.State, &f.CancelledBy, instant{&f.CalledAt}, &f.MT, &f.OwnMT, &f.ByRegulation)
	return f, err
}

func scanCallFact(row scanner) (f indicator.CallFact, err error) {
	var keys, conflicts *int
	err = row.Scan(instant{&f.OpenedAt}, &f.Commune, &f.Outcome, &f.WhyKind, &keys, &conflicts,
		instant{&f.ProposedAt}, instant{&f.HeldAt}, &f.Desk, instant{&f.BookedAt})
	if keys != nil && conflicts != nil {
		f.Effort = &regulation.Effort{Keys: *keys, Conflicts: *conflicts}
	}
	return f, err
}

func scanInstant(row scanner) (t time.Time, err error) {
	err = row.Scan(instant{&t})
	return t, err
}
