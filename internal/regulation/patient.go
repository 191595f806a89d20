package regulation

import "github.com/relais-snp/relais/internal/civil"

// MTStatus says whether a patient has a médecin traitant.
type MTStatus string

// The statuses; unknown is an honest answer on the telephone.
const (
	MTHas     MTStatus = "has"
	MTNone    MTStatus = "none"
	MTUnknown MTStatus = "unknown"
)

// MT is a patient's médecin traitant as the caller tells it.
type MT struct {
	Status MTStatus `json:"status"`
	RPPS   string   `json:"rpps,omitempty"` // 11 digits, when known
	Name   string   `json:"name,omitempty"`
}

// Patient is who comes. Only Family is required. It is sealed at rest and
// appears nowhere but in a booking or a case read by someone who may.
type Patient struct {
	Family    string     `json:"family"`
	Given     string     `json:"given,omitempty"`
	BirthDate civil.Date `json:"birthDate,omitzero"`
	Phone     string     `json:"phone,omitempty"`   // as the caller gave it
	Commune   string     `json:"commune,omitempty"` // INSEE
	MT        MT         `json:"mt"`
}
