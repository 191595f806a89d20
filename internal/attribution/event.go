package attribution

import (
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// EventKind is what happened to a request.
type EventKind string

// The kinds. Those of Steps are done by a nurse on purpose, the others follow
// from something else.
const (
	EventReceived        EventKind = "received"
	EventChanged         EventKind = "changed"
	EventQualified       EventKind = "qualified"
	EventTierSet         EventKind = "tier_set"     // by a nurse, or given back to the rule
	EventTierChanged     EventKind = "tier_changed" // by the rule: criteria or age changed
	EventNoted           EventKind = "noted"
	EventOffered         EventKind = "offered"
	EventCallAsked       EventKind = "call_asked" // the GP wants to talk first
	EventAccepted        EventKind = "accepted"
	EventDeclined        EventKind = "declined"
	EventExpired         EventKind = "expired"
	EventOfferWithdrawn  EventKind = "offer_withdrawn"
	EventPatientDeclined EventKind = "patient_declined" // the patient does not want this GP
	EventAppointment     EventKind = "appointment"      // first appointment made
	EventAttached        EventKind = "attached"
	EventClosed          EventKind = "closed"
	EventReopened        EventKind = "reopened"
	EventMerged          EventKind = "merged"   // into another request
	EventAbsorbed        EventKind = "absorbed" // another request was merged into this one
	EventErased          EventKind = "erased"
)

// Event is one step of a request: what, when, by whom. The record keeps them in
// order and never changes one; an erasure takes Note away.
type Event struct {
	ID      string
	Request string
	At      time.Time
	Actor   string // account id, "system" for the service itself
	Kind    EventKind
	// Detail is from closed lists: a reason, a tier ("2"), a state, a day, an id.
	Detail       string
	Practitioner string // of offers
	Note         string // sealed, may be ""
}

// Step is what a nurse does to a request.
type Step struct {
	Kind EventKind // one of Steps
	// Revision of the request is the one that the nurse read, 0 for whichever.
	Revision int64
	Note     string // at most 1000 characters; needed for EventTierSet and for OtherReason
	// Tier is for EventTierSet: 0 gives the request back to the rule.
	Tier   int
	Reason ClosedReason // of EventClosed
	On     civil.Date   // of EventAppointment and EventAttached
	Into   string       // of EventMerged: the request that stays
}

// Steps lists the kinds that a nurse may do, in a fixed order. EventErased is
// the patient's withdrawal of consent: identity, texts and birth year go for good.
func Steps() []EventKind {
	return []EventKind{EventQualified, EventTierSet, EventNoted, EventPatientDeclined, EventAppointment, EventAttached,
		EventClosed, EventReopened, EventMerged, EventErased}
}
