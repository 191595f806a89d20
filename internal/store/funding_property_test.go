package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// TestTotalsAreTheSumOfWhatWasAccepted writes random entries, sound and unsound,
// and holds what is kept against a ledger in memory. Each run has a territory of
// its own in the database.
func TestTotalsAreTheSumOfWhatWasAccepted(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o, runs := newOffice(t, db), 0
		rapid.Check(t, func(rt *rapid.T) {
			runs++
			land := fmt.Sprintf("cpts-%d", runs)
			who := account.Actor{ID: "acc-" + land, Roles: []account.Role{account.Treasurer}, Territories: []string{land}}
			for _, year := range []int{2026, 2027} {
				_, err := o.OpenYear(t.Context(), who, land, civil.Date{Year: year, Month: 1, Day: 1}, civil.Date{Year: year, Month: 12, Day: 31})
				o.must(err)
			}
			o.signs(land, "contract-"+land)
			var written []funding.Entry
			for i := range rapid.IntRange(1, 12).Draw(rt, "entries") {
				d := drawDraft(rt, land)
				e, err := o.Post(t.Context(), who, d, fmt.Sprint(i))
				if err == nil {
					written = append(written, e)
				} else if fault.Of(err).Kind == fault.Internal {
					rt.Fatalf("%v for %+v", err, d)
				}
			}
			want := map[int]map[string]funding.AccountTotal{2026: {}, 2027: {}}
			for _, e := range written {
				for _, l := range e.Lines {
					sum := want[e.On.Year][l.Account]
					want[e.On.Year][l.Account] = funding.AccountTotal{Account: l.Account, Debit: sum.Debit + l.Debit, Credit: sum.Credit + l.Credit}
				}
			}
			for year, sums := range want {
				kept, err := o.record.Balances(t.Context(), land, year)
				o.must(err)
				got := map[string]funding.AccountTotal{}
				for _, total := range kept {
					got[total.Account] = total
				}
				if diff := cmp.Diff(sums, got); diff != "" {
					rt.Fatalf("%d: %s", year, diff)
				}
			}
			read, err := o.record.Entries(t.Context(), funding.EntryQuery{Territory: land})
			if diff := cmp.Diff(len(written), len(read)); diff != "" || err != nil {
				rt.Fatalf("%v %s", err, diff)
			}
			if n, err := o.record.Verify(t.Context(), land); n != int64(len(written)) || err != nil {
				rt.Fatalf("%d of %d hold: %v", n, len(written), err)
			}
		})
	})
}

// drawDraft is an entry of two to five lines that balances, most of the time.
func drawDraft(rt *rapid.T, land string) funding.Draft {
	year := rapid.SampledFrom([]string{"2026-03-01", "2026-12-31", "2027-01-01", "2028-01-01"}).Draw(rt, "on")
	d := funding.Draft{Territory: land, Journal: rapid.SampledFrom([]string{"BQ", "OD"}).Draw(rt, "journal"), On: civil.MustDate(year),
		Label: rapid.StringMatching(`[A-Za-zéœ’ ]{0,30}\.`).Draw(rt, "label"), Piece: "P-1"}
	var debits funding.Cents
	for range rapid.IntRange(1, 4).Draw(rt, "debits") {
		amount := funding.Cents(rapid.Int64Range(1, 1_000_000_000).Draw(rt, "amount"))
		debits += amount
		d.Lines = append(d.Lines, funding.Line{Account: drawAccount(rt), Debit: amount, Dimensions: drawDimensions(rt, land)})
	}
	off := rapid.SampledFrom([]funding.Cents{0, 0, 0, 0, 0, 1}).Draw(rt, "off")
	d.Lines = append(d.Lines, funding.Line{Account: drawAccount(rt), Credit: debits + off, Dimensions: drawDimensions(rt, land)})
	return d
}

func drawAccount(rt *rapid.T) string {
	return rapid.SampledFrom([]string{"512", "441", "741", "742", "6226", "6411", "194", "999"}[:rapid.SampledFrom([]int{7, 7, 7, 8}).Draw(rt, "known")]).Draw(rt, "account")
}

func drawDimensions(rt *rapid.T, land string) funding.Dimensions {
	return funding.Dimensions{Contract: rapid.SampledFrom([]string{"", "contract-" + land}).Draw(rt, "contract"),
		Envelope: rapid.SampledFrom([]string{"", "", "acces", earmarked}).Draw(rt, "envelope"),
		Person:   rapid.SampledFrom([]string{"", "", "", "gp-1"}).Draw(rt, "person")}
}
