package funding_test

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/territory"
)

// overseas is Réunion's zone, four hours before UTC.
type overseas struct{}

func (overseas) Territory(id string) (territory.Territory, error) {
	return territory.Territory{ID: id, Zone: time.FixedZone("Réunion", 4*60*60)}, nil
}

func TestAYearIsClosedOnceItsLastDayHasPassedThere(t *testing.T) {
	o := open(t)
	o.Territories = overseas{}
	for _, moment := range []string{"2026-11-22T11:00:00Z", "2026-12-31T19:59:59Z"} {
		o.at(moment)
		_, err := o.CloseYear(t.Context(), treasurer, senart, civil.MustDate("2026-06-01"))
		reason(t, err, "funding.year_running")
	}
	if _, err := o.YearEnd(t.Context(), treasurer, senart, 2026); err != nil {
		t.Error("what a running year's end asks for is not shown:", err)
	}
	o.at("2026-12-31T20:00:00Z")
	if y, err := o.CloseYear(t.Context(), treasurer, senart, civil.MustDate("2026-06-01")); err != nil || y.ClosedAt.IsZero() {
		t.Errorf("%+v %v", y, err)
	}
}

func TestYearsFollowEachOther(t *testing.T) {
	o := open(t) // 2026
	for _, days := range [][2]string{{"2030-01-01", "2030-12-31"}, {"2027-01-02", "2027-12-31"}, {"2024-01-01", "2025-12-30"}} {
		_, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate(days[0]), civil.MustDate(days[1]))
		reason(t, err, "funding.year_gap")
	}
	for _, days := range [][2]string{{"2027-01-01", "2027-06-30"}, {"2025-04-01", "2025-12-31"}} {
		if _, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate(days[0]), civil.MustDate(days[1])); err != nil {
			t.Error(err)
		}
	}
	years, err := o.FiscalYears(t.Context(), treasurer, senart)
	if err != nil || len(years) != 3 {
		t.Errorf("%v %+v", err, years)
	}
}

func TestNothingIsTakenBackBeforeItWasWritten(t *testing.T) {
	o := open(t)
	e := o.posts(t, draft(100, "606", "512"))
	_, err := o.Reverse(t.Context(), treasurer, e.ID, civil.MustDate("2026-06-14"), "Erreur", "early")
	reason(t, err, "funding.reversal_before")
	if fields := fault.Of(err).Fields; len(fields) != 1 || fields[0].Name != "on" || fields[0].Message != "L’écriture est du 15/06/2026 : contre-passez-la ce jour-là ou après." {
		t.Errorf("%+v", fields)
	}
	if _, err := o.Reverse(t.Context(), treasurer, e.ID, e.On, "Erreur", "same day"); err != nil {
		t.Error(err)
	}
}

func TestMoneyComesByTodayAndToAnAccountThatItComesFor(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	x := o.expects(t, ofExample+"fonctionnement:1:whole")
	o.at("2026-06-14T22:00:00Z")
	o.Territories = overseas{} // the 15th there
	for _, test := range []struct{ on, account, field string }{
		{"2026-06-16", "", "on funding.future"}, {"2026-06-15", "606", "account funding.account_class"}, {"2026-06-15", "512", "account funding.account_class"},
		{"2026-06-15", "194", "account funding.account_class"}, {"2026-06-15", "999", "account funding.account_unknown"},
		{"2026-06-15", "", ""}, {"2026-06-15", "742", ""}, {"2026-06-15", "441", ""},
	} {
		came := funding.Receipt{Amount: 100, On: civil.MustDate(test.on), Piece: "BQ-1", Account: test.account}
		_, err := o.ReceiveSum(t.Context(), treasurer, x.ID, came, o.NewID())
		got := ""
		if fields := fault.Of(err).Fields; len(fields) == 1 && fault.Reason(err) == "funding.receipt" {
			got = fields[0].Name + " " + fields[0].Reason
		}
		if got != test.field || (err == nil) != (test.field == "") {
			t.Errorf("%+v: %v", test, err)
		}
	}
	if x := o.expects(t, x.Key); x.Received != 300 {
		t.Errorf("%+v", x)
	}
}

func TestABudgetIsOfAnOpenYearAndCountsOnce(t *testing.T) {
	o := open(t)
	kept := o.plans(t, "Loyer", "613", 9_000_00, running)
	line := funding.BudgetLine{Territory: senart, Year: 2026, Budget: funding.Fonctionnement, Label: "Locaux", Account: "613", Planned: 1}
	saves := func(l funding.BudgetLine) (funding.BudgetLine, error) {
		return o.SaveBudgetLine(t.Context(), treasurer, l)
	}
	_, err := saves(line)
	reason(t, err, "funding.budget_twice")
	for _, other := range []func(*funding.BudgetLine){
		func(l *funding.BudgetLine) { l.Account = "61" }, func(l *funding.BudgetLine) { l.Mission = "acces" },
		func(l *funding.BudgetLine) { l.Envelope = "fonctionnement" }, func(l *funding.BudgetLine) { l.Budget = funding.Operationnel },
	} {
		l := line
		other(&l)
		made, err := saves(l)
		if err != nil {
			t.Fatal(err, fault.Of(err).Fields)
		}
		made.Account, made.Mission, made.Envelope, made.Budget = "613", "", "", funding.Fonctionnement
		_, err = saves(made) // changed into the first one
		reason(t, err, "funding.budget_twice")
	}
	line.Year = 2027
	_, err = saves(line)
	reason(t, err, "funding.no_year")
	if _, err := o.closesYear(t, 2026); err != nil {
		t.Fatal(err)
	}
	kept.Planned++
	_, err = saves(kept)
	reason(t, err, "funding.year_closed")
	reason(t, o.DeleteBudgetLine(t.Context(), treasurer, kept.ID), "funding.year_closed")
}
