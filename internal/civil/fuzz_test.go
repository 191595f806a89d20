package civil_test

import (
	"errors"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2026-11-23", "2024-02-29", "2026-02-29", "0001-01-01", "9999-12-31", "0000-01-01", "+026-11-23", "2026-1-3", "2026-11-23T00:00", "", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := civil.ParseDate(text)
		if err != nil {
			if !errors.Is(err, civil.ErrDate) || !d.IsZero() {
				t.Fatalf("refused with %v, %v", d, err)
			}
			return
		}
		if d.String() != text {
			t.Errorf("%q is read as %q", text, d)
		}
		if d.Valid() && (d.AddDays(1).DaysSince(d) != 1 || d.Weekday() < 1 || d.Weekday() > 7) {
			t.Errorf("%v does not count", d)
		}
	})
}

func FuzzParseClock(f *testing.F) {
	for _, text := range []string{"08:00", "23:59", "24:00", "8:00", "08:60", "-8:00", "08:00:00", "", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := civil.ParseClock(text)
		if err != nil {
			if !errors.Is(err, civil.ErrClock) {
				t.Fatal(err)
			}
			return
		}
		if !c.Valid() || c.String() != text {
			t.Errorf("%q is read as %q", text, c)
		}
	})
}

// FuzzLoadZone takes the zone that a territory's file names: it may lead out of
// the zones' folder, or to a file that is no zone.
func FuzzLoadZone(f *testing.F) {
	for _, name := range []string{"Europe/Paris", "Indian/Reunion", "UTC", "", "Local", "../../etc/passwd", "/etc/passwd", "Europe", "Europe/Paris\x00", "zone.tab", "europe/paris"} {
		f.Add(name, "2026-10-25", 2, 30)
	}
	f.Fuzz(func(t *testing.T, name, day string, hour, minute int) {
		loc, err := civil.LoadZone(name)
		if err != nil {
			if !errors.Is(err, civil.ErrZone) || loc != nil {
				t.Fatalf("refused with %v, %v", loc, err)
			}
			return
		}
		if loc.String() != name {
			t.Errorf("%q is read as %q", name, loc)
		}
		d, err := civil.ParseDate(day)
		c := civil.Clock{Hour: hour, Minute: minute}
		if err != nil || !d.Valid() || !c.Valid() {
			return
		}
		// What a clock shows may be skipped that night, never by more than a day.
		if at := civil.At(d, c, loc); at.Sub(civil.At(d, c, time.UTC)).Abs() > 26*time.Hour {
			t.Errorf("%v %v in %s is %v", d, c, name, at)
		}
	})
}
