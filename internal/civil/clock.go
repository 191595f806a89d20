package civil

import (
	"cmp"
	"errors"
	"fmt"
	"time"
)

// ErrClock is returned for text or numbers that are no time of day.
var ErrClock = errors.New("civil: not a time of day (HH:MM)")

// Clock is a time of day to the minute, 00:00 to 23:59, without date or zone. The zero Clock is midnight.
type Clock struct {
	Hour, Minute int
}

// ParseClock reads HH:MM, both on two digits. 24:00 is refused: the end of a day is the start of the next.
func ParseClock(s string) (Clock, error) {
	t, err := time.Parse("15:04", s)
	if err != nil || len(s) != len("15:04") {
		return Clock{}, ErrClock
	}
	return Clock{t.Hour(), t.Minute()}, nil
}

// MustClock is ParseClock for literals; it panics on anything that is not a time of day.
func MustClock(s string) Clock {
	c, err := ParseClock(s)
	if err != nil {
		panic(fmt.Sprintf("%v: %q", err, s))
	}
	return c
}

// ClockOf returns what a clock on a wall in loc shows at the instant t; seconds are dropped.
func ClockOf(t time.Time, loc *time.Location) Clock {
	hour, minute, _ := t.In(loc).Clock()
	return Clock{hour, minute}
}

// Valid reports whether c lies between 00:00 and 23:59.
func (c Clock) Valid() bool {
	return c.Hour >= 0 && c.Hour <= 23 && c.Minute >= 0 && c.Minute <= 59
}

// Minutes returns the minutes from 00:00 as the clock counts them, whatever the change of hour.
func (c Clock) Minutes() int { return c.Hour*60 + c.Minute }

// Compare orders times of day.
func (c Clock) Compare(other Clock) int { return cmp.Compare(c.Minutes(), other.Minutes()) }

// Before reports whether c comes earlier in the day than other.
func (c Clock) Before(other Clock) bool { return c.Compare(other) < 0 }

// String formats c as HH:MM.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c.Hour, c.Minute) }

// MarshalText writes HH:MM.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads HH:MM.
func (c *Clock) UnmarshalText(text []byte) error {
	parsed, err := ParseClock(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}
