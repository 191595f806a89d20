package funding_test

import (
	"context"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

// dues lists where the payments of a code and a contract year stand.
func (o office) dues(t testing.TB, code string, year int) map[funding.PaymentKind]funding.Due {
	t.Helper()
	all, _, err := o.Calendar(t.Context(), treasurer, senart)
	if err != nil {
		t.Fatal(err)
	}
	of := map[funding.PaymentKind]funding.Due{}
	for _, d := range all {
		if d.Code == code && d.Year == year {
			of[d.Kind] = d
		}
	}
	return of
}

func TestTheCalendarTellsWhereEveryPaymentStands(t *testing.T) {
	o := open(t)
	c := example()
	c.Starts = append(c.Starts, funding.Start{Mission: "crise", On: civil.MustDate("2026-02-01")})
	o.signs(t, c)
	o.receives(t, ofExample+"acces:1:advance", 600_000)
	for day, want := range map[string]map[funding.PaymentKind]funding.DueState{
		"2027-01-14T12:00:00Z": {funding.Advance: funding.DuePartly, funding.Balance: funding.DueLater, funding.Variable: funding.DueLater},
		"2027-01-15T00:00:00Z": {funding.Advance: funding.DuePartly, funding.Balance: funding.DueWaiting, funding.Variable: funding.DueUnknown},
	} {
		o.at(day)
		got := map[funding.PaymentKind]funding.DueState{}
		for kind, d := range o.dues(t, "acces", 1) {
			got[kind] = d.State
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", day, diff)
		}
	}
	if d := o.dues(t, "crise", 1)[funding.Advance]; d.State != funding.DueUnknown || d.Expectation != "" {
		t.Errorf("nobody confirmed the crisis mission's amount: %+v", d)
	}
	o.receives(t, ofExample+"acces:1:advance", 61_644)
	if d := o.dues(t, "acces", 1)[funding.Advance]; d.State != funding.DueCame || d.Received != 661_644 {
		t.Errorf("%+v", d)
	}
	if _, err := o.Void(t.Context(), treasurer, o.expects(t, ofExample+"acces:1:balance").ID); err != nil {
		t.Fatal(err)
	}
	if d := o.dues(t, "acces", 1)[funding.Balance]; d.State != funding.DueVoid {
		t.Errorf("%+v", d)
	}
	_, deadlines, err := o.Calendar(t.Context(), treasurer, senart)
	if err != nil || len(deadlines) == 0 || deadlines[0] != (funding.Deadline{Mission: "acces", By: civil.MustDate("2026-07-15")}) {
		t.Errorf("%v %v", err, deadlines)
	}
}

func TestAnEstimateIsAShareOfTheVariablePart(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	if d := o.dues(t, "acces", 1)[funding.Variable]; d.Estimate.Known || d.Amount.Cents != 882_192 {
		t.Errorf("nobody estimates: %+v", d)
	}
	share := big.NewRat(1, 3)
	o.Estimate = func(_ context.Context, _ string, year int) (map[string]*big.Rat, error) {
		if year != 1 {
			t.Errorf("asked of year %d, that has not begun", year)
		}
		return map[string]*big.Rat{"acces": share}, nil
	}
	for _, test := range []struct {
		share *big.Rat
		want  funding.Amount
	}{
		{big.NewRat(1, 3), funding.Amount{Cents: 294_064, Known: true}},
		{big.NewRat(1, 2), funding.Amount{Cents: 441_096, Known: true}},
		{big.NewRat(7, 5), funding.Amount{Cents: 882_192, Known: true}},
		{big.NewRat(-1, 5), funding.Amount{Cents: 0, Known: true}},
		{nil, funding.Amount{}},
	} {
		share = test.share
		if d := o.dues(t, "acces", 1)[funding.Variable]; d.Estimate != test.want {
			t.Errorf("%v: %+v", test.share, d.Estimate)
		}
	}
}

func halfEarned(context.Context, string, int) (map[string]*big.Rat, error) {
	return map[string]*big.Rat{"acces": big.NewRat(1, 2)}, nil
}

func TestAYearIsMeasuredOnceForAllItsMissions(t *testing.T) {
	o := open(t)
	c := example()
	c.Starts = append(c.Starts, funding.Start{Mission: "parcours", On: c.Signed}, funding.Start{Mission: "prevention", On: c.Signed})
	o.signs(t, c)
	o.at("2028-03-01T08:00:00Z") // the third year runs
	var asked []int
	o.Estimate = func(ctx context.Context, territory string, year int) (map[string]*big.Rat, error) {
		asked = append(asked, year)
		return halfEarned(ctx, territory, year)
	}
	if o.dues(t, "acces", 3); !slices.Equal(asked, []int{1, 2, 3}) {
		t.Errorf("asked about the years %v", asked)
	}
}

func decision(amount funding.Cents) funding.Decision {
	return funding.Decision{Territory: senart, Mission: "acces", Year: 1, Amount: amount, On: civil.MustDate("2027-02-10"), Evidence: strings.Repeat("0a", 32)}
}

func TestADecisionStandsAboveTheEstimate(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	o.at("2027-03-01T08:00:00Z")
	o.Estimate = halfEarned
	decide := func(amount funding.Cents, want string) {
		t.Helper()
		_, err := o.Decide(t.Context(), treasurer, decision(amount))
		reason(t, err, want)
	}
	decide(882_193, "funding.decision")
	decide(882_192, "")
	decide(500_000, "")
	d := o.dues(t, "acces", 1)[funding.Variable]
	if !d.Decided || d.Amount.Cents != 500_000 || d.State != funding.DueWaiting || d.Estimate.Cents != 441_096 || d.On.String() != "2027-02-10" {
		t.Errorf("%+v", d)
	}
	o.signs(t, example())
	if all, _, err := o.Calendar(t.Context(), treasurer, senart); err != nil || !slices.IsSortedFunc(all, func(a, b funding.Due) int { return a.On.Compare(b.On) }) {
		t.Errorf("%v: a late decision is out of its place", err)
	}
	if x := o.expects(t, ofExample+"acces:1:variable"); x.Amount != 500_000 || x.State != funding.Pending || x.On.String() != "2027-02-10" {
		t.Errorf("entering the contract again changes the decision: %+v", x)
	}
	decide(0, "")
	if d := o.dues(t, "acces", 1)[funding.Variable]; d.State != funding.DueVoid {
		t.Errorf("nothing was granted: %+v", d)
	}
	decide(500_000, "")
	if _, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate("2027-01-01"), civil.MustDate("2027-12-31")); err != nil {
		t.Fatal(err)
	}
	o.receives(t, ofExample+"acces:1:variable", 200_000)
	decide(400_000, "funding.decided")
	decide(500_000, "")
	if d := o.dues(t, "acces", 1)[funding.Variable]; d.State != funding.DuePartly || d.Received != 200_000 {
		t.Errorf("%+v", d)
	}
}

func TestAPartIsUnknownUntilTheCaisseSaysWhatItPays(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	part := func(year int) funding.Due { return o.dues(t, "snp_orientation", year)[funding.OfPart] }
	for _, day := range []string{"2026-02-01T08:00:00Z", "2026-12-01T08:00:00Z"} {
		o.at(day)
		if d := part(1); d.State != funding.DueUnknown || d.Amount.Cents != 2_268_493 || d.Expectation != "" || d.Estimate.Known {
			t.Errorf("%s: %+v", day, d)
		}
	}
	said := funding.Decision{Territory: senart, Mission: "snp_orientation", Year: 1, Amount: 2_268_494, On: civil.MustDate("2026-11-20")}
	_, err := o.Decide(t.Context(), treasurer, said)
	reason(t, err, "funding.decision")
	said.Amount = 20_000_00
	if _, err := o.Decide(t.Context(), treasurer, said); err != nil {
		t.Fatal(err)
	}
	d := part(1)
	x := o.expects(t, ofExample+"snp_orientation:1:part")
	if d.State != funding.DueWaiting || !d.Decided || d.Amount.Cents != 20_000_00 || d.On != said.On || d.Expectation != x.ID {
		t.Errorf("%+v", d)
	}
	if x.Envelope != "snp_orientation" || x.Mission != "acces" || x.Budget != funding.Operationnel || x.Year != 1 {
		t.Errorf("%+v", x)
	}
	if part(2).State != funding.DueUnknown {
		t.Error("one year's word is not the next one's")
	}
	later := example()
	later.Starts[0].On = civil.MustDate("2026-12-15") // 31 of 365 days
	o.signs(t, later)
	if x := o.expects(t, ofExample+"snp_orientation:1:part"); x.Amount != 3_821_92 || x.State != funding.Pending {
		t.Errorf("the contract allows less now: %+v", x)
	}
}

func TestMoneyOfAPartMayBeSpentOnceItCame(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	o.at("2026-12-01T08:00:00Z")
	if _, err := o.Decide(t.Context(), treasurer, funding.Decision{Territory: senart, Mission: "snp_orientation", Year: 1, Amount: 500_00, On: civil.MustDate("2026-11-20")}); err != nil {
		t.Fatal(err)
	}
	x := o.expects(t, ofExample+"snp_orientation:1:part")
	about := func(amount funding.Cents, debit, credit string) funding.Draft {
		d := draft(amount, debit, credit)
		for i := range d.Lines {
			d.Lines[i].Dimensions = x.Dimensions
		}
		return d
	}
	_, err := o.Post(t.Context(), treasurer, about(1, "6226", "512"), o.NewID())
	reason(t, err, "funding.earmarked")
	if _, err := o.ReceiveSum(t.Context(), treasurer, x.ID, receipt(500_00), o.NewID()); err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	if _, err := o.Post(t.Context(), treasurer, about(500_00, "6226", "512"), o.NewID()); err != nil {
		t.Error(err, fault.Of(err).Fields)
	}
}

func TestEveryWrongValueOfADecisionIsNamed(t *testing.T) {
	o := open(t)
	_, err := o.Decide(t.Context(), treasurer, decision(1))
	reason(t, err, "funding.no_contract")
	o.signs(t, example())
	o.at("2027-03-01T08:00:00Z")
	for name, arrange := range map[string]func(*funding.Decision){
		"mission":  func(d *funding.Decision) { d.Mission = "parcours" },
		"amount":   func(d *funding.Decision) { d.Amount = -1 },
		"on":       func(d *funding.Decision) { d.On = civil.MustDate("2027-03-02") },
		"evidence": func(d *funding.Decision) { d.Evidence = "compte-rendu.pdf" },
	} {
		d := decision(1)
		arrange(&d)
		_, err := o.Decide(t.Context(), treasurer, d)
		if fields := fault.Of(err).Fields; len(fields) != 1 || fields[0].Name != name {
			t.Errorf("%s: %v %v", name, err, fields)
		}
	}
	if len(o.record.decisions) != 0 {
		t.Error("something was written")
	}
}
