package ical_test

import (
	"os/exec"
	"slices"
	"testing"

	"github.com/relais-snp/relais/internal/territory"
)

// Every zone that a commune of France may be in is described, and as it is.
func TestEveryFrenchZoneIsDescribed(t *testing.T) {
	zones := map[string]bool{"Indian/Kerguelen": true}
	for c := range territory.Communes().All() {
		zones[c.Zone()] = true
	}
	if len(zones) < 12 {
		t.Fatalf("only %d zones", len(zones))
	}
	for name := range zones {
		t.Run(name, func(t *testing.T) {
			text := render(t, calendar(name, entry("s1", "2026-11-23 13:00")))
			if !slices.Contains(lines(text), "X-WR-TIMEZONE:"+name) || !slices.Contains(lines(text), "TZID:"+name) {
				t.Errorf("the zone is not told:\n%s", text)
			}
			if _, err := exec.LookPath("/usr/bin/python3"); err != nil {
				t.Fatal("needs Debian's python3-icalendar (apt-get install python3-icalendar)")
			}
			if u := read(t, text, "/usr/bin/python3", "testdata/read.py"); len(u.WrongOffsets) > 0 {
				t.Errorf("wrong offset at %v", u.WrongOffsets)
			}
		})
	}
}
