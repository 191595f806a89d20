package funding

import (
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// LeapDay says when a 29 February has its anniversary in a common year.
type LeapDay string

// The two ways; which one the caisse follows is not confirmed.
const (
	Feb28  LeapDay = "02-28"
	March1 LeapDay = "03-01"
)

// Contract is what a CPTS signed with the caisse and the ARS.
type Contract struct {
	ID        string
	Territory string
	Schedule  string // code of the schedule that it follows
	Signed    civil.Date
	Taille    int // 1 to 4
	Starts    []Start
	// Amounts are what this contract says instead of the schedule's cells, or
	// where those are empty, by code, euros a year.
	Amounts map[string]Cents
	// Schemes are the codes of the majorations that acts may earn here.
	Schemes   []string
	SIREN     string // 9 digits, for the FEC; "" when not said
	ChangedAt time.Time
	ChangedBy string // account id
	Revision  int64
}

// Start is when a mission began, and when it was fully deployed.
type Start struct {
	Mission  string // code in the schedule
	On       civil.Date
	Deployed civil.Date // the zero Date while it is not
}

// Anniversary returns the k-th anniversary of a day, the day itself for 0.
func (s Schedule) Anniversary(of civil.Date, k int) civil.Date {
	day, err := civil.NewDate(of.Year+k, of.Month, of.Day)
	if err == nil {
		return day
	}
	if s.LeapDay == March1 { // only a 29 February has no such day
		return civil.Date{Year: of.Year + k, Month: time.March, Day: 1}
	}
	return civil.Date{Year: of.Year + k, Month: time.February, Day: 28}
}

// MonthsAfter returns the same day n months later, or the last day of a month
// that has no such day.
func MonthsAfter(day civil.Date, n int) civil.Date {
	month := int(day.Month) - 1 + n
	first := civil.Date{Year: day.Year + month/12, Month: time.Month(month%12 + 1), Day: 1}
	last := first.NextMonth().AddDays(-1)
	return civil.Date{Year: first.Year, Month: first.Month, Day: min(day.Day, last.Day)}
}

// Deadline is a day by which a mission is to start or to be fully deployed.
type Deadline struct {
	Mission string
	Full    bool // full deployment, not the start
	By      civil.Date
}

// Deadlines lists those of the missions that have one, in the schedule's order.
func (s Schedule) Deadlines(c Contract) []Deadline {
	var all []Deadline
	for _, m := range s.Missions {
		if m.StartMonths > 0 {
			all = append(all, Deadline{m.Code, false, MonthsAfter(c.Signed, m.StartMonths)})
		}
		if m.FullMonths > 0 {
			all = append(all, Deadline{m.Code, true, MonthsAfter(c.Signed, m.FullMonths)})
		}
	}
	return all
}

// Decision is what the yearly dialogue decided about the variable part of a
// mission, and stands above every estimate; or what the caisse said of a part.
type Decision struct {
	Territory string
	Mission   string // code of a mission, or of a part
	Year      int    // contract year, 1 the first
	Amount    Cents  // at most the variable part of that year, or the part
	On        civil.Date
	Evidence  string // hash of the document in the mission's evidence, "" while it is awaited
	By        string // account id
	At        time.Time
}

// DueState says where a payment of the calendar stands.
type DueState string

// The states of a payment.
const (
	DueLater   DueState = "later"   // its day lies ahead
	DueUnknown DueState = "unknown" // no amount is confirmed, or no decision taken
	DueWaiting DueState = "waiting" // its day came and the money did not
	DuePartly  DueState = "partly"
	DueCame    DueState = "came"
	DueVoid    DueState = "void" // will not come
)

// Due is a payment of the calendar and where it stands.
type Due struct {
	Payment
	State       DueState
	Expectation string // id, "" when nothing is expected yet
	Received    Cents
	// Overpaid is what came beyond Amount, since the contract was corrected: all that
	// came, of a payment that it has no more.
	Overpaid Cents
	// Estimate is what indicators would earn of a Variable payment, as observed so
	// far; Decided says that Amount is the decision of the dialogue.
	Estimate Amount
	Decided  bool
}

// Envelope is what may be spent on what, and what was.
type Envelope struct {
	Code      string // of the operating envelope, a mission, or one of its parts
	Label     string
	Mission   string // code of the mission that a part belongs to, ""
	Earmarked bool
	Yearly    Amount // what the contract gives a year at most; of a mission, beside its parts
	Received  Cents
	Spent     Cents
}

// Left is what may still be spent of what came.
func (e Envelope) Left() Cents { return e.Received - e.Spent }

// BudgetLine is what a CPTS means to spend on something in a fiscal year.
type BudgetLine struct {
	ID        string
	Territory string
	Year      int // fiscal year
	Budget    Budget
	Label     string
	Account   string // beginning of the accounts that it covers: "641", "6226"
	Mission   string // code, "" for any
	Envelope  string // code, "" for any
	Planned   Cents
	Committed Cents // ordered and not yet in the books, as the treasurer says
	// Spent is what the books say, when read: expense lines of the budget whose
	// account begins with Account, of its mission and envelope. A line of the books
	// counts for the first budget line that fits, the longest account first.
	Spent    Cents
	Revision int64
}

// Left is what remains of what was planned; below zero when it is overspent.
func (l BudgetLine) Left() Cents { return l.Planned - l.Committed - l.Spent }
