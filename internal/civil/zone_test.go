package civil_test

import (
	"errors"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/civil"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := civil.LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestAtOverChangesOfHour(t *testing.T) {
	tests := []struct{ name, zone, day, clock, want string }{
		{"winter", "Europe/Paris", "2026-01-15", "08:00", "2026-01-15T08:00:00+01:00"},
		{"summer", "Europe/Paris", "2026-07-15", "08:00", "2026-07-15T08:00:00+02:00"},
		{"just before the gap", "Europe/Paris", "2026-03-29", "01:59", "2026-03-29T01:59:00+01:00"},
		{"start of the gap", "Europe/Paris", "2026-03-29", "02:00", "2026-03-29T03:00:00+02:00"},
		{"in the gap", "Europe/Paris", "2026-03-29", "02:30", "2026-03-29T03:30:00+02:00"},
		{"just after the gap", "Europe/Paris", "2026-03-29", "03:00", "2026-03-29T03:00:00+02:00"},
		{"before the repeated hour", "Europe/Paris", "2026-10-25", "01:59", "2026-10-25T01:59:00+02:00"},
		{"repeated hour, first time", "Europe/Paris", "2026-10-25", "02:30", "2026-10-25T02:30:00+02:00"},
		{"after the repeated hour", "Europe/Paris", "2026-10-25", "03:00", "2026-10-25T03:00:00+01:00"},
		{"Réunion never changes", "Indian/Reunion", "2026-03-29", "02:30", "2026-03-29T02:30:00+04:00"},
		{"Miquelon, gap", "America/Miquelon", "2026-03-08", "02:15", "2026-03-08T03:15:00-02:00"},
		{"Miquelon, repeated", "America/Miquelon", "2026-11-01", "01:30", "2026-11-01T01:30:00-02:00"},
		{"Marquises, half an hour", "Pacific/Marquesas", "2026-06-01", "00:00", "2026-06-01T00:00:00-09:30"},
		{"midnight skipped", "America/Havana", "2026-03-08", "00:00", "2026-03-08T01:00:00-04:00"},
		{"midnight repeated", "America/Havana", "2026-11-01", "00:00", "2026-11-01T00:00:00-04:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := civil.At(civil.MustDate(tt.day), civil.MustClock(tt.clock), zone(t, tt.zone))
			if s := got.Format(time.RFC3339); s != tt.want {
				t.Errorf("At(%s, %s) = %s, want %s", tt.day, tt.clock, s, tt.want)
			}
		})
	}
}

func TestEveryClockTimeOfTheYearComesBack(t *testing.T) {
	for _, name := range []string{"Europe/Paris", "America/Miquelon", "Indian/Mayotte", "Pacific/Noumea"} {
		loc := zone(t, name)
		skipped := 0
		for d := civil.MustDate("2026-01-01"); d.Year == 2026; d = d.AddDays(1) {
			for minute := 0; minute < 24*60; minute += 15 {
				c := civil.Clock{Hour: minute / 60, Minute: minute % 60}
				at := civil.At(d, c, loc)
				if civil.DateOf(at, loc) == d && civil.ClockOf(at, loc) == c {
					continue
				}
				skipped++
			}
		}
		changes := map[string]int{"Europe/Paris": 4, "America/Miquelon": 4}[name]
		if skipped != changes {
			t.Errorf("%s: %d quarter hours moved, want %d", name, skipped, changes)
		}
	}
}

func TestDatesAreLivedInTheirZone(t *testing.T) {
	at := time.Date(2026, time.December, 31, 21, 30, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"Europe/Paris": "2026-12-31", "Indian/Reunion": "2027-01-01", "America/Miquelon": "2026-12-31",
	} {
		if got := civil.DateOf(at, zone(t, name)); got.String() != want {
			t.Errorf("DateOf in %s = %s, want %s", name, got, want)
		}
	}
}

func TestLoadZoneNeverDependsOnTheMachine(t *testing.T) {
	for _, name := range []string{"", "Local", "Europe/Savigny", "../etc/passwd"} {
		if _, err := civil.LoadZone(name); !errors.Is(err, civil.ErrZone) {
			t.Errorf("LoadZone(%q): %v, want ErrZone", name, err)
		}
	}
}
