package account

// Action is something a person may or may not do.
type Action string

// The actions, each asked of Can with the target it names.
const (
	ReadTerritory    Action = "territory.read"     // names, communes, practitioners
	ReadSlots        Action = "slots.read"         // the board over HTTP
	WatchLive        Action = "slots.watch"        // the live socket of a territory
	Publish          Action = "openings.publish"   // publish, change, stop, withdraw, restore
	ReadOpenings     Action = "openings.read"      // what a GP published, with notes
	HandleCase       Action = "cases.handle"       // open, change, close, list
	Hold             Action = "slots.hold"         // hold, extend, release
	Book             Action = "bookings.book"      // with a hold or directly
	ReadBookings     Action = "bookings.read"      // list; patients only under ReadPatient
	ReadPatient      Action = "patients.read"      // identity in a booking or a case; audited
	CancelBooking    Action = "bookings.cancel"    // by patient, regulator or practitioner
	RecordOutcome    Action = "bookings.outcome"   // venu, pas venu
	ReadIndicators   Action = "indicators.read"    // fill rate and its parts
	FeedPractitioner Action = "feeds.practitioner" // calendar feed of one GP
	FeedTerritory    Action = "feeds.territory"    // calendar feed of the CPTS

	Solicit            Action = "solicitations.ask"    // ask GPs to take a caller en sus, withdraw, list
	AnswerSolicitation Action = "solicitations.answer" // a GP's own: to be asked or not, and what they say
)

// Target is what an action is about. Fields that do not apply stay empty.
type Target struct {
	Territory    string
	Practitioner string // whose slot, opening, booking or feed
	// ForCPTS says that the slot's audience includes the CPTS's professionals.
	ForCPTS bool
	// ProfessionalsBook says that the territory lets its professionals book.
	ProfessionalsBook bool
	// By is the account that made the booking or opened the case.
	By string
}

// Allow is Can as an error: nil or ErrForbidden.
func Allow(a Actor, action Action, t Target) error {
	if Can(a, action, t) {
		return nil
	}
	return ErrForbidden
}

// Can reports whether the actor may do the action on the target. A target with
// a territory is out of reach for everyone without that territory, an
// administrator included; ReadTerritory without one asks "of any territory".
func Can(a Actor, action Action, t Target) bool {
	if len(a.Roles) == 0 || (t.Territory != "" && !a.In(t.Territory)) {
		return false
	}
	for _, r := range a.Roles {
		if may(r, a, action, t) {
			return true
		}
	}
	return false
}

func may(r Role, a Actor, action Action, t Target) bool {
	own := a.Practitioner != "" && t.Practitioner == a.Practitioner
	switch action {
	case ReadTerritory:
		return true
	case ReadSlots:
		return r == GP || r == Regulator || r == Coordinator || r == Admin || r == Professional && t.ForCPTS
	case WatchLive:
		return r == GP || r == Regulator || r == Coordinator || r == Admin
	case Publish, RecordOutcome, AnswerSolicitation:
		return r == GP && own
	case ReadOpenings:
		return r == GP && own || r == Coordinator || r == Admin
	case HandleCase, Hold, Solicit:
		return r == Regulator
	case Book:
		return r == Regulator || r == Professional && t.ForCPTS && t.ProfessionalsBook
	case ReadBookings, ReadPatient, CancelBooking:
		return r == Regulator || r == GP && own || r == Professional && t.By == a.ID
	case ReadIndicators:
		return r == Coordinator || r == Treasurer || r == Observer || r == Admin
	case FeedPractitioner:
		return r == GP && own
	case FeedTerritory:
		return r == Coordinator || r == Regulator || r == Admin
	}
	return false
}
