package indicator

import (
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// Grouping is what the rows of a report stand for.
type Grouping string

// The groupings. Days, weeks and months of the period all have a row, also
// those without a slot; the others have a row where something was published.
const (
	ByDay          Grouping = "day"
	ByWeek         Grouping = "week" // Monday to Sunday
	ByMonth        Grouping = "month"
	ByPractitioner Grouping = "practitioner"
	ByLocation     Grouping = "location"
	// ByHalfDay groups by day of the week and part of the day in which slots
	// start: matin before 13:00, après-midi before 20:00, soir after.
	ByHalfDay Grouping = "halfday"
	// ByHour groups by day of the week and hour of the clock at which slots
	// start: the cells of a heat map.
	ByHour Grouping = "hour"
)

// Groupings lists them all.
func Groupings() []Grouping {
	return []Grouping{ByDay, ByWeek, ByMonth, ByPractitioner, ByLocation, ByHalfDay, ByHour}
}

// Query says what a report is about.
type Query struct {
	Territory string
	Zone      *time.Location
	Holidays  civil.Area // whose public holidays the territory keeps
	From, To  civil.Date // both included
	By        Grouping
	Now       time.Time // a slot lapses when its start has passed
	Rules     Rules
}

// period is the query's days as instants.
func (q Query) period() civil.Interval {
	return civil.Days(q.From, q.To.DaysSince(q.From)+1, q.Zone)
}

// Report is the fill rate of a territory and its parts.
type Report struct {
	Territory string
	From, To  civil.Date // both included
	By        Grouping
	Simulated bool // the figures come from a simulated territory
	Total     Row
	Rows      []Row
}

// Row is one group of slots. Counts are of seats or bookings, as said.
type Row struct {
	Key   string // 2026-11-21, 2026-W47, 2026-11, an id, 1-am … 7-eve, or 1-00 … 7-23
	Label string // French

	Offered int      // seats published and not withdrawn before the start
	Taken   int      // offered seats with a booking not cancelled
	Fill    *float64 // Taken / Offered; nil when nothing was offered

	Lapsed    int // offered seats whose start passed without a booking
	Withdrawn int // seats taken back before the start

	HeldThenLost            int // holds that ended without a booking
	CancelledByPatient      int // bookings, each time
	CancelledByRegulator    int
	CancelledByPractitioner int

	Honoured  int // bookings whose patient came
	NoShow    int
	WithMT    int // bookings not cancelled, by the patient's médecin traitant
	WithoutMT int
	UnknownMT int

	MedianDelayMinutes *float64 // from call to appointment; nil without booking
	Within24h          *float64 // share of bookings at most 24 h after the call; nil without booking

	CasesWithoutSolution int // of calls in the group's time; 0 by practitioner and location
	Practitioners        int // GPs who offered something, or took somebody en sus
	HoursOpened          float64
	SNPActs              int // acts that meet the rule, the cap left aside
	Extra                int // patients taken en sus: bookings not cancelled, neither offered nor taken

	Weeks []PractitionerWeek // by practitioner only, in order
}

// PractitionerWeek is one GP's week against the cap. The first and last weeks of
// a period hold the days that lie in it.
type PractitionerWeek struct {
	Week        string     // "2026-W47"
	First       civil.Date // the week's first day, six days before its last
	HoursOpened float64
	Offered     int
	Taken       int
	SNPActs     int
	Cap         int // SNP acts paid at most; 0 before the first rule
	Extra       int // patients taken en sus
}
