package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	// Only so that go test knows what the built program is made of: a result
	// remembered from before a change to the server would prove nothing.
	_ "github.com/relais-snp/relais/internal/app"
	"github.com/relais-snp/relais/internal/proof/load"
)

// A few territories live a short day, on the large pair of stores and on the
// small one. No timing is asserted: what is proved is that everything is
// answered, that nothing acknowledged is lost, and that everybody sees it.
func TestShortDayOfAFewTerritories(t *testing.T) {
	for name, c := range map[string]choice{
		"PostgreSQL and Redis": {},
		"SQLite and memory":    {database: "sqlite", redis: "memory"},
	} {
		t.Run(name, func(t *testing.T) {
			c.binary = os.Getenv("RELAIS_TEST_BINARY")
			s, err := raise(t.Context(), t.Output(), c)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := s.strike(); err != nil {
					t.Error(err)
				}
			})
			h, err := s.open(t.Context(), size{territories: 3, gps: 40, consoles: 18}, 7)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(h.Stop)
			plan := order{seed: 7, day: 3 * time.Second}.plan()
			plan.Calls, plan.Openings, plan.SignIns, plan.Think, plan.Watched = 60, 40, 2, 50*time.Millisecond, 2

			r, err := load.Run(t.Context(), h.world, plan)
			if err != nil {
				t.Fatalf("%v\n%s", err, h.Log())
			}

			if len(r.Violations) > 0 || r.Errors() > 0 {
				t.Errorf("%d violations, first %q; operations %+v", len(r.Violations), r.Violations[:min(len(r.Violations), 5)], r.Operations)
			}
			for op, least := range map[string]int64{"case": 60, "search": 60, "publish": 40, "sign-in": 2, "hold": 1, "book": 1, "close": 1, "change→seen": 100} {
				if n := r.Operation(op).Count; n < least {
					t.Errorf("%s happened %d times, want at least %d", op, n, least)
				}
			}
			if r.Booked == 0 || r.Consoles != 18 || r.Deliveries.Deltas == 0 {
				t.Errorf("%d bookings, %d consoles, %+v", r.Booked, r.Consoles, r.Deliveries)
			}
			if strings.Contains(h.Log(), "Fictif") || strings.Contains(h.Log(), "panic") {
				t.Errorf("the log names a patient, or panicked:\n%s", h.Log())
			}
			var out bytes.Buffer
			if err := (day{Report: r}).print(&out); err != nil || !strings.Contains(out.String(), "0 violations") {
				t.Errorf("%v\n%s", err, out.String())
			}
		})
	}
}

func TestLandsAreNeighboursAndHoldEverybodyOnce(t *testing.T) {
	lands := divide(territoriesOfFrance)
	if n := len(lands); n < 760 || n > 800 {
		t.Errorf("%d lands, want about 800", n)
	}
	seen, people := map[string]bool{}, 0
	for _, l := range lands {
		people += l.people
		if l.people == 0 || l.people > 1_000_000 {
			t.Errorf("%s has %d people", l.id, l.people)
		}
		for _, c := range l.communes {
			if seen[string(c.INSEE)] {
				t.Errorf("%s is in two lands", c.INSEE)
			}
			seen[string(c.INSEE)] = true
		}
	}
	if people < 60_000_000 {
		t.Errorf("%d people in all of France", people)
	}
}
