package funding_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

func TestCorrectingTheSignatureForgetsNothingThatCame(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	part := funding.Decision{Territory: senart, Mission: "snp_orientation", Year: 1, Amount: 500_00, On: civil.MustDate("2026-07-15")}
	if _, err := o.Decide(t.Context(), treasurer, part); err != nil {
		t.Fatal(err)
	}
	o.receives(t, ofExample+"fonctionnement:1:whole", 60_000_00)
	o.receives(t, ofExample+"acces:1:advance", 600_000)
	o.receives(t, ofExample+"snp_orientation:1:part", 500_00)
	before := len(o.record.expected)

	corrected := example()
	corrected.Signed, corrected.Starts[0].On = civil.MustDate("2026-07-20"), civil.MustDate("2026-07-20")
	o.signs(t, corrected)

	if d := o.dues(t, "fonctionnement", 1)[funding.Whole]; d.State != funding.DueCame || d.Received != 60_000_00 {
		t.Errorf("%+v", d)
	}
	_, err := o.ReceiveSum(t.Context(), treasurer, o.dues(t, "fonctionnement", 1)[funding.Whole].Expectation, receipt(60_000_00), "again")
	reason(t, err, "funding.settled")
	if d := o.dues(t, "acces", 1)[funding.Advance]; d.State != funding.DuePartly || d.Received != 600_000 || d.On != corrected.Signed || d.Amount.Cents != 13_125_00 {
		t.Errorf("the rest does not follow: %+v", d)
	}
	if d := o.dues(t, "snp_orientation", 1)[funding.OfPart]; d.State != funding.DueCame || !d.Decided || d.Received != 500_00 || d.Amount.Cents != 500_00 {
		t.Errorf("the decision was lost: %+v", d)
	}
	if len(o.record.expected) != before {
		t.Errorf("%d are expected instead of %d", len(o.record.expected), before)
	}
}

func TestMoneyOfAPaymentThatIsNoMoreStaysInTheCalendar(t *testing.T) {
	o := open(t)
	o.signs(t, example())
	advance := func() funding.Due { return o.dues(t, "acces", 1)[funding.Advance] }
	o.receives(t, ofExample+"acces:1:advance", 600_000)
	without := example()
	without.Starts = nil

	o.signs(t, without)

	if d := advance(); d.State != funding.DueCame || d.Received != 600_000 || d.Overpaid != 600_000 || d.Amount != (funding.Amount{Known: true}) || d.On.String() != "2026-07-15" {
		t.Errorf("%+v", d)
	}
	if all := o.dues(t, "acces", 1); len(all) != 1 {
		t.Errorf("what nobody paid is no more: %+v", all)
	}
	x := o.expects(t, ofExample+"acces:1:advance")
	if x.State != funding.Withdrawn || x.Left() != 0 {
		t.Errorf("the rest is still awaited: %+v", x)
	}
	if d, there, err := o.Dialogue(t.Context(), treasurer, senart, 2, nil); err != nil || !there || len(d.Payments) != 2 {
		t.Errorf("another year lists it too: %v %+v", err, d.Payments)
	}
	o.signs(t, example())
	if d := advance(); d.State != funding.DuePartly || d.Received != 600_000 || d.Overpaid != 0 || o.expects(t, x.Key).Left() != 61_644 {
		t.Errorf("the start is back: %+v", d)
	}
}

func TestWhatCameBeyondAPaymentIsSaid(t *testing.T) {
	o := open(t)
	c := example()
	c.Taille = 3
	o.signs(t, c)
	o.receives(t, ofExample+"fonctionnement:1:whole", 75_000_00)
	o.receives(t, ofExample+"acces:1:advance", 9_000_00) // of 9,452.05
	c.Taille = 1

	o.signs(t, c)

	if d := o.dues(t, "fonctionnement", 1)[funding.Whole]; d.State != funding.DueCame || d.Amount.Cents != 50_000_00 || d.Overpaid != 25_000_00 {
		t.Errorf("%+v", d)
	}
	if d := o.dues(t, "acces", 1)[funding.Advance]; d.State != funding.DueCame || d.Amount.Cents != 5_671_23 || d.Overpaid != 9_000_00-5_671_23 {
		t.Errorf("%+v", d)
	}
	if x := o.expects(t, ofExample+"acces:1:advance"); x.Left() != 0 {
		t.Errorf("more is awaited than is due: %+v", x)
	}
}

// Whatever is corrected between receipts and their reversals, the calendar shows
// all that the books hold of a contract, year by year and envelope by envelope, and
// no payment twice.
func TestTheCalendarShowsAllThatCame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := open(t)
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			c := example()
			c.Signed = civil.MustDate("2026-01-15").AddDays(rapid.IntRange(0, 40).Draw(rt, "signed"))
			c.Taille = rapid.IntRange(1, 4).Draw(rt, "taille")
			c.Starts[0].On = c.Signed.AddDays(rapid.IntRange(0, 800).Draw(rt, "start"))
			if rapid.Bool().Draw(rt, "unstarted") {
				c.Starts = nil
			}
			o.signs(t, c)
			o.comesAndGoes(rt)
		}
		years, codes := map[int]funding.Cents{}, map[string]funding.Cents{}
		for _, e := range o.record.entries {
			for _, l := range e.Lines {
				if l.Account == "741" {
					years[l.Year] += l.Credit - l.Debit
					codes[l.Envelope] += l.Credit - l.Debit
				}
			}
		}
		dues, _, err := o.Calendar(t.Context(), treasurer, senart)
		if err != nil {
			rt.Fatal(err)
		}
		seen := map[string]bool{}
		for _, d := range dues {
			if d.Expectation != "" && seen[d.Expectation] {
				rt.Fatalf("twice: %+v", d)
			}
			seen[d.Expectation] = true
			years[d.Year] -= d.Received
			codes[d.Code] -= d.Received
		}
		for year, apart := range years {
			if apart != 0 {
				rt.Fatalf("year %d: the books and the calendar are %s apart", year, apart)
			}
		}
		for code, apart := range codes {
			if apart != 0 {
				rt.Fatalf("%s: the books and the calendar are %s apart", code, apart)
			}
		}
	})
}

// comesAndGoes receives something of what is awaited, or reverses something that came.
func (o office) comesAndGoes(rt *rapid.T) {
	rt.Helper()
	if len(o.record.entries) > 0 && rapid.Bool().Draw(rt, "reverse") {
		e := rapid.SampledFrom(o.record.entries).Draw(rt, "entry")
		_, _ = o.Reverse(context.Background(), treasurer, e.ID, e.On, "Erreur", o.NewID()) // refused when it was reversed
		return
	}
	dues, _, err := o.Calendar(context.Background(), treasurer, senart)
	if err != nil {
		rt.Fatal(err)
	}
	d := rapid.SampledFrom(dues).Draw(rt, "due")
	amount := funding.Cents(rapid.Int64Range(1, 100_000_00).Draw(rt, "amount"))
	if x := o.record.expected[d.Expectation]; x.Left() > 0 {
		if _, err := o.ReceiveSum(context.Background(), treasurer, d.Expectation, receipt(min(amount, x.Left())), o.NewID()); err != nil {
			rt.Fatal(err)
		}
	}
}

// Deferring income or an expense, by a proposal or by hand, and taking that back,
// changes no envelope and nobody's indemnities: the money came, or went.
func TestDeferringMoneyChangesNoEnvelope(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		about := funding.Dimensions{Contract: "c", Year: rapid.IntRange(0, 5).Draw(rt, "year"),
			Envelope: rapid.SampledFrom([]string{"", "acces", "snp_orientation"}).Draw(rt, "envelope"),
			Person:   rapid.SampledFrom([]string{"", "doctor"}).Draw(rt, "person")}
		amount := funding.Cents(rapid.Int64Range(1, 1_000_000_00).Draw(rt, "amount"))
		sides := rapid.SampledFrom([][2]string{{"741", "487"}, {"487", "741"}, {"486", "6226"}, {"6226", "486"}}).Draw(rt, "accounts")
		e := funding.Entry{Journal: "OD", On: civil.MustDate("2026-12-31"), Lines: []funding.Line{
			{Account: sides[0], Debit: amount, Dimensions: about}, {Account: sides[1], Credit: amount, Dimensions: about}}}
		for _, one := range []funding.Entry{e, e.Reversal()} {
			moves, err := one.Movements()
			if err != nil {
				rt.Fatal(err)
			}
			for _, m := range moves {
				if m.Received != 0 || m.Spent != 0 {
					rt.Fatalf("%+v changes %+v", one.Lines, m)
				}
			}
		}
	})
}

func TestWhatTheYearEndDefersStaysInItsEnvelope(t *testing.T) {
	o := closes(t)
	before, err := o.Envelopes(t.Context(), treasurer, senart)
	if err != nil {
		t.Fatal(err)
	}
	same := func(when string) {
		t.Helper()
		after, err := o.Envelopes(t.Context(), treasurer, senart)
		if err != nil {
			t.Fatal(err)
		}
		for i := range before {
			if before[i].Received != after[i].Received || before[i].Spent != after[i].Spent {
				t.Errorf("%s: %+v was %+v", when, after[i], before[i])
			}
		}
	}
	_, all := o.proposed(t)
	for i, e := range all {
		o.writes(t, all[i:i+1])
		same(e.Key)
	}
	for i := len(all) - 1; i >= 0; i-- {
		_, written := o.proposed(t)
		for _, e := range written {
			if e.Key == all[i].Key && e.Written != "" {
				if _, err := o.Reverse(t.Context(), treasurer, e.Written, e.Draft.On, "Erreur", o.NewID()); err != nil {
					t.Fatal(e.Key, err)
				}
			}
		}
		same("without " + all[i].Key)
	}
}

func TestBalancesThatOpenAYearReceiveNothing(t *testing.T) {
	about := funding.Dimensions{Contract: "c", Envelope: "acces"}
	e := funding.Entry{Journal: "AN", Lines: []funding.Line{{Account: "512", Debit: 100, Dimensions: about}, {Account: "487", Credit: 100, Dimensions: about}}}
	if moves, err := e.Movements(); err != nil || len(moves) != 0 {
		t.Errorf("%v %+v", err, moves)
	}
	e.Journal = "BQ"
	if moves, err := e.Movements(); err != nil || len(moves) != 1 || moves[0].Received != 100 {
		t.Errorf("money that came for the next year: %v %+v", err, moves)
	}
}
