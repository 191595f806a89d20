package attribution_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
)

func rule(from string) attribution.Rule {
	return attribution.Rule{
		From:  civil.MustDate(from),
		Tiers: [][]attribution.Criterion{{attribution.ALD, attribution.Palliative}, {attribution.Aged70, attribution.C2S}},
		MaxKm: 30, OfferDays: 14, KeepMonths: 24,
	}
}

func TestTheFirstTierWithACriterionIsTheRequestsTier(t *testing.T) {
	for _, test := range []struct {
		criteria []attribution.Criterion
		tier     int
		because  []attribution.Criterion
	}{
		{nil, 3, nil},
		{[]attribution.Criterion{attribution.MTGone}, 3, nil},
		{[]attribution.Criterion{attribution.C2S}, 2, []attribution.Criterion{attribution.C2S}},
		{[]attribution.Criterion{attribution.C2S, attribution.Palliative}, 1, []attribution.Criterion{attribution.Palliative}},
		{[]attribution.Criterion{attribution.Palliative, attribution.ALD}, 1, []attribution.Criterion{attribution.ALD, attribution.Palliative}},
	} {
		set, err := attribution.SetOf(test.criteria...)
		if err != nil {
			t.Fatal(err)
		}
		tier, because := rule("2026-01-01").Tier(set)
		if tier != test.tier || !cmp.Equal(because, test.because) {
			t.Errorf("%v: tier %d because of %v", test.criteria, tier, because)
		}
	}
}

func TestTheRuleOfTheDayHolds(t *testing.T) {
	rules := attribution.Rules{Attribution: []attribution.Rule{rule("2026-01-01"), rule("2026-07-01")}}
	for day, want := range map[string]string{"2025-12-31": "2026-01-01", "2026-06-30": "2026-01-01", "2026-07-01": "2026-07-01"} {
		if got := rules.On(civil.MustDate(day)).From.String(); got != want {
			t.Errorf("%s: %s, not %s", day, got, want)
		}
	}
}

func TestEveryWrongRuleIsNamed(t *testing.T) {
	broken := rule("2026-01-01")
	broken.MaxKm, broken.KnownMetres, broken.OfferDays, broken.KeepMonths = 0, -1, 0, 0
	broken.Tiers = [][]attribution.Criterion{{attribution.ALD}, {attribution.ALD}}

	err := attribution.Rules{Attribution: []attribution.Rule{rule("2026-07-01"), broken}}.Validate()

	var names []string
	for _, f := range fault.Of(err).Fields {
		names = append(names, f.Name)
	}
	want := []string{"attribution[1].from", "attribution[1].maxKm", "attribution[1].knownMetres", "attribution[1].offerDays", "attribution[1].keepMonths", "attribution[1].tiers"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if attribution.Rules.Validate(attribution.Rules{}) == nil {
		t.Error("no rule at all passes")
	}
}
