package indicator

import (
	"fmt"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

// Borders of the parts of a day.
const (
	afternoonFrom = 13
	eveningFrom   = 20
)

func (q Query) keyOf(slot SlotFact) string {
	switch q.By {
	case ByPractitioner:
		return slot.Practitioner
	case ByLocation:
		return slot.Location
	}
	key, _ := q.keyAt(slot.Start)
	return key
}

// keyAt is the key of an instant; ok is false where the grouping has none.
func (q Query) keyAt(t time.Time) (key string, ok bool) {
	if q.By == ByPractitioner || q.By == ByLocation {
		return "", false
	}
	return q.dayKey(civil.DateOf(t, q.Zone), civil.ClockOf(t, q.Zone)), true
}

func (q Query) dayKey(day civil.Date, clock civil.Clock) string {
	switch q.By {
	case ByWeek:
		return isoWeek(day)
	case ByMonth:
		return day.String()[:len("2026-11")]
	case ByHalfDay:
		return fmt.Sprintf("%d-%s", day.Weekday(), partOf(clock))
	}
	return day.String()
}

func partOf(clock civil.Clock) string {
	switch {
	case clock.Hour < afternoonFrom:
		return parts[0]
	case clock.Hour < eveningFrom:
		return parts[1]
	}
	return parts[2]
}

// label says a key in French. Practitioners and locations are named by who
// knows their names.
func (q Query) label(key string) string {
	switch q.By {
	case ByDay:
		if day, err := civil.ParseDate(key); err == nil {
			return day.French()
		}
	case ByWeek:
		return weekLabel(key)
	case ByMonth:
		if day, err := civil.ParseDate(key + "-01"); err == nil {
			_, month, _ := strings.Cut(day.French(), "1er ")
			return month
		}
	case ByHalfDay:
		return halfDayLabel(key)
	}
	return key
}

func weekLabel(key string) string {
	var year, week int
	if _, err := fmt.Sscanf(key, "%d-W%d", &year, &week); err != nil {
		return key
	}
	// 4 January always lies in the first ISO week.
	monday := civil.Date{Year: year, Month: time.January, Day: 4}.WeekStart().AddDays(7 * (week - 1))
	return fmt.Sprintf("Semaine %d, du %s au %s", week, monday.FrenchDay(), monday.AddDays(6).French())
}

var partNames = map[string]string{"am": "matin", "pm": "après-midi", "eve": "soir"}

func halfDayLabel(key string) string {
	day, part, _ := strings.Cut(key, "-")
	if len(day) != 1 || day < "1" || day > "7" {
		return key
	}
	someMonday := civil.Date{Year: 2026, Month: time.January, Day: 5}
	name, _, _ := strings.Cut(someMonday.AddDays(int(day[0]-'1')).FrenchDay(), " ")
	return name + " " + partNames[part]
}
