package indicator

import "github.com/relais-snp/relais/internal/civil"

// Part is a part of a civil day (demi-journée): what starts in it belongs to it.
type Part string

// The parts of a day.
const (
	Morning   Part = "am"  // before 13:00
	Afternoon Part = "pm"  // before 20:00
	Evening   Part = "eve" // to midnight
)

// Borders of the parts of a day.
const (
	afternoonFrom = 13
	eveningFrom   = 20
)

// Parts lists them in the order of the clock.
func Parts() []Part { return []Part{Morning, Afternoon, Evening} }

// French names the part: "matin", "après-midi", "soir".
func (p Part) French() string {
	switch p {
	case Morning:
		return "matin"
	case Afternoon:
		return "après-midi"
	case Evening:
		return "soir"
	}
	return string(p)
}

func partOf(clock civil.Clock) Part {
	switch {
	case clock.Hour < afternoonFrom:
		return Morning
	case clock.Hour < eveningFrom:
		return Afternoon
	}
	return Evening
}
