package attribution

import (
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/territory"
)

// FollowUp is how the search for médecins traitants goes in a territory, without
// identity. Days are civil days of the territory, both ends included.
type FollowUp struct {
	Territory string
	From, To  civil.Date
	Tiers     []FollowTier     // tier 0 first, which is all of them, then each tier
	Months    []FollowMonth    // by month, then in the order of Tiers
	Outcomes  []Tally[Outcome] // attached, then every reason, in a fixed order
	Origins   []Tally[Origin]  // of requests received in the period, every origin
	Offers    FollowOffers
	Declines  []Tally[DeclineReason] // of offers sent in the period, every reason
	// Communes are those of the territory and others where somebody waits or a GP
	// receives, by name, as it stands now. None for who may not read capacities.
	Communes []FollowCommune
}

// Tally is how often something happened.
type Tally[K ~string] struct {
	Of    K
	Count int
}

// Outcome is how a request ended: OutcomeAttached or a ClosedReason.
type Outcome string

// OutcomeAttached is the outcome of a request whose patient has a médecin traitant.
const OutcomeAttached = Outcome(Attached)

// Outcomes lists them all, in a fixed order.
func Outcomes() []Outcome {
	all := []Outcome{OutcomeAttached}
	for _, why := range append(ClosedReasons(), Duplicate, Withdrawn) {
		all = append(all, Outcome(why))
	}
	return all
}

// FollowTier is what became of the requests of a tier, as their tier stands now.
// Received, Attached and Closed are of the period; what is open is as of now.
type FollowTier struct {
	Tier     int // 0 for all
	Received int // by the day on which the report reached the CPTS
	Attached int // by the day of attachment
	Closed   int // by the day of closing, without attachment
	Open     int // neither attached nor closed
	Proposed int // of the open ones, with an offer that waits
	Accepted int // of the open ones, with a GP
	// MedianDays is from report to attachment, of those attached in the period;
	// MedianAcceptedDays from report to a GP's acceptance, of those accepted in the
	// period and not fallen through. Nil when fewer than FewestForMedian stand
	// behind it.
	MedianDays, MedianAcceptedDays *float64
	OldestDays                     *int // of the open ones; nil when there is none
}

// FollowMonth is the part of a month that lies in the period, for one tier.
type FollowMonth struct {
	Month                      civil.Date // its first day
	Tier                       int        // 0 for all
	Received, Attached, Closed int        // as in FollowTier
	MedianDays                 *float64   // as in FollowTier
}

// FollowOffers is what became of the offers sent in the period.
type FollowOffers struct {
	Sent      int
	Accepted  int // those that fell through later too
	Declined  int
	Expired   int // by now, swept or not
	Withdrawn int
	Pending   int
	Calls     int // where the GP asked for a call first
	// MedianAnswerDays is from sending to the GP's answer; see FewestForMedian.
	MedianAnswerDays *float64
}

// FollowCommune is the need and the capacity of one commune, now.
type FollowCommune struct {
	Commune territory.INSEE
	Name    string
	Waiting int // open requests of patients who live there and whom nobody accepted yet
	GPs     int // who receive there and declared for this quarter
	Places  int // what they declared
	Left    int // what may still be offered; none of a GP who paused
}

// FewestForMedian is how many requests or answers a median needs: one of fewer
// would tell of single patients or judge single GPs.
const FewestForMedian = 5

// FollowGround is what a follow-up counts.
type FollowGround struct {
	Territory territory.Territory
	From, To  civil.Date // both included
	Now       time.Time
	Tiers     int // how many tiers the rule in force has; those of the facts are added
	Requests  []RequestFact
	Offers    []OfferFact
}
