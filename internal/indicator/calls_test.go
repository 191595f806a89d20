package indicator_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/regulation"
)

// call came in at a time of Paris and is still open. Two regulators answer in
// turn, by the hour.
func call(opened string, turns ...func(*indicator.CallFact)) indicator.CallFact {
	c := indicator.CallFact{OpenedAt: at(opened), Commune: "77445"}
	c.Desk = c.OpenedAt.Hour() % 2
	for _, turn := range turns {
		turn(&c)
	}
	return c
}

func ended(o regulation.Outcome) func(*indicator.CallFact) {
	return func(c *indicator.CallFact) { c.Outcome = o }
}

// took says after how many seconds a proposal, a hold and a booking came.
func took(proposal, hold, booking int) func(*indicator.CallFact) {
	return func(c *indicator.CallFact) {
		after := func(s int) time.Time { return c.OpenedAt.Add(time.Duration(s) * time.Second) }
		c.Outcome, c.ProposedAt, c.HeldAt, c.BookedAt = regulation.Booked, after(proposal), after(hold), after(booking)
	}
}

func effort(keys, conflicts int) func(*indicator.CallFact) {
	return func(c *indicator.CallFact) {
		c.Effort = &regulation.Effort{Keys: keys, Conflicts: conflicts}
	}
}

func TestCallsByOutcome(t *testing.T) {
	var facts []indicator.CallFact
	for n, o := range []regulation.Outcome{
		regulation.Booked, regulation.ToMT, regulation.Advice, regulation.To15, regulation.ToEmergency,
		regulation.NoSolution, regulation.Abandoned, "",
	} {
		for range n + 1 {
			facts = append(facts, call("2026-11-16 09:00", ended(o)))
		}
	}

	got := indicator.Calls(facts, november(indicator.ByWeek)).Total

	want := indicator.CallRow{Key: "total", Label: "Total", Calls: 36, Booked: 1, ToMT: 2, Advice: 3, To15: 4, ToEmergency: 5, NoSolution: 6, Abandoned: 7, Open: 8}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestHowLongCallsTake(t *testing.T) {
	facts := []indicator.CallFact{
		call("2026-11-16 09:00", took(4, 9, 30), effort(10, 0)),
		call("2026-11-16 10:00", took(5, 12, 40), effort(12, 1)),
		call("2026-11-17 09:00", took(6, 10, 20), effort(14, 0)),
		call("2026-11-18 09:00", took(20, 40, 90), effort(40, 2)),
		call("2026-11-19 09:00", took(7, 11, 33), effort(16, 0)),
		call("2026-11-20 09:00", took(8, 30, 35)),                             // its console told nothing
		call("2026-11-20 10:00", ended(regulation.Advice), effort(200, 1)),    // keys of bookings alone
		call("2026-11-20 11:00", took(3, 4, 5), ended(regulation.NoSolution)), // its GP cancelled, then nothing was found
		call("2026-11-21 23:59", took(1, 1, 1), ended(""), effort(1, 1)),      // opened again, still waiting
		call("2026-11-30 00:00", took(1000, 1000, 1000), effort(1000, 1000)),  // after the period
	}

	got := indicator.Calls(facts, november(indicator.ByWeek)).Total

	want := indicator.CallRow{Key: "total", Label: "Total", Calls: 9, Booked: 6, Advice: 1, NoSolution: 1, Open: 1,
		ProposalSeconds: ratio(5.5), HoldSeconds: ratio(10.5), BookSeconds: ratio(34), Keys: ratio(14), ConflictsPer100: ratio(71.4)}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// One regulator may have been alone on a shift: a median of their few calls
// would judge them, not the tool.
func TestFewCallsGiveNoFigureAboutSpeed(t *testing.T) {
	facts := []indicator.CallFact{
		call("2026-11-16 08:00", ended(regulation.Advice)), // a fifth call, of which nothing was measured
	}
	for range 4 {
		facts = append(facts, call("2026-11-16 09:00", took(5, 10, 30), effort(10, 1)))
	}

	monday := indicator.Calls(facts, november(indicator.ByDay)).Rows[0]
	if monday.Calls != 5 || monday.ProposalSeconds != nil || monday.HoldSeconds != nil || monday.BookSeconds != nil || monday.Keys != nil || monday.ConflictsPer100 != nil {
		t.Errorf("four measured calls give %+v", monday)
	}

	facts = append(facts, call("2026-11-16 10:00", took(5, 10, 30), effort(10, 1)))
	monday = indicator.Calls(facts, november(indicator.ByDay)).Rows[0]
	if diff := cmp.Diff([]*float64{ratio(5), ratio(10), ratio(30), ratio(10), ratio(100)},
		[]*float64{monday.ProposalSeconds, monday.HoldSeconds, monday.BookSeconds, monday.Keys, monday.ConflictsPer100}); diff != "" {
		t.Error(diff)
	}
}

func TestOneRegulatorAloneGivesNoFigureAboutSpeed(t *testing.T) {
	var facts []indicator.CallFact
	for range 20 {
		facts = append(facts, call("2026-11-16 09:00", took(5, 10, 30), effort(10, 1)))
	}
	facts = append(facts, call("2026-11-16 10:00", ended(regulation.Advice))) // a colleague's, not measured

	monday := indicator.Calls(facts, november(indicator.ByDay)).Rows[0]
	if monday.Calls != 21 || monday.ProposalSeconds != nil || monday.HoldSeconds != nil || monday.BookSeconds != nil || monday.Keys != nil || monday.ConflictsPer100 != nil {
		t.Errorf("one person's calls give %+v", monday)
	}
}

// A call belongs to the civil day of the territory on which it came in.
func TestCallsAreGroupedInTheTerritorysZone(t *testing.T) {
	facts := []indicator.CallFact{call("2026-11-16 23:30"), call("2026-11-17 00:10"), call("2026-11-22 23:59"), call("2026-11-23 00:00")}
	for _, tc := range []struct {
		by   indicator.Grouping
		zone string
		want []string
	}{
		{indicator.ByWeek, "Europe/Paris", []string{"2026-W47 3", "2026-W48 1"}},
		{indicator.ByWeek, "Indian/Reunion", []string{"2026-W47 2", "2026-W48 2"}},
		{indicator.ByMonth, "Europe/Paris", []string{"2026-11 4"}},
	} {
		q := november(tc.by)
		q.Zone = mustZone(tc.zone)
		var got []string
		for _, row := range indicator.Calls(facts, q).Rows {
			got = append(got, row.Key+" "+digits(row.Calls))
		}
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("%s in %s: %s", tc.by, tc.zone, diff)
		}
	}
	days := indicator.Calls(facts, november(indicator.ByDay)).Rows
	if len(days) != 14 || days[1].Calls != 1 || days[1].Label != "mardi 17 novembre 2026" || days[2].Calls != 0 {
		t.Errorf("by day: %+v", days[:3])
	}
}

func TestUnmetDemandByCommuneAndReason(t *testing.T) {
	no := func(commune string, why regulation.WhyKind) indicator.CallFact {
		return call("2026-11-16 09:00", ended(regulation.NoSolution), func(c *indicator.CallFact) { c.Commune, c.WhyKind = commune, why })
	}
	facts := []indicator.CallFact{
		no("77067", regulation.WhyTooFar), no("77445", regulation.WhyNoSlot), no("77445", regulation.WhyNoSlot),
		no("", regulation.WhyRefused), no("77067", ""), // of before reasons were counted
		no("99999", regulation.WhyTooLate),
		call("2026-11-16 09:00", ended(regulation.Advice)),
		call("2026-11-16 09:00"),
	}
	outside := no("77445", regulation.WhyNoSlot)
	outside.OpenedAt = at("2026-11-15 23:59")

	got := indicator.Unmet(append(facts, outside), november(indicator.ByDay))

	want := []indicator.UnmetRow{
		{"77445", "Savigny-le-Temple", regulation.WhyNoSlot, 2},
		{"99999", "99999", regulation.WhyTooLate, 1},
		{"77067", "Cesson", regulation.WhyOther, 1},
		{"77067", "Cesson", regulation.WhyTooFar, 1},
		{"", "Commune inconnue", regulation.WhyRefused, 1},
	}
	if diff := cmp.Diff(want, got.Rows); diff != "" || got.Total != 6 {
		t.Errorf("total %d: %s", got.Total, diff)
	}
}

func TestNoCallsGiveEmptyReports(t *testing.T) {
	q := november(indicator.ByWeek)
	if r := indicator.Unmet(nil, q); r.Total != 0 || r.Rows == nil || len(r.Rows) != 0 {
		t.Errorf("%+v", r)
	}
	q.From, q.To = civil.MustDate("2026-11-16"), civil.MustDate("2026-11-16")
	if r := indicator.Calls(nil, q); len(r.Rows) != 1 || r.Total.Calls != 0 || r.Total.ProposalSeconds != nil {
		t.Errorf("%+v", r)
	}
}
