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
	// WithdrawnBy is what took the free seats back and may give them back:
	// BySkip, or the id of a pause; "" for a person's own act, which stands.
	// It is the record's alone: the live engine never sees it.
	WithdrawnBy string `json:"-"`
	// Revision rises by one with every change of the slot or of its bookings.
	Revision int64
	// Extra marks a slot made for one booking en sus, on top of what was
	// published: booked, and withdrawn as soon as that booking is cancelled.
	Extra bool `json:",omitempty"`
}

// BySkip is WithdrawnBy of the slots of a day left out of a recurrence.
const BySkip = "skip"

// Withdrawn reports whether the slot's free seats are taken back.
func (s Slot) Withdrawn() bool { return !s.WithdrawnAt.IsZero() }

// withdraw takes the free seats back for an owner, "" for a person; one who did
// so before hands them over.
func (s Slot) withdraw(by string, now time.Time) Slot {
	if !s.Withdrawn() {
		s.WithdrawnAt = now
	}
	s.WithdrawnBy = by
	return s
}

// offer gives the free seats back.
func (s Slot) offer() Slot {
	s.WithdrawnAt, s.WithdrawnBy = time.Time{}, ""
	return s
}

// withdrawnByHand reports whether a person took the free seats back: nothing
// but a person gives them back.
func (s Slot) withdrawnByHand() bool { return s.Withdrawn() && s.WithdrawnBy == "" }

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
