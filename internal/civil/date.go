package civil

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// ErrDate is returned for text or numbers that are no date of the Gregorian calendar.
var ErrDate = errors.New("civil: not a date (YYYY-MM-DD)")

// Date is a day of the Gregorian calendar, without time or zone. Dates compare with ==; the zero Date is
// no day at all (see IsZero).
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// NewDate returns the date of the three numbers, or ErrDate when there is no such day (30 February).
func NewDate(year int, month time.Month, day int) (Date, error) {
	d := Date{year, month, day}
	if !d.Valid() {
		return Date{}, ErrDate
	}
	return d, nil
}

// ParseDate reads YYYY-MM-DD and nothing else.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, ErrDate
	}
	return dateOfUTC(t), nil
}

// MustDate is ParseDate for literals; it panics on anything that is not a date.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(fmt.Sprintf("%v: %q", err, s))
	}
	return d
}

// DateOf returns the day that people in loc live at the instant t.
func DateOf(t time.Time, loc *time.Location) Date {
	y, m, d := t.In(loc).Date()
	return Date{y, m, d}
}

// Valid reports whether the three numbers name a day, of the years 1 to 9999.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && dateOfUTC(d.utc()) == d
}

// IsZero reports whether d was never set.
func (d Date) IsZero() bool { return d == Date{} }

// String formats d as YYYY-MM-DD, and the zero Date as the empty string.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// AddDays returns the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date {
	return dateOfUTC(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// DaysSince returns how many days d lies after other; negative when before.
func (d Date) DaysSince(other Date) int {
	return int(d.utc().Sub(other.utc()) / (24 * time.Hour))
}

// Compare orders dates: -1 when d is before other, 0 when equal, 1 when after.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// Weekday returns the ISO 8601 number of the day of the week: 1 for Monday to 7 for Sunday.
func (d Date) Weekday() int {
	return (int(d.utc().Weekday())+6)%7 + 1
}

// WeekStart returns the Monday of d's week.
func (d Date) WeekStart() Date { return d.AddDays(1 - d.Weekday()) }

// ISOWeek returns the ISO 8601 year and week number of d; the first days of January may belong to the last
// week of the year before.
func (d Date) ISOWeek() (year, week int) { return d.utc().ISOWeek() }

// MonthStart returns the first day of d's month.
func (d Date) MonthStart() Date { return Date{d.Year, d.Month, 1} }

// NextMonth returns the first day of the month after d's.
func (d Date) NextMonth() Date {
	return dateOfUTC(time.Date(d.Year, d.Month+1, 1, 0, 0, 0, 0, time.UTC))
}

// MarshalText writes YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD; an empty text is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

func (d Date) utc() time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
}

func dateOfUTC(t time.Time) Date {
	y, m, day := t.Date()
	return Date{y, m, day}
}
