package agenda

import "time"

// Slot is a published period with one or more seats (FHIR Slot).
type Slot struct {
	ID           string
	Opening      string
	Territory    string
	Practitioner string
	Location     string
	Start, End   time.Time // half-open, UTC
	Modality     Modality
	Audience     Audience
	Seats        int
	// WithdrawnAt is when the GP took the free seats back; zero when not.
	WithdrawnAt time.Time
	// Revision rises by one with every change of the slot or of its bookings.
	Revision int64
	// Extra marks a slot made for one booking en sus, on top of what was
	// published: booked, and withdrawn as soon as that booking is cancelled.
	Extra bool `json:",omitempty"`
}

// Withdrawn reports whether the slot's free seats are taken back.
func (s Slot) Withdrawn() bool { return !s.WithdrawnAt.IsZero() }

// Record is a slot as SQL holds it: the truth that the live engine follows.
type Record struct {
	Slot   Slot
	Booked []int // numbers of the booked seats, 1-based, ascending
}

// Announcement is a record on its way from SQL to the live engine.
type Announcement struct {
	ID     int64 // number of its row in the outbox
	Record Record
}
