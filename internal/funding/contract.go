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

// Contract is what a CPTS signed.
type Contract struct {
	Signed civil.Date
	Taille int // 1 to 4
	Starts []Start
}

// Start is when a mission began.
type Start struct {
	Mission string // code in the schedule
	On      civil.Date
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
