package indicator

import (
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// Facts are what happened in a territory and a period, as SQL holds it.
type Facts struct {
	Slots      []SlotFact
	NoSolution []time.Time // when each case that ended without solution was opened
}

// SlotFact is one published slot with all its bookings.
type SlotFact struct {
	ID           string
	Practitioner string
	Location     string
	Start, End   time.Time // half-open, UTC
	Seats        int
	WithdrawnAt  time.Time // zero when not withdrawn
	Extra        bool      // made for one patient taken en sus, on top of what was published
	Bookings     []BookingFact
	// LostHolds counts the holds on the slot that expired or were released
	// without a booking.
	LostHolds int
}

// BookingFact is one booking of a seat, cancelled ones included.
type BookingFact struct {
	Seat        int // 1-based
	State       regulation.BookingState
	CancelledBy regulation.CancelledBy // "" while it lives
	// CalledAt is when the caller was on the line: the opening of the case, or
	// BookedAt for a booking without case.
	CalledAt time.Time
	MT       regulation.MTStatus
	// OwnMT says that the slot's practitioner is the patient's médecin traitant.
	OwnMT bool
	// ByRegulation says that a regulator sent the patient.
	ByRegulation bool
}

// live reports whether the booking occupies its seat.
func (b BookingFact) live() bool { return b.State != regulation.StateCancelled }
