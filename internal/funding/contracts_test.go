package funding_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

// example is the contract of the design's example: access to care, 17,500.00 fixed.
func example() funding.Contract {
	return funding.Contract{Territory: senart, Schedule: "aci-2019", Signed: civil.MustDate("2026-01-15"), Taille: 2, SIREN: "732829320",
		Starts: []funding.Start{{Mission: "acces", On: civil.MustDate("2026-07-15")}}}
}

// signs enters a contract over what was last entered, and fails the test when it is
// refused.
func (o office) signs(t testing.TB, c funding.Contract) funding.Contract {
	t.Helper()
	c.Revision = o.record.contracts[c.Territory].Revision
	c, err := o.SetContract(t.Context(), treasurer, c)
	if err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	return c
}

// awaits lists what is expected of keys with a prefix: key, day, amount, state.
func (o office) awaits(prefix string) []string {
	var all []string
	for _, x := range o.record.expected {
		if rest, ok := strings.CutPrefix(x.Key, prefix); ok {
			all = append(all, rest+" "+x.On.String()+" "+x.Amount.String()+" "+string(x.State))
		}
	}
	slices.Sort(all)
	return all
}

// expects returns the expectation of a key.
func (o office) expects(t testing.TB, key string) funding.Expectation {
	t.Helper()
	for _, x := range o.record.expected {
		if x.Key == key {
			return x
		}
	}
	t.Fatalf("nothing is expected of %s", key)
	return funding.Expectation{}
}

// receives posts money that came for the expectation of a key.
func (o office) receives(t testing.TB, key string, amount funding.Cents) {
	t.Helper()
	x := o.expects(t, key)
	came := receipt(amount)
	if today := civil.DateOf(o.Now(), time.UTC); came.On.After(today) {
		came.On = today
	}
	if _, err := o.ReceiveSum(t.Context(), treasurer, x.ID, came, o.NewID()); err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
}

// at lets the office be asked at another time.
func (o office) at(day string) {
	moment, err := time.Parse(time.RFC3339, day)
	if err != nil {
		panic(err)
	}
	o.Now = func() time.Time { return moment }
}
