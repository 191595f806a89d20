package training

import (
	"time"

	"github.com/relais-snp/relais/internal/regulation"
)

// Kind is what a trainee did, or met.
type Kind string

// The kinds of event.
const (
	Noted    Kind = "noted"    // a case was opened or completed
	Held     Kind = "held"     // a seat is held
	Refused  Kind = "refused"  // somebody was quicker
	Released Kind = "released" // a hold was given back
	Booked   Kind = "booked"
	Ended    Kind = "ended" // a case was closed without booking
	// Cancelled is what a GP did: the appointment of a task that gives one is off.
	Cancelled Kind = "cancelled"
)

// Event is one thing that happened to a trainee. Fields that its kind does not
// know are empty.
type Event struct {
	At           time.Time
	Kind         Kind
	Case         string
	Commune      string             // INSEE. Noted: if this act named one; Held, Booked, Ended: of the case
	MT           regulation.MT      // Noted
	Practitioner string             // Held, Refused, Booked: whose slot
	Family       string             // Booked: the patient's name as typed
	Outcome      regulation.Outcome // Ended
}

// facts are what is known of one call from its events.
type facts struct {
	kase    string
	commune string
	moved   bool // the last event named another commune than the one before
	mt      regulation.MT
	seat    string // whose seat is in hand, "" for none
	held    bool   // a seat was held, now or before
	refused bool
	again   bool // a seat was held or booked after a refusal
	booked  string
	family  string
	ended   regulation.Outcome
	// cancelled: the GP of a task that gives an appointment has cancelled it
	cancelled bool
}

// anew is what outlives a case: what others did.
func (f facts) anew() facts { return facts{refused: f.refused, cancelled: f.cancelled} }

// after is what is known once e has happened too. Another case is another call:
// what was known of the first does not count for it.
func (f facts) after(e Event) facts {
	f.moved = false
	if e.Kind == Cancelled {
		f.cancelled = true
		return f
	}
	switch other := e.Case != "" && f.kase != "" && e.Case != f.kase; {
	case other && e.Kind == Noted:
		f = f.anew()
	case other && e.Kind == Ended:
		return f // a call of before, put away
	}
	if e.Case != "" {
		f.kase = e.Case
	}
	f.moved = e.Kind == Noted && e.Commune != "" && e.Commune != f.commune
	if f.moved || f.commune == "" {
		f.commune = e.Commune
	}
	switch e.Kind {
	case Noted:
		f.mt = e.MT
	case Held:
		f.seat, f.held, f.again = e.Practitioner, true, f.again || f.refused
	case Refused:
		f.refused = true
	case Released:
		f.seat = ""
	case Booked:
		f.booked, f.family, f.seat, f.held, f.again = e.Practitioner, e.Family, "", true, f.again || f.refused
	case Ended:
		f.ended = e.Outcome
	}
	return f
}
