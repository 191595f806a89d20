package funding_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/territory"
)

// parisian has every territory in Paris.
type parisian struct{}

func (parisian) Territory(id string) (territory.Territory, error) {
	return territory.Territory{ID: id, Name: "CPTS Sénart", Zone: paris}, nil
}

// surgery is an office whose contract names the national scheme, two weeks after
// the monday of the acts.
func surgery(t testing.TB) office {
	o := open(t)
	o.Territories = parisian{}
	o.Now = func() time.Time { return monday.AddDate(0, 0, 14) }
	c := example()
	c.Schemes = []string{"national-snp"}
	o.signs(t, c)
	return o
}

// honours notes that these acts and no others were honoured, and lets the chore run.
func (o office) honours(t testing.TB, acts ...funding.Act) {
	t.Helper()
	o.record.acts = acts
	if err := o.ReconcileMajorations(t.Context()); err != nil {
		t.Fatal(err)
	}
}

const ofNational = "majoration:national-snp:"

func TestAMajorationIsExpectedOnce(t *testing.T) {
	o := surgery(t)
	act := honoured("b", time.Date(2026, 3, 3, 0, 30, 0, 0, paris)) // the 2nd in UTC
	o.honours(t, act)
	want := []string{"b 2026-03-03 15.00 pending"}
	if diff := cmp.Diff(want, o.awaits(ofNational)); diff != "" {
		t.Fatal(diff)
	}
	x := o.expects(t, ofNational+"b")
	if !slices.Equal(x.Because, []string{"regulated", "in_time", "not_own_mt", "under_cap"}) || x.Person != "doctor" || x.Evidence != "b" {
		t.Errorf("%+v", x)
	}
	o.honours(t, act) // the outcome is entered twice
	o.honours(t)      // corrected: nobody came
	if diff := cmp.Diff([]string{"b 2026-03-03 15.00 withdrawn"}, o.awaits(ofNational)); diff != "" {
		t.Error(diff)
	}
	o.honours(t, act) // and corrected back
	if diff := cmp.Diff(want, o.awaits(ofNational)); diff != "" || o.expects(t, ofNational+"b").ID != x.ID {
		t.Error(diff)
	}
	o.receives(t, ofNational+"b", 1_500)
	o.honours(t)
	if diff := cmp.Diff([]string{"b 2026-03-03 15.00 posted"}, o.awaits(ofNational)); diff != "" {
		t.Errorf("what came is changed: %s", diff)
	}
}

func TestAMajorationThatATreasurerVoidedStaysVoid(t *testing.T) {
	o := surgery(t)
	act := honoured("b", monday.Add(10*time.Hour))
	o.honours(t, act)
	if _, err := o.Void(t.Context(), treasurer, o.expects(t, ofNational+"b").ID); err != nil {
		t.Fatal(err)
	}
	o.honours(t)
	o.honours(t, act)
	if x := o.expects(t, ofNational+"b"); x.State != funding.Voided {
		t.Errorf("%+v", x)
	}
}

func TestNothingIsExpectedWithoutAScheme(t *testing.T) {
	o := surgery(t)
	act := honoured("b", monday)
	o.signs(t, example())
	o.honours(t, act)
	if got := o.awaits("majoration:"); len(got) != 0 {
		t.Error(got)
	}
	c := example()
	c.Schemes = []string{"vendee-2020"}
	o.signs(t, c)
	act.OwnMT = true
	o.honours(t, act)
	if got := o.awaits("majoration:"); !slices.Equal(got, []string{"vendee-2020:b 2026-03-02 15.00 pending"}) {
		t.Error(got)
	}
	o.signs(t, example()) // the scheme ended
	o.honours(t, act)
	if got := o.awaits("majoration:"); !slices.Equal(got, []string{"vendee-2020:b 2026-03-02 15.00 withdrawn"}) {
		t.Error(got)
	}
}

// week is n acts of one week, an hour apart.
func week(n int) []funding.Act {
	var acts []funding.Act
	for i := range n {
		acts = append(acts, honoured(fmt.Sprintf("b-%02d", i), monday.Add(time.Duration(i+1)*time.Hour)))
	}
	return acts
}

func (o office) states(prefix string) map[funding.ExpectationState]int {
	n := map[funding.ExpectationState]int{}
	for _, x := range o.record.expected {
		if len(x.Key) > len(prefix) && x.Key[:len(prefix)] == prefix {
			n[x.State]++
		}
	}
	return n
}

func TestALateOutcomeMovesTheWeeklyCap(t *testing.T) {
	o := surgery(t)
	acts := week(21)
	o.honours(t, acts[1:]...)
	if got := o.states(ofNational); got[funding.Pending] != 20 {
		t.Fatal(got)
	}
	o.honours(t, acts...) // the first one's outcome comes late
	if x := o.expects(t, ofNational+"b-20"); x.State != funding.Withdrawn {
		t.Errorf("%+v", x)
	}
	if got := o.states(ofNational); got[funding.Pending] != 20 {
		t.Error(got)
	}
}

func TestWhatWasPaidKeepsItsPlaceUnderTheCap(t *testing.T) {
	o := surgery(t)
	acts := week(21)
	o.honours(t, acts[1:]...)
	o.receives(t, ofNational+"b-20", 1_500)
	o.honours(t, acts...)
	if x := o.expects(t, ofNational+"b-19"); x.State != funding.Withdrawn {
		t.Errorf("%+v", x)
	}
	if got := o.states(ofNational); got[funding.Pending] != 19 || got[funding.Posted] != 1 {
		t.Error(got)
	}
}

// Whatever outcomes are entered, corrected and paid in whatever order, each act is
// expected at most once, and no week is paid more than its cap.
func TestNoWeekIsPaidAboveItsCap(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := surgery(t)
		o.Schemes.Schemes[0].CapPerWeek = 3
		all := week(8)
		for range rapid.IntRange(1, 6).Draw(rt, "corrections") {
			var now []funding.Act
			for _, a := range all {
				if rapid.Bool().Draw(rt, "honoured") {
					now = append(now, a)
				}
			}
			rand.New(rand.NewPCG(1, rapid.Uint64().Draw(rt, "seed"))).Shuffle(len(now), func(i, j int) { now[i], now[j] = now[j], now[i] })
			o.honours(t, now...)
			if key := ofNational + rapid.SampledFrom(all).Draw(rt, "paid").Booking; slices.ContainsFunc(o.awaiting(), func(x funding.Expectation) bool { return x.Key == key }) {
				o.receives(t, key, 1_500)
			}
			n := o.states(ofNational)
			if n[funding.Pending]+n[funding.Posted] > 3 || n[funding.Pending]+n[funding.Posted] < min(3, len(now)) {
				rt.Fatalf("%v of %d acts", n, len(now))
			}
		}
	})
}

func (o office) awaiting() []funding.Expectation {
	var all []funding.Expectation
	for _, x := range o.record.expected {
		if x.State == funding.Pending {
			all = append(all, x)
		}
	}
	return all
}
