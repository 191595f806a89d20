package indicator

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/relais-snp/relais/internal/civil"
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
	case ByHour:
		return fmt.Sprintf("%d-%02d", day.Weekday(), clock.Hour)
	}
	return day.String()
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
	case ByHour:
		return hourLabel(key)
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

func halfDayLabel(key string) string {
	day, part, _ := strings.Cut(key, "-")
	return weekdayName(day) + " " + Part(part).French()
}

// hourLabel reads "lundi 8 h": the hour that begins then.
func hourLabel(key string) string {
	day, digits, _ := strings.Cut(key, "-")
	hour, err := strconv.Atoi(digits)
	if err != nil {
		return key
	}
	return weekdayName(day) + " " + civil.Clock{Hour: hour}.French()
}

// weekdayName names an ISO day of the week by its digit.
func weekdayName(digit string) string {
	n, err := strconv.Atoi(digit)
	if err != nil {
		return digit
	}
	someSunday := civil.Date{Year: 2026, Month: time.January, Day: 4}
	name, _, _ := strings.Cut(someSunday.AddDays(n).FrenchDay(), " ")
	return name
}
