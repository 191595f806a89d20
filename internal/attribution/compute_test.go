package attribution_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
)

func first(r *attribution.Request) {
	r.Tier, r.Criteria, r.Because = 1, 1, []attribution.Criterion{attribution.ALD}
}

func TestAPlanServesByTierAndIsKept(t *testing.T) {
	w := newWorld(t)
	later, urgent := w.sought(), w.sought(first)
	w.takes(iris, 1)
	w.takes(paul, 0)

	p, err := w.Compute(t.Context(), nurse, senart)

	w.must(err)
	if len(p.Plan.Served) != 1 || p.Plan.Served[0].Seeker != urgent.ID || p.Plan.Served[0].Practitioner != "gp-iris" {
		t.Errorf("served: %+v", p.Plan.Served)
	}
	if len(p.Plan.Unserved) != 1 || p.Plan.Unserved[0].Seeker != later.ID || p.Plan.Unserved[0].Hurdles[0] != (attribution.Count{Hurdle: attribution.Full, GPs: 2}) {
		t.Errorf("unserved: %+v", p.Plan.Unserved)
	}
	if p.Day != w.today() || p.Rule != civil.MustDate("2024-01-01") || p.Seekers != 2 || p.GPs != 2 || p.Places != 1 || p.By != nurse.ID || len(p.Inputs) != 64 {
		t.Errorf("got %+v", p.StoredPlan)
	}
	last, err := w.LastPlan(t.Context(), nurse, senart)
	w.must(err)
	if diff := cmp.Diff(p, last); diff != "" {
		t.Error(diff)
	}
	if !slices.Contains(w.audits(), "mt.plan.compute mt_plan:"+p.ID) {
		t.Errorf("not audited: %v", w.audits())
	}
}

func TestAPlanNamesNobodyAndShowsRequestsAsTheyStandNow(t *testing.T) {
	w := newWorld(t)
	sent, waits := w.sought(), w.sought()
	w.takes(iris, 2)
	_, err := w.Compute(t.Context(), nurse, senart)
	w.must(err)
	_, err = w.sends(sent.ID, iris)
	w.must(err)

	p, err := w.LastPlan(t.Context(), nurse, senart)

	w.must(err)
	if p.Requests[sent.ID].State != attribution.Proposed || p.Requests[waits.ID].State != attribution.Qualified {
		t.Errorf("states: %s, %s", p.Requests[sent.ID].State, p.Requests[waits.ID].State)
	}
	for id, r := range p.Requests {
		if r.Patient != nil || r.Reporter+r.Consent.Collector+r.ChronicDisease+r.Medication+r.Synthesis+r.TierReason != "" {
			t.Errorf("%s is named: %+v", id, r)
		}
		if r.BirthYear != 1980 || r.Commune != savigny {
			t.Errorf("%s lacks what the plan shows: %+v", id, r)
		}
	}
}

func TestTiersFollowTheRuleOfTheDay(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	ages := func(r *attribution.Request) { r.BirthYear, r.Tier, r.Criteria, r.Because = 1957, 3, 0, nil }
	turning, chosen := w.sought(ages), w.sought(ages, func(r *attribution.Request) { r.TierSet = true })
	w.now = time.Date(2027, 1, 4, 8, 0, 0, 0, time.UTC) // of the year in which they turn 70

	p, err := w.Compute(t.Context(), nurse, senart)

	w.must(err)
	want := []attribution.Criterion{attribution.Aged70}
	if r := w.stands(turning.ID); r.Tier != 2 || !slices.Equal(r.Because, want) || p.Requests[turning.ID].Tier != 2 {
		t.Errorf("kept tier %d because of %v, shown %d", r.Tier, r.Because, p.Requests[turning.ID].Tier)
	}
	if r := w.stands(chosen.ID); r.Tier != 3 {
		t.Errorf("a nurse's choice was overruled: %d", r.Tier)
	}
	if diff := cmp.Diff([]attribution.EventKind{attribution.EventTierChanged}, w.history(turning.ID)); diff != "" {
		t.Error(diff)
	}
	_, err = w.Compute(t.Context(), nurse, senart)
	w.must(err)
	if n := len(w.history(turning.ID)); n != 1 {
		t.Errorf("%d events after a second plan of the day", n)
	}
}

// meanwhile does something between the reading of a plan's ground and its
// matching, and gives lists in reverse.
type meanwhile struct {
	*record

	do func()
}

func (m meanwhile) Ground(ctx context.Context, in string, now attribution.Moment) (attribution.Ground, error) {
	g, err := m.record.Ground(ctx, in, now)
	slices.Reverse(g.Requests)
	slices.Reverse(g.Declarations)
	m.do()
	return g, err
}

func TestARequestThatMovesMeanwhileDoesNotStopThePlan(t *testing.T) {
	w := newWorld(t)
	w.takes(iris, 1)
	r := w.sought(func(r *attribution.Request) { r.Tier = 3 }) // the rule says 2
	w.Store = meanwhile{w.record, func() {
		closed := w.stands(r.ID)
		closed.State, closed.ClosedReason = attribution.Closed, attribution.Moved
		w.write(func(ctx context.Context, tx attribution.Tx) error { return tx.SaveRequest(ctx, closed) })
	}}

	_, err := w.Compute(t.Context(), nurse, senart)

	w.must(err)
	if got := w.stands(r.ID); got.State != attribution.Closed || got.Tier != 3 || len(w.history(r.ID)) != 0 {
		t.Errorf("got %s, tier %d, %v", got.State, got.Tier, w.history(r.ID))
	}
}

func TestEqualInputsHaveOneHashAndDifferentOnesOthers(t *testing.T) {
	w := newWorld(t)
	r, other := w.sought(), w.sought(first)
	w.takes(iris, 2)
	w.takes(paul, 2)
	inputs := func() string {
		p, err := w.Compute(t.Context(), nurse, senart)
		w.must(err)
		return p.Inputs
	}
	known := []string{inputs()}
	w.Store = meanwhile{w.record, func() {}}
	if again := inputs(); again != known[0] {
		t.Errorf("the order of what was read changes the hash: %s, %s", again, known[0])
	}
	for _, change := range []struct {
		of string
		do func()
	}{
		{"a rule", func() { w.Rules.Attribution[0].MaxKm++ }},
		{"a place", func() { w.takes(iris, 3) }},
		{"a wish", func() { w.takes(paul, 2, func(d *attribution.Declaration) { d.HomeVisits = false }) }},
		{"a pause", func() { w.takes(paul, 2, func(d *attribution.Declaration) { d.Paused = true }) }},
		{"a day", func() { w.days(1) }},
		{"an offer", func() { _, err := w.sends(other.ID, iris); w.must(err) }},
		{"a decline", func() { w.answers(iris, w.stands(other.ID).Offer, decline) }},
		{"a request", func() { w.sought() }},
		{"a draw", func() { w.rewrites(r.ID, func(r *attribution.Request) { r.Draw++ }) }},
		{"a commune", func() { w.rewrites(r.ID, func(r *attribution.Request) { r.Commune = melun }) }},
		{"home visits", func() { w.rewrites(r.ID, func(r *attribution.Request) { r.HomeVisits = true }) }},
		{"who knows them", func() { w.rewrites(r.ID, func(r *attribution.Request) { r.KnownTo = "gp-paul" }) }},
	} {
		change.do()
		now := inputs()
		if slices.Contains(known, now) {
			t.Errorf("%s does not change the hash", change.of)
		}
		known = append(known, now)
	}
}

// rewrites changes a request in the record.
func (w *world) rewrites(id string, change func(*attribution.Request)) {
	w.Helper()
	r := w.stands(id)
	change(&r)
	w.write(func(ctx context.Context, tx attribution.Tx) error { return tx.SaveRequest(ctx, r) })
}

func TestOnlyNursesOfTheTerritoryPlan(t *testing.T) {
	w := newWorld(t)
	for _, a := range []account.Actor{coordinator, regulator, pharmacist, iris, otherNurse} {
		_, err := w.Compute(t.Context(), a, senart)
		w.refused(err, "account.forbidden")
		_, err = w.LastPlan(t.Context(), a, senart)
		w.refused(err, "account.forbidden")
	}
	_, err := w.LastPlan(t.Context(), nurse, senart)
	w.refused(err, "attribution.plan_unknown")
}
