package attribution

import (
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// Origin is where a request comes from.
type Origin string

// The origins.
const (
	FromProfessional Origin = "professional"
	FromDAC          Origin = "dac"   // dispositif d'appui à la coordination
	FromCPAM         Origin = "cpam"  // the caisse
	FromPRADO        Origin = "prado" // the caisse's service after hospital
	FromRegulation   Origin = "regulation"
)

// Origins lists them all, in a fixed order.
func Origins() []Origin {
	return []Origin{FromProfessional, FromDAC, FromCPAM, FromPRADO, FromRegulation}
}

// State is where a request stands.
type State string

// The states. A request goes from received to attached or closed; waiting is
// between tries.
const (
	Received  State = "received"  // nobody looked at it yet
	Qualified State = "qualified" // a nurse did: the plan counts it
	Proposed  State = "proposed"  // an offer waits for a GP's answer
	Waiting   State = "waiting"   // a try led nowhere: the plan counts it again
	Accepted  State = "accepted"  // a GP takes the patient
	Attached  State = "attached"  // the patient declared them médecin traitant
	Closed    State = "closed"    // without, for a reason
)

// States lists them all, in a fixed order.
func States() []State {
	return []State{Received, Qualified, Proposed, Waiting, Accepted, Attached, Closed}
}

// Seeking reports whether the plan counts requests in this state.
func (s State) Seeking() bool { return s == Qualified || s == Waiting }

// Ended reports whether nobody has to do anything more.
func (s State) Ended() bool { return s == Attached || s == Closed }

// ClosedReason is why a request ended without attachment.
type ClosedReason string

// The reasons. A patient's refusal is an end like another, not a failure.
const (
	FoundElsewhere ClosedReason = "found_elsewhere" // they found a doctor by themselves
	PatientRefused ClosedReason = "patient_refused" // they want none of those there are
	Unreachable    ClosedReason = "unreachable"
	Moved          ClosedReason = "moved"
	Died           ClosedReason = "died"
	NotConcerned   ClosedReason = "not_concerned" // they have one, or belong elsewhere
	Duplicate      ClosedReason = "duplicate"     // merged into another request
	Withdrawn      ClosedReason = "withdrawn"     // consent withdrawn: erased
	OtherReason    ClosedReason = "other"         // said in the note
)

// ClosedReasons lists those that a nurse may give, in a fixed order: Duplicate
// and Withdrawn come with merging and withdrawal.
func ClosedReasons() []ClosedReason {
	return []ClosedReason{FoundElsewhere, PatientRefused, Unreachable, Moved, Died, NotConcerned, OtherReason}
}

// Patient is who looks for a doctor. It is sealed at rest and shown to nurses, to
// who reported them, and to the GP who accepted.
type Patient struct {
	Family    string     `json:"family"`
	Given     string     `json:"given,omitempty"`
	BirthDate civil.Date `json:"birthDate,omitzero"` // zero when only the year is known
	Phone     string     `json:"phone,omitempty"`    // as it was given
	Address   string     `json:"address,omitempty"`  // street, without the commune
}

// Consent says that the patient agreed to be reported. Nothing is kept without.
type Consent struct {
	On        civil.Date
	Collector string // who asked them; sealed
}

// Request is a patient without médecin traitant, from report to attachment.
type Request struct {
	ID         string
	Territory  string
	Origin     Origin
	By         string // account that entered it, "system" for the command line
	Case       string // regulation case it comes from, ""
	ReceivedAt time.Time
	Since      civil.Date // when the report reached the CPTS: waiting is counted from here

	Patient *Patient // nil when erased, or not for the reader's eyes
	// Reporter is who reports and how to reach them; sealed.
	Reporter  string
	Consent   Consent
	Commune   territory.INSEE
	BirthYear int // 0 when erased

	// Criteria are as declared. Aged70 is never declared: it comes from the birth
	// year (see CriteriaOn).
	Criteria    Set
	HomeVisits  bool       // the patient cannot come to a cabinet
	MTGoneSince civil.Date // of criterion MTGone, zero when not said
	KnownTo     string     // practitioner id of a GP who already knows them, ""
	// ChronicDisease and Medication are asked of who reports: without them
	// priorities were wrong elsewhere (Québec). Sealed.
	ChronicDisease, Medication string
	// Synthesis is the nurse's short text for GPs. It names nobody. Sealed.
	Synthesis string

	State State
	// Tier is 1 for those who come first; Because are the criteria that put the
	// request there. A nurse's choice has TierSet true and TierReason, sealed.
	Tier       int
	Because    []Criterion
	TierSet    bool
	TierReason string
	Draw       uint64 // decides between equals, drawn once; 53 bits, so that JSON carries it

	Offer         string     // the one that waits or was accepted, ""
	Practitioner  string     // whose offer it is, ""
	AcceptedAt    time.Time  // zero before, and again when it fell through
	AppointmentOn civil.Date // first appointment made, zero when not
	AttachedOn    civil.Date // zero before
	ClosedAt      time.Time  // zero before
	ClosedReason  ClosedReason
	MergedInto    string    // of Duplicate
	ErasedAt      time.Time // identity and texts are gone, zero before
	Revision      int64     // raised by every write
	Duplicates    []string  // ids of open requests that may be of the same patient; nurses only
}

// CriteriaOn returns the criteria as they hold on a day: those declared, and
// Aged70 from the first day of the year in which the patient turns 70: the plan
// reads no birth date, and a tier must not depend on who reads.
func (r Request) CriteriaOn(day civil.Date) Set {
	criteria := r.Criteria
	if aged, _ := SetOf(Aged70); r.BirthYear > 0 && day.Year-r.BirthYear >= 70 {
		criteria |= aged
	}
	return criteria
}

// AgeOn returns the age in years on a day, by birth date or else by the year
// alone; -1 when erased.
func (r Request) AgeOn(day civil.Date) int {
	if r.BirthYear == 0 {
		return -1
	}
	return r.ageOn(day)
}

func (r Request) ageOn(day civil.Date) int {
	age := day.Year - r.BirthYear
	if r.Patient == nil || r.Patient.BirthDate.IsZero() {
		return age
	}
	birth := r.Patient.BirthDate
	if day.Month < birth.Month || day.Month == birth.Month && day.Day < birth.Day {
		age--
	}
	return age
}
