package funding_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/configs"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

// spends posts an expense about something.
func (o office) spends(t testing.TB, amount funding.Cents, account string, about funding.Dimensions) {
	t.Helper()
	d := draft(amount, account, "512")
	d.Lines[0].Dimensions = about
	if _, err := o.Post(t.Context(), treasurer, d, o.NewID()); err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
}

// plans saves a line of the budget of 2026.
func (o office) plans(t testing.TB, label, account string, planned funding.Cents, about funding.Dimensions) funding.BudgetLine {
	t.Helper()
	l, err := o.SaveBudgetLine(t.Context(), treasurer, funding.BudgetLine{Territory: senart, Year: 2026, Budget: about.Budget, Label: label,
		Account: account, Mission: about.Mission, Envelope: about.Envelope, Planned: planned})
	if err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	return l
}

var running, doing = funding.Dimensions{Budget: funding.Fonctionnement}, funding.Dimensions{Budget: funding.Operationnel}

func TestTheBudgetOfSenart(t *testing.T) {
	o := open(t)
	c := example()
	c.Taille = 3
	o.signs(t, c)
	if x := o.expects(t, ofExample+"fonctionnement:1:whole"); x.Amount.String() != "75000.00" {
		t.Errorf("%+v", x)
	}
	o.plans(t, "Coordinatrice", "64", 58_248_00, running)
	o.plans(t, "Loyer", "613", 9_000_00, running)
	o.plans(t, "Divers", "6", 7_752_00, running)
	o.spends(t, 43_248_00, "6411", running)
	o.spends(t, 15_000_00, "645", running)
	o.spends(t, 1_250_50, "626", running)
	o.spends(t, 300_00, "6411", doing)
	o.spends(t, 20_00, "606", funding.Dimensions{})

	lines, outside, err := o.Budget(t.Context(), treasurer, senart, 2026)
	if err != nil {
		t.Fatal(err)
	}
	var planned funding.Cents
	got := map[string]string{}
	for _, l := range lines {
		planned += l.Planned
		got[l.Label] = l.Spent.String() + ", left " + l.Left().String()
	}
	want := map[string]string{"Coordinatrice": "58248.00, left 0.00", "Loyer": "0.00, left 9000.00", "Divers": "1250.50, left 6501.50"}
	if diff := cmp.Diff(want, got); diff != "" || planned.String() != "75000.00" || outside.String() != "320.00" {
		t.Errorf("%s planned, %s outside: %s", planned, outside, diff)
	}
}

func TestALineIsChangedAndRemoved(t *testing.T) {
	o := open(t)
	l := o.plans(t, "Loyer", "613", 9_000_00, running)
	l.Planned, l.Committed = 8_000_00, 500_00
	if changed, err := o.SaveBudgetLine(t.Context(), treasurer, l); err != nil || changed.ID != l.ID || changed.Revision != 2 || changed.Left() != 7_500_00 {
		t.Errorf("%+v %v", changed, err)
	}
	_, err := o.SaveBudgetLine(t.Context(), treasurer, l) // as it was read before
	reason(t, err, "funding.budget_changed")
	foreign := l
	foreign.Territory = "cpts-littoral-vendeen"
	_, err = o.SaveBudgetLine(t.Context(), stranger, foreign)
	reason(t, err, "funding.budget_unknown")
	reason(t, o.DeleteBudgetLine(t.Context(), stranger, l.ID), "funding.budget_unknown")
	if err := o.DeleteBudgetLine(t.Context(), treasurer, l.ID); err != nil {
		t.Error(err)
	}
	reason(t, o.DeleteBudgetLine(t.Context(), treasurer, l.ID), "funding.budget_unknown")
	_, err = o.SaveBudgetLine(t.Context(), treasurer, l)
	reason(t, err, "funding.budget_unknown")
	_, err = o.SaveBudgetLine(t.Context(), treasurer, funding.BudgetLine{Territory: senart, Account: "512", Planned: -1})
	var names []string
	for _, f := range fault.Of(err).Fields {
		names = append(names, f.Name)
	}
	if diff := cmp.Diff([]string{"account", "budget", "label", "planned", "year"}, names); diff != "" {
		t.Error(diff)
	}
}

// Whatever lines there are, what they spent and what lies outside add up to what
// the books spent.
func TestEachExpenseCountsOnce(t *testing.T) {
	budgets := []funding.Budget{funding.Fonctionnement, funding.Operationnel}
	rapid.Check(t, func(rt *rapid.T) {
		o := open(t)
		planned := map[string]map[funding.Dimensions]bool{"6": {}, "64": {}, "641": {}, "6411": {}, "62": {}}
		for range rapid.IntRange(0, 6).Draw(rt, "lines") {
			covers := rapid.SampledFrom(slices.Sorted(maps.Keys(planned))).Draw(rt, "covers")
			about := funding.Dimensions{Budget: rapid.SampledFrom(budgets).Draw(rt, "of"), Mission: rapid.SampledFrom([]string{"", "acces"}).Draw(rt, "for")}
			if !planned[covers][about] { // a second one is refused
				o.plans(t, "Ligne", covers, 0, about)
			}
			planned[covers][about] = true
		}
		var spent funding.Cents
		for range rapid.IntRange(0, 8).Draw(rt, "expenses") {
			amount := funding.Cents(rapid.Int64Range(1, 1_000_000).Draw(rt, "amount"))
			spent += amount
			about := funding.Dimensions{Budget: rapid.SampledFrom(budgets).Draw(rt, "budget")}
			if about.Budget == funding.Operationnel { // missions are of no other
				about.Mission = rapid.SampledFrom([]string{"", "acces", "parcours"}).Draw(rt, "mission")
			}
			o.spends(t, amount, rapid.SampledFrom([]string{"6411", "645", "6226"}).Draw(rt, "account"), about)
		}
		lines, sum, err := o.Budget(t.Context(), treasurer, senart, 2026)
		for _, l := range lines {
			sum += l.Spent
		}
		if err != nil || sum != spent {
			rt.Fatalf("%v: %s of %s", err, sum, spent)
		}
	})
}

func TestEnvelopesAreTheContractsAmounts(t *testing.T) {
	o := open(t)
	o.Schedules = append(o.Schedules, funding.Schedule{Code: "old", Years: 5, Operating: funding.Operating{Code: "astreinte", Label: "Astreinte"}})
	c := example()
	c.Amounts = map[string]funding.Cents{"crise": 12_500_00, "snp_orientation": 40_000_00}
	o.spends(t, 1_00, "6226", funding.Dimensions{Envelope: "astreinte"}) // of the rules of then
	o.Schedules = o.Schedules[:1]
	c = o.signs(t, c)
	receive := draft(30_000_00, "512", "741")
	receive.Lines[1].Dimensions = funding.Dimensions{Contract: c.ID, Year: 1, Mission: "acces", Envelope: "snp_orientation"}
	if _, err := o.Post(t.Context(), treasurer, receive, "r"); err != nil {
		t.Fatal(err)
	}
	o.spends(t, 12_000_00, "6226", funding.Dimensions{Contract: c.ID, Envelope: "snp_orientation"})

	all, err := o.Envelopes(t.Context(), treasurer, senart)
	if err != nil || len(all) != 10 {
		t.Fatalf("%d, %v", len(all), err)
	}
	want := []string{"fonctionnement 60000.00", "acces 40000.00", "snp_compensation 12000.00", "snp_orientation 40000.00", "parcours 70000.00",
		"prevention 30000.00", "crise 12500.00", "qualite 20000.00", "accompagnement 15000.00", "astreinte 0.00"}
	var got []string
	for _, e := range all {
		got = append(got, e.Code+" "+e.Yearly.Cents.String())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if e := all[3]; !e.Earmarked || e.Mission != "acces" || e.Left() != 18_000_00 || all[2].Earmarked {
		t.Errorf("%+v", e)
	}
	if all[9].Spent != 1_00 || all[9].Yearly.Known {
		t.Errorf("%+v", all[9])
	}
}

func TestTheShippedCapsAndEarmarks(t *testing.T) {
	text, err := configs.Funding.ReadFile("funding/caps.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var caps funding.Caps
	if err := decoder.Decode(&caps); err != nil {
		t.Fatal(err)
	}
	if err := caps.Validate(); err != nil {
		t.Error(fault.Of(err).Fields)
	}
	if c, known := caps.Of(2025); !known || c != 47_100_00 {
		t.Errorf("%s %v", c, known)
	}
	if _, known := caps.Of(2019); known {
		t.Error("2019 has no cap in the data")
	}
	caps.Caps[1].Year, caps.Caps[2].Source = caps.Caps[0].Year, ""
	if fields := fault.Of(caps.Validate()).Fields; len(fields) != 2 {
		t.Error(fields)
	}
	earmarked := funding.Earmarked([]funding.Schedule{shipped(t, "aci-2019.yaml")})
	if !earmarked("snp_orientation") || earmarked("snp_compensation") || earmarked("acces") {
		t.Error("only treatment and orientation is earmarked")
	}
}
