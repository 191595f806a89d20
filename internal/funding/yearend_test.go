package funding_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

// closes is a small book of 2026: the whole of fonctionnement and an advance came,
// and of 55,000.00 for orientation 40,000.00 were spent.
func closes(t *testing.T) office {
	o := open(t)
	c := o.signs(t, example())
	for _, in := range []struct {
		amount funding.Cents
		about  funding.Dimensions
	}{
		{60_000_00, funding.Dimensions{Contract: c.ID, Year: 1, Envelope: "fonctionnement", Budget: funding.Fonctionnement}},
		{6_616_44, funding.Dimensions{Contract: c.ID, Year: 1, Mission: "acces", Envelope: "acces", Budget: funding.Operationnel}},
		{55_000_00, funding.Dimensions{Contract: c.ID, Year: 1, Mission: "acces", Envelope: "snp_orientation"}},
		{500_00, funding.Dimensions{}}, // of no contract year
	} {
		d := draft(in.amount, "512", "741")
		d.Lines[1].Dimensions = in.about
		if _, err := o.Post(t.Context(), treasurer, d, o.NewID()); err != nil {
			t.Fatal(err)
		}
	}
	o.spends(t, 40_000_00, "6226", funding.Dimensions{Contract: c.ID, Envelope: "snp_orientation"})
	if _, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate("2027-01-01"), civil.MustDate("2027-12-31")); err != nil {
		t.Fatal(err)
	}
	return o
}

// proposed lists the entries of the year's end as key, day, amounts; "=" when written.
func (o office) proposed(t *testing.T) (texts []string, all []funding.YearEndEntry) {
	t.Helper()
	all, err := o.YearEnd(t.Context(), treasurer, senart, 2026)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		text := e.Key + " " + e.Draft.On.String() + " " + e.Draft.Lines[0].Account + ">" + e.Draft.Lines[1].Account + " " + e.Draft.Lines[0].Debit.String()
		if e.Written != "" {
			text += " ="
		}
		texts = append(texts, text)
	}
	return texts, all
}

func (o office) writes(t *testing.T, all []funding.YearEndEntry) {
	t.Helper()
	for _, e := range all {
		if _, err := o.Post(t.Context(), treasurer, e.Draft, e.Key); e.Written == "" && err != nil {
			t.Fatal(e.Key, err, fault.Of(err).Fields)
		}
	}
}

func TestTheYearEndKeepsEarmarkedMoneyAndDefersIncome(t *testing.T) {
	o := closes(t)
	// 14 days of 2027 are of the contract year that ends on the 15th: of 365 for
	// fonctionnement, of 184 for access to care.
	want := []string{
		"FD-2026-snp_orientation 2026-12-31 6894>194 15000.00",
		"RFD-2026-snp_orientation 2027-01-01 194>7894 15000.00",
		"PCA-2026-741-fonctionnement-1 2026-12-31 741>487 2301.37",
		"PCA-2026-741-acces-1 2026-12-31 741>487 503.42",
		"RPCA-2026-741-fonctionnement-1 2027-01-01 487>741 2301.37",
		"RPCA-2026-741-acces-1 2027-01-01 487>741 503.42",
	}
	texts, all := o.proposed(t)
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Fatal(diff)
	}
	o.writes(t, all)
	o.writes(t, all) // nothing is written twice
	if len(o.record.entries) != 11 {
		t.Errorf("%d entries", len(o.record.entries))
	}
	for i := range want {
		want[i] += " ="
	}
	texts, _ = o.proposed(t)
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Error(diff)
	}
}

func TestTheClosedBookBalancesAndLeavesNoEarmarkedMoney(t *testing.T) {
	o := closes(t)
	_, all := o.proposed(t)
	o.writes(t, all)
	var debit, credit, left funding.Cents
	accounts := map[string]funding.Cents{}
	for _, e := range o.record.entries {
		for _, l := range e.Lines {
			debit, credit = debit+l.Debit, credit+l.Credit
			if e.FiscalYear == 2026 && l.Envelope == "snp_orientation" && (l.Account[0] == '6' || l.Account[0] == '7') {
				left += l.Credit - l.Debit
			}
			if l.Account == "194" || l.Account == "487" {
				accounts[l.Account] += l.Debit - l.Credit
			}
		}
	}
	if debit != credit || left != 0 || accounts["194"] != 0 || accounts["487"] != 0 {
		t.Errorf("%s against %s, %s left in 2026, %v carried", debit, credit, left, accounts)
	}
	envelopes, err := o.Envelopes(t.Context(), treasurer, senart)
	if e := envelopes[3]; err != nil || e.Left() != 15_000_00 || e.Received != 55_000_00 || e.Spent != 40_000_00 {
		t.Errorf("%+v %v", envelopes, err)
	}
	if n, err := funding.Walk(t.Context(), o.record, senart); n != 11 || err != nil {
		t.Errorf("%d %v", n, err)
	}
}

func TestAReversedOrLateEntryIsProposedUnderANewKey(t *testing.T) {
	o := closes(t)
	_, all := o.proposed(t)
	o.writes(t, all[:1])
	written := o.record.entries[len(o.record.entries)-1]
	if _, err := o.Reverse(t.Context(), treasurer, written.ID, civil.MustDate("2026-12-31"), "Erreur", "r"); err != nil {
		t.Fatal(err)
	}
	texts, all := o.proposed(t)
	if texts[0] != "FD-2026-snp_orientation.2 2026-12-31 6894>194 15000.00" || texts[1] != "RFD-2026-snp_orientation.2 2027-01-01 194>7894 15000.00" {
		t.Error(texts)
	}
	o.writes(t, all)
	// A forgotten payment of the same year comes in.
	late := draft(1_000_00, "512", "741")
	late.Lines[1].Dimensions = funding.Dimensions{Contract: written.Lines[0].Contract, Year: 1, Envelope: "snp_orientation"}
	if _, err := o.Post(t.Context(), treasurer, late, "late"); err != nil {
		t.Fatal(err)
	}
	texts, _ = o.proposed(t)
	want := []string{"FD-2026-snp_orientation.2 2026-12-31 6894>194 15000.00 =", "FD-2026-snp_orientation.3 2026-12-31 6894>194 1000.00",
		"RFD-2026-snp_orientation.2 2027-01-01 194>7894 15000.00 =", "RFD-2026-snp_orientation.3 2027-01-01 194>7894 1000.00"}
	if diff := cmp.Diff(want, texts[:4]); diff != "" {
		t.Error(diff)
	}
}

func TestOnlyAYearThatWasOpenedEnds(t *testing.T) {
	o := open(t)
	_, err := o.YearEnd(t.Context(), treasurer, senart, 2031)
	reason(t, err, "funding.no_year")
	_, err = o.YearEnd(t.Context(), stranger, senart, 2026)
	reason(t, err, "account.forbidden")
	if all, err := o.YearEnd(t.Context(), treasurer, senart, 2026); len(all) != 0 || err != nil {
		t.Errorf("%v %v", all, err)
	}
}
