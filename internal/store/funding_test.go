package store_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

var everyDimension = funding.Dimensions{Contract: "contract-1", Year: 2, Mission: "acces", Envelope: earmarked, Budget: funding.Operationnel,
	Evidence: "booking-1", Person: "gp-1"}

func TestAnEntryIsReadAsItWasWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		d := pays(10_000, "512", "741")
		d.Lines[1].Dimensions = everyDimension
		for range 60 { // several statements
			d.Lines = append(d.Lines, funding.Line{Account: "6226", Debit: 1, Dimensions: everyDimension}, funding.Line{Account: "512", Credit: 1})
		}
		written := o.posts(d, "k")
		back, err := o.Reverse(t.Context(), treasurer, written.ID, civil.MustDate("2026-07-01"), "Erreur", "r")
		o.must(err)
		o.posted(1)

		read, err := o.record.Entry(t.Context(), written.ID)
		if diff := cmp.Diff(written, read); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		page, err := o.Entries(t.Context(), treasurer, funding.EntryQuery{Territory: senart, Limit: 2})
		if diff := cmp.Diff([]funding.Entry{written, back}, page); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		_, err = o.record.Entry(t.Context(), "nowhere")
		reasonIs(t, err, "funding.entry_unknown")
		o.hold(3)
	})
}

func TestEntriesAreFoundByWhatTheyAreAbout(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		_, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate("2027-01-01"), civil.MustDate("2027-12-31"))
		o.must(err)
		received := pays(100, "512", "741")
		received.Lines[1].Envelope = earmarked
		o.posts(received, "1")
		o.posts(pays(100, "6226", "512"), "2")
		later := pays(100, "6226", "512")
		later.On, later.Journal = civil.MustDate("2027-01-01"), "OD"
		o.posts(later, "3")
		for name, test := range map[string]struct {
			q    funding.EntryQuery
			want []int64
		}{
			"all":              {funding.EntryQuery{}, []int64{1, 2, 3}},
			"after":            {funding.EntryQuery{After: 1, Limit: 1}, []int64{2}},
			"year":             {funding.EntryQuery{Year: 2026}, []int64{1, 2}},
			"journal":          {funding.EntryQuery{Journal: "OD"}, []int64{3}},
			"account":          {funding.EntryQuery{Account: "6226"}, []int64{2, 3}},
			"two apart":        {funding.EntryQuery{Account: "512", Journal: "BQ"}, []int64{1, 2}},
			"envelope":         {funding.EntryQuery{Envelope: earmarked}, []int64{1}},
			"account and year": {funding.EntryQuery{Account: "6226", Year: 2027}, []int64{3}},
			"both":             {funding.EntryQuery{Account: "512", Envelope: earmarked, Limit: 5}, []int64{1}},
			"of another line":  {funding.EntryQuery{Account: "6226", Envelope: earmarked}, nil},
			"of a page":        {funding.EntryQuery{Account: "512", After: 1, Limit: 1}, []int64{2}},
			"of no year":       {funding.EntryQuery{Account: "512", Year: 2030}, nil},

			"newest":                 {funding.EntryQuery{Newest: true}, []int64{3, 2, 1}},
			"newest, second page":    {funding.EntryQuery{Newest: true, After: 3, Limit: 1}, []int64{2}},
			"newest of a year":       {funding.EntryQuery{Newest: true, Year: 2026}, []int64{2, 1}},
			"newest of an account":   {funding.EntryQuery{Newest: true, Account: "512", Limit: 2}, []int64{3, 2}},
			"newest, its next page":  {funding.EntryQuery{Newest: true, Account: "512", After: 2, Limit: 2}, []int64{1}},
			"newest of account-year": {funding.EntryQuery{Newest: true, Account: "512", Year: 2026}, []int64{2, 1}},
		} {
			test.q.Territory = senart
			page, err := o.record.Entries(t.Context(), test.q)
			o.must(err)
			var got []int64
			for _, e := range page {
				got = append(got, e.Number)
				if len(e.Lines) != 2 {
					t.Errorf("%s: entry %d has %d lines", name, e.Number, len(e.Lines))
				}
			}
			if !cmp.Equal(got, test.want) {
				t.Errorf("%s: %v", name, got)
			}
		}
		elsewhere, err := o.record.Entries(t.Context(), funding.EntryQuery{Territory: "cpts-ailleurs"})
		if len(elsewhere) != 0 || err != nil {
			t.Errorf("%v %v", elsewhere, err)
		}
	})
}

func TestEntriesThatLieApartHaveTheirOwnLines(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		for i := range 250 { // several statements
			d := pays(funding.Cents(i+1), "512", "741")
			d.Journal = []string{"BQ", "OD"}[i%2]
			o.posts(d, fmt.Sprint(i))
		}
		odd, err := o.record.Entries(t.Context(), funding.EntryQuery{Territory: senart, Journal: "OD"})
		o.must(err)
		if len(odd) != 125 {
			t.Fatalf("%d entries", len(odd))
		}
		some, err := o.record.Entries(t.Context(), funding.EntryQuery{Territory: senart, Journal: "OD", Account: "512", After: 2, Limit: 110})
		if err != nil || !cmp.Equal(some, odd[1:111]) {
			t.Errorf("%d entries of an account, %v", len(some), err)
		}
		some, err = o.record.Entries(t.Context(), funding.EntryQuery{Territory: senart, Journal: "OD", Account: "512", Newest: true, After: 250, Limit: 110})
		slices.Reverse(some)
		if err != nil || !cmp.Equal(some, odd[14:124]) {
			t.Errorf("%d newest entries of an account, %v", len(some), err)
		}
		for _, e := range odd {
			if len(e.Lines) != 2 || e.Lines[0].Debit != funding.Cents(e.Number) {
				t.Errorf("entry %d: %+v", e.Number, e.Lines)
			}
		}
	})
}

func TestTotalsAndStandingsFollowTheEntries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		received := pays(5_000, "512", "741")
		received.Lines[1].Dimensions = funding.Dimensions{Contract: "contract-1", Envelope: earmarked}
		o.posts(received, "1")
		spent := pays(2_000, "6226", "512")
		spent.Lines[0].Dimensions = funding.Dimensions{Contract: "contract-1", Envelope: earmarked, Person: "gp-1"}
		o.posts(spent, "2")
		o.posts(spent, "3")

		totals, err := o.Totals(t.Context(), treasurer, senart, 2026)
		want := []funding.AccountTotal{{Account: "512", Debit: 5_000, Credit: 4_000}, {Account: "6226", Debit: 4_000}, {Account: "741", Credit: 5_000}}
		if diff := cmp.Diff(want, totals); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		standings, err := o.Standings(t.Context(), treasurer, senart)
		stand := []funding.Movement{{Person: "gp-1", Year: 2026, Spent: 4_000},
			{Contract: "contract-1", Envelope: earmarked, Received: 5_000, Spent: 4_000}}
		if diff := cmp.Diff(stand, standings); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		expenses, err := o.record.Expenses(t.Context(), senart, 2026)
		if diff := cmp.Diff([]funding.Expense{{Account: "6226", Dimensions: spent.Lines[0].Dimensions, Amount: 4_000}}, expenses); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		_, err = o.Post(t.Context(), treasurer, spent, "4")
		reasonIs(t, err, "funding.earmarked")
		o.hold(3)
	})
}

func TestASumThatDoesNotFitIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		add := func(amount funding.Cents) error {
			return o.record.InTx(t.Context(), func(ctx context.Context, tx funding.Tx) error {
				head, err := tx.Head(ctx, senart)
				if err != nil {
					return err
				}
				d := pays(amount, "512", "441")
				e := funding.Entry{ID: o.NewID(), Number: head.Number + 1, Territory: senart, Journal: "BQ", On: d.On, FiscalYear: 2026, Label: d.Label,
					Piece: d.Piece, PieceOn: d.On, Lines: d.Lines, At: noon, By: treasurer.ID}
				return tx.AddEntry(ctx, e.Seal(head.Hash))
			})
		}
		o.must(add(math.MaxInt64 - 1))
		o.must(add(1))
		reasonIs(t, add(1), "funding.amount")
		totals, err := o.record.Balances(t.Context(), senart, 2026)
		want := []funding.AccountTotal{{Account: "441", Credit: math.MaxInt64}, {Account: "512", Debit: math.MaxInt64}}
		if diff := cmp.Diff(want, totals); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		o.hold(2)
	})
}

func TestFiscalYearsDoNotOverlap(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		for _, days := range [][2]string{{"2026-01-01", "2026-12-31"}, {"2025-06-01", "2026-01-01"}, {"2026-12-31", "2027-12-30"}, {"2025-01-01", "2026-12-31"}} {
			_, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate(days[0]), civil.MustDate(days[1]))
			reasonIs(t, err, "funding.year_overlaps")
		}
		_, err := o.OpenYear(t.Context(), treasurer, senart, civil.MustDate("2025-03-01"), civil.MustDate("2025-12-31"))
		o.must(err)
		_, err = o.OpenYear(t.Context(), treasurer, senart, civil.MustDate("2025-01-01"), civil.MustDate("2025-02-28"))
		reasonIs(t, err, "funding.year_twice")
		closed, err := o.CloseYear(t.Context(), treasurer, senart, civil.MustDate("2025-04-01"))
		o.must(err)
		years, err := o.FiscalYears(t.Context(), treasurer, senart)
		o.must(err)
		open := funding.FiscalYear{Territory: senart, Year: 2026, First: civil.MustDate("2026-01-01"), Last: civil.MustDate("2026-12-31")}
		if diff := cmp.Diff([]funding.FiscalYear{closed, open}, years); diff != "" || closed.ClosedAt.IsZero() {
			t.Error(diff)
		}
		_, err = o.CloseYear(t.Context(), treasurer, senart, civil.MustDate("2025-04-01"))
		reasonIs(t, err, "funding.year_closed")
		_, err = o.CloseYear(t.Context(), treasurer, senart, civil.MustDate("2024-04-01"))
		reasonIs(t, err, "funding.no_year")
	})
}

func expected(key, on string) funding.Expectation {
	return funding.Expectation{Territory: senart, Key: key, On: civil.MustDate(on), Amount: 1_500, Dimensions: everyDimension,
		Because: []string{"regulated", "in_time"}}
}

func (o office) expects(x funding.Expectation) (kept funding.Expectation) {
	o.Helper()
	o.writes(func(ctx context.Context, tx funding.Tx) (err error) {
		kept, err = o.Expect(ctx, tx, x, "system")
		return err
	})
	return kept
}

func TestExpectedMoneyIsKeptOnceAKey(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		late, early := o.expects(expected("act:2", "2026-03-02")), o.expects(expected("act:1", "2026-03-01"))
		other := o.expects(funding.Expectation{Territory: senart, Key: "payment:1", On: civil.MustDate("2026-03-01"), Amount: 10})
		if again := o.expects(expected("act:1", "2026-05-01")); !cmp.Equal(again, early) {
			t.Errorf("told twice: %s", cmp.Diff(early, again))
		}
		o.writes(func(ctx context.Context, tx funding.Tx) error {
			keyed, err := tx.ExpectationsKeyed(ctx, senart, "act:")
			if diff := cmp.Diff([]funding.Expectation{early, late}, keyed); diff != "" {
				t.Error(diff)
			}
			return err
		})
		for name, test := range map[string]struct {
			q    funding.ExpectationQuery
			want []funding.Expectation
		}{
			"all":    {funding.ExpectationQuery{}, []funding.Expectation{early, other, late}},
			"person": {funding.ExpectationQuery{Person: "gp-1"}, []funding.Expectation{early, late}},
			"prefix": {funding.ExpectationQuery{Prefix: "payment:"}, []funding.Expectation{other}},
			"page":   {funding.ExpectationQuery{AfterOn: early.On, AfterID: early.ID, Limit: 1}, []funding.Expectation{other}},
			"states": {funding.ExpectationQuery{States: []funding.ExpectationState{funding.Voided}}, []funding.Expectation{}},
		} {
			test.q.Territory = senart
			got, err := o.Expectations(t.Context(), treasurer, test.q)
			o.must(err)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
	})
}

func TestExpectedMoneyIsReceivedInTheTransactionOfItsEntry(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		x := o.expects(expected("act:1", "2026-03-01"))
		came := funding.Receipt{Amount: 1_000, On: civil.MustDate("2026-06-15"), Piece: "BQ-1"}
		_, err := o.ReceiveSum(t.Context(), treasurer, x.ID, came, "k")
		o.must(err)
		came.Amount, came.Piece = 500, "" // refused after the expectation was written
		_, err = o.ReceiveSum(t.Context(), treasurer, x.ID, came, "k2")
		reasonIs(t, err, "funding.entry")
		got, err := o.Expectations(t.Context(), treasurer, funding.ExpectationQuery{Territory: senart})
		if err != nil || len(got) != 1 || got[0].State != funding.Partly || got[0].Received != 1_000 || got[0].Revision != 1 {
			t.Errorf("%v %+v", err, got)
		}
		_, err = o.Void(t.Context(), treasurer, x.ID)
		o.must(err)
		_, err = o.Void(t.Context(), treasurer, x.ID)
		reasonIs(t, err, "funding.settled")
		_, err = o.Void(t.Context(), treasurer, "nothing")
		reasonIs(t, err, "funding.expectation_unknown")
		o.hold(1)
	})
}

func TestAContractIsKeptAsItWasSigned(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		if _, there, err := o.record.Contract(t.Context(), "cpts-2"); there || err != nil {
			t.Errorf("%v %v", there, err)
		}
		c := funding.Contract{ID: "contract-2", Territory: "cpts-2", Schedule: "aci-2019", Signed: civil.MustDate("2026-01-15"), Taille: 2,
			Starts:  []funding.Start{{Mission: "acces", On: civil.MustDate("2026-07-15")}, {Mission: "crise", On: civil.MustDate("2026-02-01"), Deployed: civil.MustDate("2026-11-02")}},
			Amounts: map[string]funding.Cents{"crise": 1_234_567}, Schemes: []string{"vendee-2020", "national-snp"}, SIREN: "123456782",
			ChangedAt: noon, ChangedBy: "acc-t"}
		for range 2 {
			o.writes(func(ctx context.Context, tx funding.Tx) error {
				if _, _, err := tx.Contract(ctx, "cpts-2"); err != nil {
					return err
				}
				return tx.SaveContract(ctx, c)
			})
		}
		c.ID, c.Revision = "contract-3", 3 // another contract takes its place
		o.writes(func(ctx context.Context, tx funding.Tx) error { return tx.SaveContract(ctx, c) })
		read, there, err := o.record.Contract(t.Context(), "cpts-2")
		if diff := cmp.Diff(c, read); diff != "" || !there || err != nil {
			t.Errorf("%v %s", err, diff)
		}
	})
}

func TestADecisionTakesThePlaceOfTheOneBefore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		first := funding.Decision{Territory: senart, Mission: "acces", Year: 2, Amount: 900, On: civil.MustDate("2027-02-01"), By: "acc-t", At: noon}
		changed, other := first, first
		changed.Amount, changed.Evidence, other.Year = 1_000, "hash", 1
		o.writes(func(ctx context.Context, tx funding.Tx) error {
			for _, d := range []funding.Decision{first, other, changed} {
				if err := tx.SaveDecision(ctx, d); err != nil {
					return err
				}
			}
			return nil
		})
		read, err := o.record.Decisions(t.Context(), senart)
		if diff := cmp.Diff([]funding.Decision{other, changed}, read); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
	})
}

func TestBudgetLinesAreWrittenReadAndRemoved(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		pay := funding.BudgetLine{ID: "b-1", Territory: senart, Year: 2026, Budget: funding.Operationnel, Label: "Salaires", Account: "641",
			Mission: "acces", Envelope: earmarked, Planned: 100, Committed: 50}
		rent := funding.BudgetLine{ID: "b-2", Territory: senart, Year: 2026, Budget: funding.Fonctionnement, Label: "Loyer", Account: "613", Planned: 10}
		o.writes(func(ctx context.Context, tx funding.Tx) error {
			for _, l := range []funding.BudgetLine{pay, rent, pay} {
				if err := tx.SaveBudgetLine(ctx, l); err != nil {
					return err
				}
			}
			_, err := tx.BudgetLine(ctx, "b-3")
			reasonIs(t, err, "funding.budget_unknown")
			return nil
		})
		pay.Revision, rent.Revision = 2, 1
		read, err := o.record.BudgetLines(t.Context(), senart, 2026)
		if diff := cmp.Diff([]funding.BudgetLine{rent, pay}, read); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		o.writes(func(ctx context.Context, tx funding.Tx) error { return tx.DeleteBudgetLine(ctx, "b-2") })
		if read, err = o.record.BudgetLines(t.Context(), senart, 2026); len(read) != 1 || err != nil {
			t.Errorf("%v %v", read, err)
		}
	})
}

func TestActsAreTheHonouredAppointments(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		slots := w.slots("op-1", noon, 4, 1)
		w.must(db.Exec(t.Context(), `INSERT INTO accounts (id, email, name, password_hash, password_set_at, active, created_at)
VALUES ('acc-reg', 'reg@relais.demo', 'Régulation', '', $1, $2, $1)`, noon, true))
		w.must(db.Exec(t.Context(), `INSERT INTO account_roles (account, role) VALUES ('acc-reg', 'regulator')`))
		for i, arrange := range []func(*regulation.Booking){
			func(b *regulation.Booking) {},
			func(b *regulation.Booking) { b.State = regulation.StateNoShow },
			func(b *regulation.Booking) { b.BookedBy, b.OwnMT, b.BookedAt = "acc-gp", true, noon.Add(-time.Hour) },
			func(b *regulation.Booking) {}, // starts at the end of the period
		} {
			b := w.booking(fmt.Sprintf("b-%d", i), slots[i], 1)
			b.State = regulation.StateHonoured
			arrange(&b)
			w.must(w.books(b))
		}
		acts, err := store.Funding{DB: db}.Acts(t.Context(), senart, noon, slots[3].Start)
		want := []funding.Act{
			{Booking: "b-0", Territory: senart, Practitioner: "gp-1", BookedAt: noon, Start: slots[0].Start, ByRegulator: true},
			{Booking: "b-2", Territory: senart, Practitioner: "gp-1", BookedAt: noon.Add(-time.Hour), Start: slots[2].Start, OwnMT: true},
		}
		if diff := cmp.Diff(want, acts); diff != "" || err != nil {
			t.Errorf("%v %s", err, diff)
		}
		if act, err := (store.Funding{DB: db}).Act(t.Context(), "b-2"); act != want[1] || err != nil {
			t.Errorf("%+v, %v", act, err)
		}
		if _, err := (store.Funding{DB: db}).Act(t.Context(), "b-1"); !errors.Is(err, funding.ErrActUnknown) {
			t.Errorf("not honoured: %v", err)
		}
	})
}
