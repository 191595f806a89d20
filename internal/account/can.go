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

	ReportSeeker      Action = "mt.report"             // report a patient without médecin traitant
	ReadRequests      Action = "mt.requests.read"      // requests without identity
	ReadSeeker        Action = "mt.patients.read"      // identity in a request; audited
	HandleRequests    Action = "mt.requests.handle"    // qualify, change, close, merge, plan, send offers, import
	ReadCapacities    Action = "mt.capacities.read"    // what GPs can take
	DeclareCapacity   Action = "mt.capacities.declare" // a GP's own, or a nurse who asked them
	ReadOffers        Action = "mt.offers.read"        // offers; identity only under ReadSeeker
	AnswerOffer       Action = "mt.offers.answer"      // a GP's own, or a nurse with them on the line
	FollowAttribution Action = "mt.follow"             // delays, outcomes, flow: no identity
	DeclareFigures    Action = "indicators.declare"    // figures of the caisse

	ReadBooks Action = "funding.read" // contract, payments, envelopes, entries
	KeepBooks Action = "funding.keep" // write and reverse entries, open and close years

	ReadCertificates Action = "funding.certificates" // acts that the regulation sent, without patients

	ReadEvidence Action = "evidence.read" // files that prove figures and decisions; audited
	AddEvidence  Action = "evidence.add"  // for figures, and for what the dialogue decided
)

// Target is what an action is about. Fields that do not apply stay empty.
type Target struct {
	Territory    string
	Practitioner string // whose slot, opening, booking or feed
	// ForCPTS says that the slot's audience includes the CPTS's professionals.
	ForCPTS bool
	// ProfessionalsBook says that the territory lets its professionals book.
	ProfessionalsBook bool
	// By is the account that made the booking, opened the case or reported the patient.
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
	case DeclareFigures:
		return r == Coordinator
	case ReadBooks, AddEvidence:
		return r == Treasurer || r == Coordinator
	case ReadEvidence:
		return r == Coordinator || r == Treasurer || r == Observer
	case KeepBooks:
		return r == Treasurer
	case ReadCertificates:
		return r == Treasurer || r == Coordinator || r == GP && own
	}
	return mayAttribute(r, a, action, t)
}

// mayAttribute is what the search for a médecin traitant allows. A GP's target
// names them as practitioner of an offer; of a request, once they accepted it.
func mayAttribute(r Role, a Actor, action Action, t Target) bool {
	own := r == GP && a.Practitioner != "" && t.Practitioner == a.Practitioner
	reported := t.By == a.ID && (r == GP || r == Regulator || r == Professional)
	switch action {
	case ReportSeeker:
		return r == GP || r == Regulator || r == Professional || r == TriageNurse
	case ReadRequests:
		return r == TriageNurse || r == Coordinator || reported
	case ReadSeeker:
		return r == TriageNurse || own || reported
	case HandleRequests:
		return r == TriageNurse
	case ReadCapacities:
		return r == TriageNurse || r == Coordinator || own
	case DeclareCapacity, ReadOffers, AnswerOffer:
		return r == TriageNurse || own
	case FollowAttribution:
		return r == TriageNurse || r == Coordinator || r == Treasurer || r == Observer || r == Admin
	}
	return false
}
