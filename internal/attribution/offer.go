package attribution

import "time"

// OfferState is where an offer stands.
type OfferState string

// The states. A pending offer is answered exactly once, or expires, or is
// withdrawn; an accepted one ends when it falls through before attachment.
const (
	Pending        OfferState = "pending"
	OfferAccepted  OfferState = "accepted"
	OfferDeclined  OfferState = "declined"
	OfferExpired   OfferState = "expired"
	OfferWithdrawn OfferState = "withdrawn" // by a nurse, or with its request
	OfferEnded     OfferState = "ended"     // accepted, then the patient or the nurse ended it
)

// DeclineReason is why a GP declines.
type DeclineReason string

// The reasons.
const (
	DeclineFull     DeclineReason = "full"     // they take fewer than they said
	DeclineDistance DeclineReason = "distance" // too far
	DeclineNeeds    DeclineReason = "needs"    // care they cannot give
	DeclineRelation DeclineReason = "relation" // they know each other, or parted before
	DeclineOther    DeclineReason = "other"
)

// DeclineReasons lists them all, in a fixed order.
func DeclineReasons() []DeclineReason {
	return []DeclineReason{DeclineFull, DeclineDistance, DeclineNeeds, DeclineRelation, DeclineOther}
}

// Offer asks one GP to take one patient. One place of theirs is kept for it
// until it is answered or expires.
type Offer struct {
	ID           string
	Territory    string
	Request      string
	Practitioner string
	Plan         string // the plan it comes from, ""
	SentBy       string // account id
	SentAt       time.Time
	ExpiresAt    time.Time
	State        OfferState
	CallAskedAt  time.Time // zero unless the GP asked for a call; the offer still waits
	AnsweredAt   time.Time // when it left pending, zero before
	AnsweredBy   string    // account id: the GP, or a nurse who had them on the line; "system" for expiry
	Reason       DeclineReason
	Note         string // of the GP's answer; sealed
	Metres       int    // à vol d'oiseau, as the plan or the choice counted it
	Unlocated    bool   // the distance is not known
	Known        bool   // the GP already knows the patient
	Revision     int64
}

// StandsAt returns the state as it holds at a time: a pending offer past its end
// is expired, swept or not.
func (o Offer) StandsAt(now time.Time) OfferState {
	if o.State == Pending && !now.Before(o.ExpiresAt) {
		return OfferExpired
	}
	return o.State
}

// AnswerKind is what a GP says to an offer.
type AnswerKind string

// The answers. A call is not the last word: the offer still waits.
const (
	Accept  AnswerKind = "accept"
	Decline AnswerKind = "decline"
	Call    AnswerKind = "call"
)

// Answer is a GP's word on an offer.
type Answer struct {
	Kind   AnswerKind
	Reason DeclineReason // of Decline
	Note   string        // at most 500 characters
}

// OfferView is an offer and what its reader may know of the patient: before
// acceptance a GP sees age, commune, criteria, home visits and the synthesis;
// after it, everything.
type OfferView struct {
	Offer   Offer
	Request Request
}

// Line asks for one offer: this GP for this request.
type Line struct {
	Request      string
	Practitioner string
}

// Sending is the lines of a plan that a nurse agrees with, or changed.
type Sending struct {
	Territory string
	Plan      string // "" for offers outside a plan
	Lines     []Line // 1 to 200
}

// Sent is what became of a line: an offer, or why not. Repeating a line whose
// offer still waits returns that offer.
type Sent struct {
	Line  Line
	Offer Offer
	Err   error // a fault with a stable reason, nil when sent
}

// Choice is a GP for one request, for a nurse who chooses by hand: the nearest
// first.
type Choice struct {
	Practitioner string
	Metres       int
	Unlocated    bool
	Known        bool
	Left         int
	Hurdle       Hurdle // Full, Refused and Paused forbid an offer; others warn
}
