package funding_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
)

// balanceSheet is what entries make of the balance sheet, and their result (as a credit).
func balanceSheet(entries []funding.Entry, of func(funding.Entry) bool) map[string]funding.Cents {
	all := map[string]funding.Cents{}
	for _, e := range entries {
		for _, l := range e.Lines {
			account := l.Account
			if account[0] == '6' || account[0] == '7' {
				account = "result"
			}
			if of(e) {
				all[account] += l.Debit - l.Credit
			}
		}
	}
	maps.DeleteFunc(all, func(_ string, c funding.Cents) bool { return c == 0 })
	return all
}

func day(year, month, day int) civil.Date {
	return civil.MustDate(fmt.Sprintf("%d-%02d-%02d", year, month, day))
}

func of(year int) func(funding.Entry) bool {
	return func(e funding.Entry) bool { return e.FiscalYear == year }
}

func opening(e funding.Entry) bool { return e.Journal == "AN" && e.Reverses == "" }

// ends writes all that the end of a year asks for, closes it, and writes what opens
// the next one.
func (o office) ends(t testing.TB, year int) {
	t.Helper()
	for range 2 {
		o.writesAll(t, year)
		if _, err := o.closesYear(t, year); err != nil && fault.Reason(err) != "funding.year_closed" {
			t.Fatal(err)
		}
	}
}

// closesYear closes a year on the first day after it.
func (o office) closesYear(t testing.TB, year int) (funding.FiscalYear, error) {
	t.Helper()
	o.Now = func() time.Time { return time.Date(year+1, 1, 1, 12, 0, 0, 0, time.UTC) }
	return o.CloseYear(t.Context(), treasurer, senart, day(year, 12, 31))
}

func (o office) writesAll(t testing.TB, year int) {
	t.Helper()
	all, err := o.YearEnd(t.Context(), treasurer, senart, year)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range all {
		if one.Written != "" {
			continue
		}
		if _, err := o.Post(t.Context(), treasurer, one.Draft, one.Key); err != nil {
			t.Fatal(one.Key, err, fault.Of(err).Fields)
		}
	}
}

func (o office) opens(t testing.TB, year int) {
	t.Helper()
	if _, err := o.OpenYear(t.Context(), treasurer, senart, day(year, 1, 1), day(year, 12, 31)); err != nil {
		t.Fatal(err)
	}
}

func TestTheNextYearOpensWithTheBalanceSheetOfTheClosedOne(t *testing.T) {
	o := closes(t)
	texts, _ := o.proposed(t)
	o.ends(t, 2026)
	after, all := o.proposed(t)
	if len(after) != len(texts)+1 || all[len(all)-1].Kind != funding.Opening || all[len(all)-1].Written == "" {
		t.Fatal(after)
	}
	o.writes(t, all) // nothing is written twice
	if len(o.record.entries) != 12 {
		t.Errorf("%d entries", len(o.record.entries))
	}

	closed, opened := balanceSheet(o.record.entries, of(2026)), balanceSheet(o.record.entries, opening)
	closed["120"] = closed["result"] // the surplus
	delete(closed, "result")
	if diff := cmp.Diff(closed, opened); diff != "" || opened["194"] != -15_000_00 || opened["487"] != -2_804_79 || opened["120"] != -64_311_65 {
		t.Error(diff, opened)
	}
	// What is taken back on the first day leaves nothing of it.
	if next := balanceSheet(o.record.entries, of(2027)); next["194"] != 0 || next["487"] != 0 || next["512"] != opened["512"] {
		t.Error(next)
	}
	for m := range o.record.standings[senart] {
		if m.Person != "" {
			t.Errorf("%+v is counted", m)
		}
	}
	envelopes, err := o.Envelopes(t.Context(), treasurer, senart)
	if e := envelopes[3]; err != nil || e.Received != 55_000_00 || e.Spent != 40_000_00 {
		t.Errorf("%+v %v", envelopes, err)
	}
	if _, outside, err := o.Budget(t.Context(), treasurer, senart, 2027); err != nil || outside != 0 {
		t.Errorf("%s %v", outside, err)
	}
}

func TestAYearOpensOnceWhoeverAsks(t *testing.T) {
	o := closes(t)
	o.ends(t, 2026)
	_, all := o.proposed(t)
	made := all[len(all)-1]
	second := account.Actor{ID: "acc-2", Roles: treasurer.Roles, Territories: treasurer.Territories}
	_, err := o.Post(t.Context(), second, made.Draft, made.Key) // from a page that is a minute old
	reason(t, err, "funding.year_end_written")

	o.opens(t, 2028)
	written := o.record.entries[len(o.record.entries)-1]
	reason(t, o.reverses(t, written, "2028-01-01"), "funding.opening_year")
	if err := o.reverses(t, written, "2027-02-01"); err != nil {
		t.Fatal(err)
	}
	texts, all := o.proposed(t)
	if last := all[len(all)-1]; last.Key != "AN-2026-bilan.2" || last.Written != "" {
		t.Error(texts)
	}
	o.writesAll(t, 2026)
	if diff := cmp.Diff(balanceSheet(o.record.entries, of(2026))["512"], balanceSheet(o.record.entries, of(2027))["512"]); diff != "" {
		t.Error(diff)
	}
}

func TestAYearThatWasOpenedByHandIsNotOpenedAgain(t *testing.T) {
	o := closes(t)
	o.writesAll(t, 2026)
	byHand := draft(27_116_44, "512", "110")
	byHand.Journal, byHand.On = "AN", day(2027, 1, 1)
	if _, err := o.Post(t.Context(), treasurer, byHand, "h"); err != nil {
		t.Fatal(err)
	}
	before := len(o.record.entries)
	o.ends(t, 2026)
	if len(o.record.entries) != before {
		t.Errorf("%+v", o.record.entries[before:])
	}
}

// lives writes what a year receives and spends.
func (o office) lives(t testing.TB, year int, received, spent funding.Cents) {
	t.Helper()
	for _, d := range []funding.Draft{draft(received, "512", "756"), draft(spent, "606", "401")} {
		d.On = day(year, 6, 15)
		if _, err := o.Post(t.Context(), treasurer, d, o.NewID()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestResultsWaitFromYearToYearUntilSomebodyAllocatesThem(t *testing.T) {
	o := open(t)
	o.opens(t, 2027)
	o.opens(t, 2028)
	o.opens(t, 2029)
	o.lives(t, 2026, 1_000_00, 400_00)
	o.lives(t, 2027, 100_00, 350_00)
	o.lives(t, 2028, 90_00, 20_00)
	o.ends(t, 2026)
	allocated := draft(500_00, "120", "110") // the assembly keeps 500.00 of 600.00
	allocated.Journal, allocated.On = "OD", day(2027, 5, 1)
	if _, err := o.Post(t.Context(), treasurer, allocated, "a"); err != nil {
		t.Fatal(err)
	}
	o.ends(t, 2027)
	o.ends(t, 2028)
	for year, want := range map[int]map[string]funding.Cents{
		2027: {"512": 1_000_00, "401": -400_00, "120": -600_00},
		2028: {"512": 1_100_00, "401": -750_00, "110": -500_00, "120": -100_00, "129": 250_00},
		2029: {"512": 1_190_00, "401": -770_00, "110": -500_00, "120": -170_00, "129": 250_00},
	} {
		got := balanceSheet(o.record.entries, func(e funding.Entry) bool { return opening(e) && e.FiscalYear == year })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(year, diff)
		}
	}
}

func TestAYearThatNobodyOpenedIsCaughtUpWithLater(t *testing.T) {
	o := open(t)
	o.opens(t, 2027)
	o.lives(t, 2026, 1_000_00, 400_00)
	o.lives(t, 2027, 100_00, 50_00)
	for _, year := range []int{2026, 2027} { // closed before anything opened 2027
		o.opens(t, year+2)
		if year == 2027 {
			if all, err := o.YearEnd(t.Context(), treasurer, senart, 2027); len(all) != 0 || err != nil {
				t.Fatal(all, err)
			}
		}
		if _, err := o.closesYear(t, year); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := o.YearEnd(t.Context(), treasurer, senart, 2026); len(all) != 0 || err != nil {
		t.Error(all, err) // 2027 takes no entry
	}
	o.writesAll(t, 2027)
	want := map[string]funding.Cents{"512": 1_100_00, "401": -450_00, "120": -650_00}
	if diff := cmp.Diff(want, balanceSheet(o.record.entries, of(2028))); diff != "" {
		t.Error(diff)
	}
}

// Whatever the books hold, what a year leaves is carried into the next to the cent,
// once however often it is written.
func TestWhatAYearLeavesIsCarriedToTheCent(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := open(t)
		accounts := []string{"110", "120", "129", "401", "467", "512", "530", "606", "6411", "741", "756"}
		for year := 2026; year <= 2028; year++ {
			o.opens(t, year+1)
			for i := range rapid.IntRange(0, 8).Draw(rt, "entries") {
				d := draft(funding.Cents(rapid.Int64Range(1, 1_000_000_00).Draw(rt, "amount")),
					rapid.SampledFrom(accounts).Draw(rt, "debit"), rapid.SampledFrom(accounts).Draw(rt, "credit"))
				d.On, d.Piece = day(year, rapid.IntRange(1, 12).Draw(rt, "month"), 1), fmt.Sprint("P-", i)
				if _, err := o.Post(t.Context(), treasurer, d, o.NewID()); err != nil {
					rt.Fatal(err)
				}
			}
			if rapid.Bool().Draw(rt, "now") || year == 2028 {
				o.ends(t, year)
				o.ends(t, year)
			} else if _, err := o.closesYear(t, year); err != nil {
				rt.Fatal(err)
			}
		}
		want := balanceSheet(o.record.entries, func(e funding.Entry) bool { return e.Journal != "AN" })
		got := balanceSheet(o.record.entries, func(e funding.Entry) bool { return e.FiscalYear == 2029 })
		// Which of 120 and 129 a result waits on depends on its year.
		want["result"] += want["120"] + want["129"]
		got["result"] += got["120"] + got["129"]
		for _, all := range []map[string]funding.Cents{want, got} {
			maps.DeleteFunc(all, func(account string, c funding.Cents) bool { return account == "120" || account == "129" || c == 0 })
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func TestForeignToolsAcceptAYearThatOpensWithItsBalances(t *testing.T) {
	o := closes(t)
	o.ends(t, 2026)
	year := slices.DeleteFunc(slices.Clone(o.record.entries), func(e funding.Entry) bool { return e.FiscalYear != 2027 })
	c := chart(t).For(day(2027, 1, 1), day(2027, 12, 31))
	var fec, journal, bean bytes.Buffer
	if err := funding.WriteFEC(&fec, c, slices.Values(year)); err != nil {
		t.Fatal(err)
	}
	if got, err := funding.ReadFEC(&fec); err != nil || got.Entries != len(year) || got.Debit != got.Credit {
		t.Errorf("%+v %v", got, err)
	}
	if err := funding.WriteJournal(&journal, c, slices.Values(year)); err != nil {
		t.Fatal(err)
	}
	if err := funding.WriteBeancount(&bean, c, slices.Values(year)); err != nil {
		t.Fatal(err)
	}
	for _, tool := range []struct {
		text []byte
		args []string
	}{
		{journal.Bytes(), []string{"hledger", "check", "--strict", "ordereddates", "uniqueleafnames", "-f"}},
		{journal.Bytes(), []string{"ledger", "--args-only", "--pedantic", "bal", "-f"}},
		{bean.Bytes(), []string{"bean-check"}},
	} {
		path := filepath.Join(t.TempDir(), "books")
		if err := os.WriteFile(path, tool.text, 0o600); err != nil {
			t.Fatal(err)
		}
		accept(t, path, tool.args[0], tool.args[1:]...)
	}
}

func TestTheEndOfAYearSpeaksInTheWordsOfTheSchedule(t *testing.T) {
	o := closes(t)
	_, all := o.proposed(t)
	var labels []string
	for _, one := range all {
		labels = append(labels, one.Draft.Label)
	}
	want := []string{
		"Report en fonds dédiés : Traitement et orientation des demandes de soins non programmés, exercice 2026",
		"Reprise : Report en fonds dédiés : Traitement et orientation des demandes de soins non programmés, exercice 2026",
		"Produits constatés d’avance : Fonctionnement, année 1 du contrat, 14 jours sur 365",
		"Produits constatés d’avance : Accès aux soins, année 1 du contrat, 14 jours sur 184",
		"Reprise : Produits constatés d’avance : Fonctionnement, année 1 du contrat, 14 jours sur 365",
		"Reprise : Produits constatés d’avance : Accès aux soins, année 1 du contrat, 14 jours sur 184",
	}
	if diff := cmp.Diff(want, labels); diff != "" {
		t.Error(diff)
	}
}
