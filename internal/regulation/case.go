package regulation

import "time"

// Outcome is how a case ended.
type Outcome string

// The outcomes; every case ends with one.
const (
	Booked      Outcome = "booked"
	ToMT        Outcome = "to_mt" // sent to their own doctor
	Advice      Outcome = "advice"
	To15        Outcome = "to_15" // handed to the emergency number
	ToEmergency Outcome = "to_emergency"
	NoSolution  Outcome = "no_solution" // unmet demand; it says why
	Abandoned   Outcome = "abandoned"
)

// WhyKind is why a case found no solution, in clear so that it can be counted.
type WhyKind string

// The kinds of why.
const (
	WhyNoSlot    WhyKind = "no_slot" // nothing is free
	WhyTooFar    WhyKind = "too_far"
	WhyTooLate   WhyKind = "too_late"
	WhyHomeVisit WhyKind = "home_visit" // one is needed and nobody offers it
	WhyRefused   WhyKind = "refused"    // by the caller
	WhyOther     WhyKind = "other"      // said in words
)

// Case is a caller's request for unscheduled care.
type Case struct {
	ID                 string
	Territory          string
	OpenedBy           string // account id
	OpenedAt           time.Time
	Solicitation       string // the one that waits, "" for none
	Commune            string // INSEE, "" when unknown
	Reason             string // short text or category; sealed at rest
	WishedDelayMinutes int    // 0 when not said
	MT                 MT
	Patient            *Patient // nil until known
	FirstProposalAt    time.Time
	HeldAt             time.Time
	ClosedAt           time.Time // zero while open
	Outcome            Outcome   // "" while open
	WhyKind            WhyKind   // why no solution; "" for other outcomes
	Why                string    // the same in words, may be ""; sealed at rest
}

// Open reports whether the case still waits for its outcome.
func (c Case) Open() bool { return c.ClosedAt.IsZero() }
