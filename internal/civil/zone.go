package civil

import (
	"errors"
	"time"
)

// ErrZone is returned for a name that is no IANA time zone known here.
var ErrZone = errors.New("civil: unknown time zone")

// LoadZone returns the zone of an IANA name such as Europe/Paris or Indian/Reunion. Unlike
// time.LoadLocation it refuses the empty name and "Local": a territory's zone never depends on the machine.
func LoadZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, ErrZone
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, ErrZone
	}
	return loc, nil
}

// At returns the instant when a clock on a wall in loc shows c on day d.
//
// Where the hour changes, RFC 5545 decides: a skipped time moves forward by the length of the gap (02:30
// becomes 03:30), a repeated time is its first occurrence. time.Date promises neither.
func At(d Date, c Clock, loc *time.Location) time.Time {
	wall := time.Date(d.Year, d.Month, d.Day, c.Hour, c.Minute, 0, 0, time.UTC)
	guess := time.Date(d.Year, d.Month, d.Day, c.Hour, c.Minute, 0, 0, loc)
	before, after := offsetsAround(guess)
	first := wall.Add(-before)
	if shows(first.In(loc), wall) {
		return first.In(loc)
	}
	if second := wall.Add(-after).In(loc); shows(second, wall) {
		return second
	}
	return first.In(loc)
}

// offsetsAround returns the offsets from UTC before and after the change of hour nearest to t. Where none is
// within a day both are t's own.
func offsetsAround(t time.Time) (before, after time.Duration) {
	start, end := t.ZoneBounds()
	own := offset(t)
	switch {
	case !start.IsZero() && t.Sub(start) < 24*time.Hour:
		return offset(start.Add(-time.Second)), own
	case !end.IsZero() && end.Sub(t) < 24*time.Hour:
		return own, offset(end)
	}
	return own, own
}

func offset(t time.Time) time.Duration {
	_, seconds := t.Zone()
	return time.Duration(seconds) * time.Second
}

// shows reports whether a clock at the instant t reads the date and time of wall, which is in UTC.
func shows(t, wall time.Time) bool {
	return offset(t) == wall.Sub(t)
}
