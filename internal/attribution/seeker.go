package attribution

import (
	"cmp"
	"time"

	"github.com/relais-snp/relais/internal/territory"
)

// Seeker is a waiting request as the plan sees it, without identity.
type Seeker struct {
	ID    string
	Tier  int       // 1 first
	Since time.Time // when the request was received
	Draw  uint64    // recorded with the request; decides between equals
	// Commune is where the patient lives; the zero Commune when unknown.
	Commune    territory.Commune
	Criteria   Set
	HomeVisits bool   // the patient cannot come
	KnownTo    string // practitioner id of a GP who already knows them, ""
	// NotBy are practitioners who declined this patient, let an offer of theirs
	// expire, or whom the patient declined: the plan does not ask again.
	NotBy []string
}

// before orders seekers: by tier, then the longest waiting, then the draw.
func (s Seeker) before(other Seeker) int {
	return cmp.Or(
		cmp.Compare(s.Tier, other.Tier),
		s.Since.Compare(other.Since),
		cmp.Compare(s.Draw, other.Draw),
		cmp.Compare(s.ID, other.ID),
	)
}

// Capacity is what a GP said they can take this quarter.
type Capacity struct {
	Practitioner string
	Left         int // patients they may still be offered: what waits for an answer is deducted
	// Commune is where they receive; the zero Commune when unknown.
	Commune territory.Commune
	// Criteria, when any, are those of which a patient must have one.
	Criteria Set
	// Communes, when any, are those whose patients they take, however far.
	Communes   []territory.INSEE
	HomeVisits bool
	Paused     bool
}

// Limits are the figures of a plan that the territory sets.
type Limits struct {
	MaxKm       float64 // à vol d'oiseau; a GP further away is not proposed
	KnownMetres int     // how much nearer a GP counts who already knows the patient
}

// Hurdle says why a GP cannot take a seeker.
type Hurdle string

// The hurdles, in the order in which they are looked for.
const (
	NoHurdle      Hurdle = ""
	Refused       Hurdle = "refused"        // one of both said no before
	Paused        Hurdle = "paused"         // the GP takes nobody now
	WrongCriteria Hurdle = "criteria"       // the GP takes other patients
	WrongCommune  Hurdle = "commune"        // the GP takes patients of other communes
	NoHomeVisits  Hurdle = "no_home_visits" // the patient cannot come, and the GP does not visit
	TooFar        Hurdle = "too_far"
	Full          Hurdle = "full" // every place goes to somebody before in the order
)
