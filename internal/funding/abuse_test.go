package funding_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

func (o office) posts(t *testing.T, d funding.Draft) funding.Entry {
	t.Helper()
	e, err := o.Post(t.Context(), treasurer, d, o.NewID())
	if err != nil {
		t.Fatal(err, fault.Of(err).Fields)
	}
	return e
}

func (o office) reverses(t *testing.T, e funding.Entry, on string) error {
	t.Helper()
	_, err := o.Reverse(t.Context(), treasurer, e.ID, civil.MustDate(on), "Erreur", o.NewID())
	return err
}

func TestALineIsAboutWhatTheContractAndTheDirectoryKnow(t *testing.T) {
	o := open(t)
	c := o.signs(t, example())
	for _, test := range []struct {
		about funding.Dimensions
		want  string
	}{
		{funding.Dimensions{Envelope: "snp_orientatoin"}, "funding.code_unknown"},
		{funding.Dimensions{Envelope: "SNP_ORIENTATION"}, "funding.code_unknown"},
		{funding.Dimensions{Mission: "snp_compensation"}, "funding.code_unknown"},
		{funding.Dimensions{Mission: "fonctionnement"}, "funding.code_unknown"},
		{funding.Dimensions{Mission: "parcours", Envelope: "snp_compensation"}, "funding.mission"},
		{funding.Dimensions{Mission: "acces", Envelope: "fonctionnement"}, "funding.mission"},
		{funding.Dimensions{Envelope: "fonctionnement", Budget: funding.Operationnel}, "funding.budget"},
		{funding.Dimensions{Envelope: "acces", Budget: funding.Fonctionnement}, "funding.budget"},
		{funding.Dimensions{Mission: "acces", Budget: funding.Fonctionnement}, "funding.budget"},
		{funding.Dimensions{Contract: c.ID, Year: 6}, "funding.contract_year"},
		{funding.Dimensions{Year: -1}, "funding.contract_year"},
		{funding.Dimensions{Contract: "another", Envelope: "acces"}, "funding.contract_unknown"},
		{funding.Dimensions{Person: "docteur"}, "funding.person"},
	} {
		d := draft(100, "512", "741")
		d.Lines[1].Dimensions = test.about
		_, err := o.Post(t.Context(), treasurer, d, o.NewID())
		if fields := fault.Of(err).Fields; fault.Reason(err) != "funding.entry" || len(fields) != 1 || fields[0].Reason != test.want || fields[0].Name != "lines" {
			t.Errorf("%+v: %v %v", test.about, err, fields)
		}
	}
	early := draft(100, "512", "741")
	early.On, early.Lines[1].Dimensions = civil.MustDate("2026-01-14"), funding.Dimensions{Contract: c.ID, Year: 1}
	_, err := o.Post(t.Context(), treasurer, early, o.NewID())
	if fields := fault.Of(err).Fields; len(fields) != 1 || fields[0].Reason != "funding.date_outside" {
		t.Errorf("%v %v", err, fields)
	}
	if len(o.record.entries) != 0 {
		t.Errorf("%d entries", len(o.record.entries))
	}
	for _, about := range []funding.Dimensions{
		{Contract: c.ID, Year: 5, Mission: "acces", Envelope: "snp_compensation", Budget: funding.Operationnel, Person: "doctor"},
		{Envelope: "fonctionnement", Budget: funding.Fonctionnement}, {Mission: "parcours"}, {Budget: funding.Fonctionnement},
	} {
		d := draft(100, "512", "741")
		d.Lines[1].Dimensions = about
		o.posts(t, d)
	}
}

func TestWhatIsReversedAwaitsItsMoneyAgain(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	const key = ofExample + "acces:1:advance"
	x := o.expects(t, key)
	part, err := o.ReceiveSum(t.Context(), treasurer, x.ID, receipt(600_000), "part")
	if err != nil {
		t.Fatal(err)
	}
	rest, err := o.ReceiveSum(t.Context(), treasurer, x.ID, receipt(61_644), "rest")
	if err != nil || o.expects(t, key).State != funding.Posted {
		t.Fatalf("%v %+v", err, o.expects(t, key))
	}

	if err := o.reverses(t, rest, "2026-07-01"); err != nil {
		t.Fatal(err)
	}
	if x := o.expects(t, key); x.State != funding.Partly || x.Left() != 61_644 {
		t.Errorf("%+v", x)
	}
	if _, err := o.Void(t.Context(), treasurer, x.ID); err != nil {
		t.Fatal(err)
	}
	if err := o.reverses(t, part, "2026-07-01"); err != nil {
		t.Fatal(err)
	}
	if x := o.expects(t, key); x.State != funding.Pending || x.Left() != 661_644 {
		t.Errorf("%+v", x)
	}
	reason(t, o.reverses(t, part, "2026-07-01"), "funding.reversed")
	if x := o.expects(t, key); x.State != funding.Pending || x.Received != 0 {
		t.Errorf("given back twice: %+v", x)
	}
	o.receives(t, key, 661_644)
	if x := o.expects(t, key); x.State != funding.Posted {
		t.Errorf("%+v", x)
	}
}

func TestWhatIsAwaitedAgainFollowsTheContractOfNow(t *testing.T) {
	o := open(t)
	c := o.signs(t, example())
	x := o.expects(t, ofExample+"acces:1:advance")
	came, err := o.ReceiveSum(t.Context(), treasurer, x.ID, receipt(x.Amount), "came")
	if err != nil {
		t.Fatal(err)
	}
	c.Taille = 3
	o.signs(t, c)
	if x := o.expects(t, x.Key); x.State != funding.Posted || x.Amount != 661_644 {
		t.Errorf("what came does not stay: %+v", x)
	}
	dues, _, err := o.Calendar(t.Context(), treasurer, senart)
	at := slices.IndexFunc(dues, func(d funding.Due) bool { return d.Code == "acces" && d.Kind == funding.Advance })
	if err != nil || dues[at].State != funding.DueCame {
		t.Errorf("%v %+v", err, dues[at])
	}
	if err := o.reverses(t, came, "2026-07-01"); err != nil {
		t.Fatal(err)
	}
	if x := o.expects(t, x.Key); x.State != funding.Pending || x.Amount != 945_206 { // 75 % of 25,000.00·184/365
		t.Errorf("%+v", x)
	}
	c.Starts = nil
	o.signs(t, c)
	if x := o.expects(t, x.Key); x.State != funding.Withdrawn {
		t.Errorf("%+v", x)
	}
}

func TestMoneyThatWasKeptComesBackOnce(t *testing.T) {
	o := closes(t)
	_, all := o.proposed(t)
	o.writes(t, all)
	var kept, taken funding.Entry
	for _, e := range o.record.entries {
		switch e.Piece {
		case "FD-2026-snp_orientation":
			kept = e
		case "RFD-2026-snp_orientation":
			taken = e
		}
	}
	second := account.Actor{ID: "acc-2", Roles: treasurer.Roles, Territories: treasurer.Territories}
	for _, one := range all {
		_, err := o.Post(t.Context(), second, one.Draft, one.Key) // from a page that is a minute old
		reason(t, err, "funding.year_end_written")
	}
	reason(t, o.reverses(t, kept, "2026-12-31"), "funding.taken_back")
	if err := o.reverses(t, taken, "2027-01-01"); err != nil {
		t.Fatal(err)
	}
	if err := o.reverses(t, kept, "2026-12-31"); err != nil {
		t.Fatal(err)
	}
	again := all[1].Draft // takes up what is kept no more
	again.Piece += "/2"
	_, err := o.Post(t.Context(), second, again, again.Piece)
	reason(t, err, "funding.year_end_gone")

	envelopes, err := o.Envelopes(t.Context(), treasurer, senart)
	if e := envelopes[3]; err != nil || e.Received != 55_000_00 || e.Spent != 40_000_00 {
		t.Errorf("%+v %v", e, err)
	}
	over := draft(15_000_01, "6226", "512")
	over.Lines[0].Dimensions = funding.Dimensions{Contract: kept.Lines[0].Contract, Envelope: "snp_orientation"}
	_, err = o.Post(t.Context(), treasurer, over, o.NewID())
	reason(t, err, "funding.earmarked")
}

func TestFundsTakenUpByHandAreNoReceipts(t *testing.T) {
	o := open(t)
	c := o.signs(t, example())
	about := funding.Dimensions{Contract: c.ID, Envelope: "snp_orientation"}
	taken := draft(100_00, "194", "7894")
	taken.Lines[1].Dimensions = about
	o.posts(t, taken)
	spend := draft(1, "6226", "512")
	spend.Lines[0].Dimensions = about
	_, err := o.Post(t.Context(), treasurer, spend, o.NewID())
	reason(t, err, "funding.earmarked")
}

func TestAnIndemnityThatIsTakenBackLaterLeavesTheNextYearsCap(t *testing.T) {
	o := open(t)
	if _, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate("2027-01-01"), civil.MustDate("2027-12-31")); err != nil {
		t.Fatal(err)
	}
	most, _ := o.Guards.Cap(2026)
	pay := func(on string) funding.Draft {
		d := draft(most, "6226", "512")
		d.On, d.Lines[0].Person = civil.MustDate(on), "doctor"
		return d
	}
	paid := o.posts(t, pay("2026-12-30"))
	if err := o.reverses(t, paid, "2027-01-02"); err != nil {
		t.Fatal(err)
	}
	want := map[funding.Movement]funding.Movement{{Person: "doctor", Year: 2026}: {Person: "doctor", Year: 2026}}
	if diff := cmp.Diff(want, o.record.standings[senart]); diff != "" {
		t.Error(diff)
	}
	o.posts(t, pay("2026-12-31")) // as it should have been
}

func TestASecondContractIsAnother(t *testing.T) {
	o := open(t)
	first := example()
	first.Signed, first.Starts = civil.MustDate("2021-01-15"), nil
	first = o.signs(t, first)
	came := draft(1_000_00, "512", "741")
	came.On = civil.MustDate("2026-01-10")
	came.Lines[1].Dimensions = funding.Dimensions{Contract: first.ID, Year: 1, Mission: "acces", Envelope: "snp_orientation"}
	o.posts(t, came)

	second := o.signs(t, example())
	if second.ID == first.ID {
		t.Fatal("two contracts of one id")
	}
	about := funding.Dimensions{Contract: second.ID, Year: 1, Mission: "acces", Envelope: "snp_orientation"}
	spend := draft(1, "6226", "512")
	spend.Lines[0].Dimensions = about
	_, err := o.Post(t.Context(), treasurer, spend, o.NewID())
	reason(t, err, "funding.earmarked")
	spend.Lines[0].Contract = first.ID // what the first one left
	o.posts(t, spend)
	envelopes, err := o.Envelopes(t.Context(), treasurer, senart)
	if e := envelopes[3]; err != nil || e.Received != 0 || e.Spent != 0 {
		t.Errorf("%+v %v", e, err)
	}
	corrected := second
	corrected.Signed = civil.MustDate("2026-01-16")
	if corrected = o.signs(t, corrected); corrected.ID != second.ID {
		t.Error("a corrected signature made another contract")
	}
}

func TestAnFECNumbersAYearWithoutGapsInTheOrderOfItsValidation(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	if _, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate("2027-01-01"), civil.MustDate("2027-12-31")); err != nil {
		t.Fatal(err)
	}
	for i, on := range []string{"2026-12-30", "2027-01-02", "2026-12-31"} {
		o.Now = func() time.Time { return time.Date(2027, 1, 5-i, 8, 0, 0, 0, time.UTC) } // a clock that goes back
		d := draft(100, "512", "741")
		d.On = civil.MustDate(on)
		o.posts(t, d)
	}
	file, err := o.Export(t.Context(), treasurer, funding.ExportQuery{Territory: senart, Year: 2026, Format: funding.FormatFEC})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := file.Write(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, line := range strings.Split(strings.TrimSpace(out.String()), "\r\n")[1:] {
		cells := strings.Split(line, "\t")
		got = append(got, cells[2]+" "+cells[3]+" "+cells[15])
	}
	want := []string{"1 20261230 20270105", "1 20261230 20270105", "2 20261231 20270105", "2 20261231 20270105"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if sum, err := funding.ReadFEC(&out); err != nil || sum.Entries != 2 {
		t.Errorf("%+v %v", sum, err)
	}
}
