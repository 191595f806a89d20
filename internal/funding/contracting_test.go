package funding_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

// ofExample begins the keys of the first contract that is entered in an office.
const ofExample = "payment:id-1:"

func TestPaymentsOfTheExampleAreExpectedToTheCent(t *testing.T) {
	o := open(t)
	c := o.signs(t, example())
	want := []string{"1:advance 2026-07-15 6616.44 pending", "1:balance 2027-01-15 2205.48 pending",
		"2:advance 2027-01-15 13125.00 pending", "2:balance 2028-01-15 4375.00 pending",
		"3:advance 2028-01-15 13125.00 pending", "3:balance 2029-01-15 4375.00 pending",
		"4:advance 2029-01-15 13125.00 pending", "4:balance 2030-01-15 4375.00 pending",
		"5:advance 2030-01-15 13125.00 pending", "5:balance 2031-01-15 4375.00 pending"}
	if diff := cmp.Diff(want, o.awaits(ofExample+"acces:")); diff != "" {
		t.Error(diff)
	}
	if first := o.awaits(ofExample + "fonctionnement:1:"); !slices.Equal(first, []string{"whole 2026-01-15 60000.00 pending"}) {
		t.Error(first)
	}
	if x := o.expects(t, ofExample+"acces:1:advance"); x.Contract != c.ID || x.Year != 1 || x.Mission != "acces" || x.Envelope != "acces" || x.Budget != funding.Operationnel {
		t.Errorf("%+v", x)
	}
	kept, audits := maps.Clone(o.record.expected), len(o.record.audit)
	again := o.signs(t, example())
	if diff := cmp.Diff(kept, o.record.expected); diff != "" || again.ID != c.ID || again.Revision != 2 || len(o.record.audit) != audits+1 {
		t.Errorf("entered twice: %+v %s", again, diff)
	}
}

func TestExpectedPaymentsFollowTheContract(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	o.receives(t, ofExample+"fonctionnement:1:whole", 60_000_00)

	later := example()
	later.Taille = 3 // 25,000.00 fixed
	later.Starts = []funding.Start{{Mission: "acces", On: civil.MustDate("2027-01-15")}, {Mission: "prevention", On: civil.MustDate("2027-01-15")}}
	o.signs(t, later)
	want := []string{"1:advance 2026-07-15 6616.44 withdrawn", "1:balance 2027-01-15 2205.48 withdrawn", "2:advance 2027-01-15 18750.00 pending"}
	if diff := cmp.Diff(want, o.awaits(ofExample + "acces:")[:3]); diff != "" {
		t.Error(diff)
	}
	if got := o.awaits(ofExample + "fonctionnement:1:"); !slices.Equal(got, []string{"whole 2026-01-15 60000.00 posted"}) {
		t.Errorf("what came is changed: %v", got)
	}
	if got := o.awaits(ofExample + "prevention:2:"); len(got) != 2 {
		t.Error(got)
	}
	o.signs(t, example())
	if got := o.awaits(ofExample + "acces:1:"); !slices.Equal(got, []string{"advance 2026-07-15 6616.44 pending", "balance 2027-01-15 2205.48 pending"}) {
		t.Errorf("the mission's first start is back: %v", got)
	}
}

func TestWhatATreasurerVoidedStaysVoid(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	if _, err := o.Void(t.Context(), treasurer, o.expects(t, ofExample+"acces:1:balance").ID); err != nil {
		t.Fatal(err)
	}
	o.signs(t, example())
	if x := o.expects(t, ofExample+"acces:1:balance"); x.State != funding.Voided {
		t.Errorf("%+v", x)
	}
}

func TestTheNextContractLeavesWhatTheLastOneOwes(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	owed := o.awaits(ofExample)
	next := example()
	next.Signed, next.Starts[0].On = civil.MustDate("2031-01-15"), civil.MustDate("2031-01-15")
	c := o.signs(t, next)
	if diff := cmp.Diff(owed, o.awaits(ofExample)); diff != "" {
		t.Error(diff)
	}
	if got := o.awaits("payment:" + c.ID + ":fonctionnement:1:"); len(got) != 1 {
		t.Error(got)
	}
}

func TestEveryWrongValueOfAContractIsNamed(t *testing.T) {
	o := open(t)
	wrong := funding.Contract{Territory: senart, Schedule: "aci-2019", Signed: civil.MustDate("2026-01-15"), Taille: 3, SIREN: "732829321",
		Starts: []funding.Start{{Mission: "acces", On: civil.MustDate("2026-01-14")}, {Mission: "acces", On: civil.MustDate("2031-01-15")},
			{Mission: "jardinage", On: civil.MustDate("2026-02-01")}},
		Amounts: map[string]funding.Cents{"crise": -1, "snp_compensation": 6_500_001, "cadeaux": 1}, Schemes: []string{"national-snp", "national-snp", "lune"}}
	_, err := o.SetContract(t.Context(), treasurer, wrong)
	reason(t, err, "funding.contract")
	var names []string
	for _, f := range fault.Of(err).Fields {
		names = append(names, f.Name)
	}
	want := []string{"siren", "schemes[1]", "schemes[2]", "starts[0].on", "starts[1].mission", "starts[1].on", "starts[2].mission",
		"amounts.cadeaux", "amounts.crise", "amounts.acces", "amounts.crise"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]funding.Contract{
		"schedule": {Territory: senart, Schedule: "aci-1850", Signed: civil.MustDate("2026-01-15"), Taille: 1},
		"taille":   {Territory: senart, Schedule: "aci-2019", Signed: civil.MustDate("2026-01-15"), Taille: 5},
		"signed":   {Territory: senart, Schedule: "aci-2019", Signed: civil.MustDate("2018-01-15"), Taille: 1},
	} {
		_, err := o.SetContract(t.Context(), treasurer, c)
		if fields := fault.Of(err).Fields; len(fields) != 1 || fields[0].Name != name {
			t.Errorf("%s: %v %v", name, err, fields)
		}
	}
	if len(o.record.contracts)+len(o.record.expected) != 0 {
		t.Error("something was written")
	}
}

func TestADeploymentLiesBetweenItsStartAndToday(t *testing.T) {
	for name, test := range map[string]struct {
		deployed, now string
		wrong         bool
	}{
		"on the day it starts":    {"2026-07-15", "2027-01-01T08:00:00Z", false},
		"today":                   {"2026-09-01", "2026-09-01T00:10:00Z", false},
		"tomorrow":                {"2026-09-02", "2026-09-01T08:00:00Z", true},
		"before it starts":        {"2026-07-14", "2027-01-01T08:00:00Z", true},
		"the contract's last day": {"2031-01-14", "2031-03-01T08:00:00Z", false},
		"after the contract":      {"2031-01-15", "2031-03-01T08:00:00Z", true},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.at(test.now)
			c := example()
			c.Starts[0].Deployed = civil.MustDate(test.deployed)
			if !test.wrong {
				if got := o.signs(t, c); got.Starts[0] != c.Starts[0] {
					t.Errorf("%+v", got.Starts)
				}
				return
			}
			_, err := o.SetContract(t.Context(), treasurer, c)
			reason(t, err, "funding.contract")
			if fields := fault.Of(err).Fields; len(fields) != 1 || fields[0].Name != "starts[0].deployed" || fields[0].Reason != "funding.date_outside" {
				t.Error(fields)
			}
		})
	}
}

func TestADeploymentChangesNoPayment(t *testing.T) {
	o := open(t)
	o.at("2027-08-01T08:00:00Z")
	o.signs(t, example())
	kept := maps.Clone(o.record.expected)
	c := example()
	c.Starts[0].Deployed = civil.MustDate("2027-06-30")
	o.signs(t, c)
	if diff := cmp.Diff(kept, o.record.expected); diff != "" {
		t.Error(diff)
	}
}

func TestWhoEntersAContract(t *testing.T) {
	o := open(t)
	coordinator := account.Actor{ID: "c", Roles: []account.Role{account.Coordinator}, Territories: []string{senart}}
	_, err := o.SetContract(t.Context(), coordinator, example())
	reason(t, err, "account.forbidden")
	_, _, err = o.Contract(t.Context(), stranger, senart)
	reason(t, err, "account.forbidden")
	if _, there, err := o.Contract(t.Context(), coordinator, senart); there || err != nil {
		t.Errorf("%v %v", there, err)
	}
	_, _, err = o.Calendar(t.Context(), coordinator, senart)
	reason(t, err, "funding.no_contract")
	want := o.signs(t, example())
	if got, there, err := o.Contract(t.Context(), coordinator, senart); !there || err != nil || !cmp.Equal(got, want) {
		t.Errorf("%v %v %s", there, err, cmp.Diff(want, got))
	}
}

// Whatever a treasurer enters one after the other, what is expected in the end is
// what the last contract pays, and what came is as it was.
func TestOnlyTheLastContractIsExpected(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := open(t)
		var last funding.Contract
		for range rapid.IntRange(1, 5).Draw(rt, "changes") {
			last = example()
			last.Signed = civil.MustDate("2026-01-15").AddDays(rapid.IntRange(0, 1).Draw(rt, "signed"))
			last.Taille = rapid.IntRange(1, 4).Draw(rt, "taille")
			last.Starts[0].On = last.Signed.AddDays(rapid.IntRange(0, 1500).Draw(rt, "start"))
			last.Amounts = map[string]funding.Cents{"fonctionnement": funding.Cents(rapid.Int64Range(0, 100_000_00).Draw(rt, "operating"))}
			o.signs(t, last)
		}
		due := map[string]funding.Cents{}
		dues, _, err := o.Calendar(t.Context(), treasurer, senart)
		if err != nil {
			rt.Fatal(err)
		}
		for _, d := range dues {
			if d.Kind != funding.Variable && d.Kind != funding.OfPart && d.Amount.Cents > 0 {
				due[d.Expectation] = d.Amount.Cents
			}
		}
		for id, x := range o.record.expected {
			if x.State == funding.Pending && due[id] != x.Amount || x.State != funding.Pending && due[id] != 0 {
				rt.Fatalf("%+v against %s", x, due[id])
			}
			delete(due, id)
		}
		if len(due) != 0 {
			rt.Fatalf("not expected: %v", due)
		}
	})
}
