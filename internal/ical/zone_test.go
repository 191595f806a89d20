package ical_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/territory"
)

// Every zone that a commune of France may be in is described, and as it is.
func TestEveryFrenchZoneIsDescribed(t *testing.T) {
	zones := map[string]agenda.Calendar{}
	for c := range territory.Communes().All() {
		if name := c.Zone(); zones[name].Zone == nil {
			zones[name] = calendar(name, entry("s1", "2026-11-23 13:00"))
		}
	}
	if len(zones) < 12 {
		t.Fatalf("only %d zones", len(zones))
	}
	for name, c := range zones {
		told := strings.Split(string(render(t, c)), "\r\n")
		if !slices.Contains(told, "X-WR-TIMEZONE:"+name) || !slices.Contains(told, "TZID:"+name) {
			t.Errorf("%s is not told", name)
		}
	}
	for name, u := range python(t, zones, "offsets") {
		if len(u.WrongOffsets) > 0 {
			t.Errorf("%s: wrong offset at %v", name, u.WrongOffsets)
		}
	}
}
