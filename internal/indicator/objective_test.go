package indicator_test

import (
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/indicator"
)

func percents(kind indicator.TargetKind, values ...indicator.Figure) (all [indicator.Years]indicator.Target) {
	for i, v := range values {
		all[i] = indicator.Target{Kind: kind, Value: v * 1000}
	}
	return all
}

func objective(id string, baseline indicator.Figure, direction indicator.Direction, targets [indicator.Years]indicator.Target) indicator.Objective {
	return indicator.Objective{ID: id, Code: id, Label: "Indicateur " + id, Mission: "acces", Unit: indicator.Count, Direction: direction, Baseline: baseline * 1000,
		BaseOn: civil.MustDate("2020-01-01"), Source: "Contrat", Targets: targets, Weight: 1}
}

// The table of the contract of Bocage Bressuirais, with each target in absolute
// figures.
func TestTheTableOfBocageBressuirais(t *testing.T) {
	for _, test := range []struct {
		o    indicator.Objective
		want []indicator.Figure
	}{
		{objective("mt-17", 5280, indicator.Down, percents(indicator.Absolute, 5000, 4500, 4000, 3500, 2500)), []indicator.Figure{5000, 4500, 4000, 3500, 2500}},
		{objective("mt-c2s", 631, indicator.Down, percents(indicator.OfBaseline, -10, -10, -20, -20, -20)), []indicator.Figure{568, 568, 505, 505, 505}},
		{objective("asalee", 1635, indicator.Up, percents(indicator.OfPrevious, 5, 5, 5, 5, 5)), []indicator.Figure{1717, 1803, 1893, 1987, 2087}},
	} {
		if err := test.o.Check(); err != nil {
			t.Fatal(err, fault.Of(err).Fields)
		}
		var got []indicator.Figure
		for _, f := range test.o.Path() {
			got = append(got, *f/1000)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.o.Code, diff)
		}
	}
}

func TestAPercentageIsKeptToATenth(t *testing.T) {
	o := objective("mmr", 0, indicator.Up, percents(indicator.OfPrevious, 1, 1, 1, 1, 1))
	o.Unit, o.Baseline = indicator.Percent, 74_700
	if got := *o.Path()[1]; got != 76_200 { // 74.7 × 1.01² = 76.201
		t.Errorf("got %d", got)
	}
}

func TestAchievementRunsFromTheBaselineToTheTarget(t *testing.T) {
	o := objective("mt-17", 5280, indicator.Down, percents(indicator.Absolute, 5000))
	for observed, want := range map[indicator.Figure]*big.Rat{
		5280: big.NewRat(0, 1), 5400: big.NewRat(0, 1), 5140: big.NewRat(1, 2), 5000: big.NewRat(1, 1), 4800: big.NewRat(1, 1),
	} {
		if got := o.Achieved(1, observed*1000); got.Cmp(want) != 0 {
			t.Errorf("%d: %s, not %s", observed, got, want)
		}
	}
	if o.Achieved(2, 0) != nil {
		t.Error("a year without a target has an achievement")
	}
	// A rise is held back: fewer than the target is well, more is not, and there is no half.
	held := objective("held", 1000, indicator.Down, percents(indicator.OfBaseline, 5))
	for observed, want := range map[indicator.Figure]*big.Rat{900: big.NewRat(1, 1), 1050: big.NewRat(1, 1), 1051: new(big.Rat)} {
		if got := held.Achieved(1, observed*1000); got.Cmp(want) != 0 {
			t.Errorf("%d of at most 1050: %s, not %s", observed, got, want)
		}
	}
	same := objective("same", 100, indicator.Up, percents(indicator.OfBaseline, 0))
	if same.Achieved(1, 100_000).Sign() == 0 || same.Achieved(1, 99_000).Sign() != 0 {
		t.Error("a target that is the baseline is not told")
	}
}

func TestTheShareIsTheWeightedMean(t *testing.T) {
	one, two := objective("a", 100, indicator.Down, percents(indicator.Absolute, 50)), objective("b", 100, indicator.Up, percents(indicator.Absolute, 200))
	two.Weight = 3
	followed := objective("c", 100, indicator.Up, percents(indicator.Absolute, 200))
	followed.Weight = 0
	all := []indicator.Objective{one, two, followed}
	got := indicator.Share(1, all, map[string]indicator.Figure{"a": 75_000, "b": 200_000, "c": 0})
	if got.Cmp(big.NewRat(7, 8)) != 0 { // (1·½ + 3·1)/4
		t.Error(got)
	}
	if got := indicator.Share(1, all, map[string]indicator.Figure{"b": 200_000}); got.Cmp(big.NewRat(3, 4)) != 0 {
		t.Errorf("what was not observed counts: %s", got)
	}
	if got := indicator.Share(2, all, nil); got.Sign() != 0 {
		t.Errorf("a year without targets earns %s", got)
	}
}

func TestNoShareLeavesItsBounds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var all []indicator.Objective
		observed := map[string]indicator.Figure{}
		for i := range rapid.IntRange(0, 5).Draw(rt, "objectives") {
			o := objective(string(rune('a'+i))+"x", indicator.Figure(rapid.IntRange(0, 1000).Draw(rt, "baseline")), rapid.SampledFrom([]indicator.Direction{indicator.Up, indicator.Down}).Draw(rt, "direction"), [indicator.Years]indicator.Target{})
			for y := range o.Targets {
				o.Targets[y] = indicator.Target{Kind: rapid.SampledFrom([]indicator.TargetKind{indicator.Absolute, indicator.OfBaseline, indicator.OfPrevious}).Draw(rt, "kind"),
					Value: indicator.Figure(rapid.IntRange(0, 50).Draw(rt, "value")) * 1000}
			}
			o.Weight = rapid.Int64Range(0, 5).Draw(rt, "weight")
			if err := o.Check(); err != nil {
				rt.Fatal(err)
			}
			all = append(all, o)
			if rapid.Bool().Draw(rt, "observed") {
				observed[o.ID] = indicator.Figure(rapid.IntRange(0, 2_000_000).Draw(rt, "figure"))
			}
		}
		share := indicator.Share(rapid.IntRange(1, indicator.Years).Draw(rt, "year"), all, observed)
		if share.Sign() < 0 || share.Cmp(big.NewRat(1, 1)) > 0 {
			rt.Fatalf("%s", share)
		}
	})
}
