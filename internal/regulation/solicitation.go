package regulation

import (
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// The refusals of en sus.
var (
	ErrSolicitationUnknown = fault.New(fault.NotFound, "regulation.solicitation_unknown", "Cette sollicitation n’existe pas.")
	// ErrSolicitationSettled is for whoever comes too late: somebody accepted,
	// the time is over, or the regulator no longer asks.
	ErrSolicitationSettled = fault.New(fault.Conflict, "regulation.solicitation_settled", "Cette sollicitation est déjà réglée.")
	ErrSolicitationWaiting = fault.New(fault.Conflict, "regulation.solicitation_waiting", "Une sollicitation est déjà en cours pour cet appel.")
	ErrNobodyAccepts       = fault.New(fault.Conflict, "regulation.nobody_accepts", "Aucun de ces médecins n’accepte de patient en sus en ce moment.")
	ErrPatientMissing      = fault.New(fault.Conflict, "regulation.patient_missing", "Saisissez d’abord le nom du patient.")
)

// The bounds of asking and accepting.
const (
	maxAsked      = 10
	maxCandidates = 50
	maxMinutes    = 60             // that a question may stand
	extraAhead    = 24 * time.Hour // within which a patient en sus is seen
	minExtra      = 5              // minutes of a visit en sus
	maxExtra      = 120
)

// SolicitationState is where a solicitation stands.
type SolicitationState string

// The states. Every one but waiting is final.
const (
	SolicitationWaiting   SolicitationState = "waiting"
	SolicitationAccepted  SolicitationState = "accepted"
	SolicitationExpired   SolicitationState = "expired" // in time, or declined by everybody
	SolicitationWithdrawn SolicitationState = "withdrawn"
)

// Answer is what somebody who was asked said.
type Answer string

// The answers.
const (
	AnswerWaiting  Answer = "waiting"
	AnswerAccepted Answer = "accepted"
	AnswerDeclined Answer = "declined"
)

// Solicitation asks GPs to take a caller on top of their published slots (en
// sus). It carries no identity: who comes is read from the booking it becomes.
type Solicitation struct {
	ID        string
	Territory string // of the case
	Case      string
	State     SolicitationState
	AskedAt   time.Time
	Until     time.Time // nobody can accept at or after it
	By        string    // account id of the regulator
	SettledAt time.Time // zero while it waits
	Asked     []Asked   // by nearness
	Booking   string    // "" until accepted

	// What those who are asked decide by, read from the case as it is now.
	Commune            string // INSEE, "" when unknown
	Reason             string // sealed in the case
	WishedDelayMinutes int
}

// Asked is a GP who was asked, and what they said.
type Asked struct {
	Practitioner string
	Answer       Answer
}

// Overdue reports whether a solicitation waits past its time: then it counts as
// expired, whether or not a chore has said so.
func (x Solicitation) Overdue(now time.Time) bool {
	return x.State == SolicitationWaiting && !now.Before(x.Until)
}

// asks reports whether the practitioner is among those asked.
func (x Solicitation) asks(practitioner string) bool {
	return slices.ContainsFunc(x.Asked, func(a Asked) bool { return a.Practitioner == practitioner })
}

// answered returns what the practitioner said, "" for one who was not asked.
func (x Solicitation) answered(practitioner string) Answer {
	for _, a := range x.Asked {
		if a.Practitioner == practitioner {
			return a.Answer
		}
	}
	return ""
}

// seen is the solicitation as it is told at now.
func (x Solicitation) seen(now time.Time) Solicitation {
	if x.Overdue(now) {
		x.State, x.SettledAt = SolicitationExpired, x.Until
	}
	return x
}

// seenBy is what a GP who was asked is told: of the caller while it waits, of
// colleagues nothing, and of the booking when it is theirs.
func (x Solicitation) seenBy(practitioner string, now time.Time) Solicitation {
	x = x.seen(now)
	own := x.answered(practitioner)
	x.Asked = []Asked{{Practitioner: practitioner, Answer: own}}
	if x.State != SolicitationWaiting {
		x.Commune, x.Reason, x.WishedDelayMinutes = "", "", 0
	}
	if own != AnswerAccepted {
		x.Booking = ""
	}
	return x
}

// target describes an answer of the actor's own for account.Can.
func (x Solicitation) target(a account.Actor) account.Target {
	return account.Target{Territory: x.Territory, Practitioner: a.Practitioner}
}
