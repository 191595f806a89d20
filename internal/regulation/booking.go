package regulation

import (
	"time"

	"github.com/relais-snp/relais/internal/agenda"
)

// BookingState is where a booking stands.
type BookingState string

// The states. Booked is live until the visit is told.
const (
	StateBooked    BookingState = "booked"
	StateHonoured  BookingState = "honoured" // venu
	StateNoShow    BookingState = "no_show"  // pas venu
	StateCancelled BookingState = "cancelled"
)

// CancelledBy is on whose side a booking was cancelled.
type CancelledBy string

// The sides.
const (
	ByPatient      CancelledBy = "patient"
	ByRegulator    CancelledBy = "regulator"
	ByPractitioner CancelledBy = "practitioner"
)

// Booking is one seat taken by one patient (FHIR Appointment).
type Booking struct {
	ID           string
	Slot         string
	Seat         int // 1-based
	Territory    string
	Practitioner string
	Location     string
	Start, End   time.Time
	Modality     agenda.Modality
	State        BookingState
	Fence        int64 // of the hold used; a number of the same line when direct
	BookedAt     time.Time
	BookedBy     string // account id
	Case         string // "" when booked without a case
	Patient      Patient
	Reason       string // short; sealed at rest
	// OwnMT says that the slot's practitioner is the patient's médecin traitant.
	OwnMT        bool
	Extra        bool // en sus: the slot was made for it
	OutcomeAt    time.Time
	CancelledAt  time.Time
	CancelledBy  CancelledBy
	CancelReason string // sealed at rest
	Revision     int64  // rises with every change; the SEQUENCE of calendar feeds
	ChangedAt    time.Time
}

// Live reports whether the booking occupies its seat.
func (b Booking) Live() bool { return b.State != StateCancelled }
