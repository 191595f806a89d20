package attribution

import (
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// Draft is what is told of a request. Nil fields of a change stay as they are;
// a report takes them as unknown. An empty text and a zero day take a value away.
type Draft struct {
	// Revision of a change is the one it was made on, 0 for whichever; no digest holds it.
	Revision  int64  `json:"-"`
	Territory string // of a report
	Case      string // of a report from regulation
	Origin    *Origin
	Since     *civil.Date // today when a report leaves it out
	Patient   *Patient
	BirthYear *int // needed without a birth date
	Reporter  *string
	Consent   *Consent
	Commune   *territory.INSEE
	Criteria  *Set // without Aged70
	// HomeVisits says that the patient cannot come to a cabinet.
	HomeVisits     *bool
	MTGoneSince    *civil.Date
	KnownTo        *string
	ChronicDisease *string
	Medication     *string
	Synthesis      *string // nurses only
}
