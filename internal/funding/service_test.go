package funding_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/directory"
	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/territory"
)

const senart = "cpts-senart"

var (
	treasurer = account.Actor{ID: "acc-t", Roles: []account.Role{account.Treasurer}, Territories: []string{senart}}
	stranger  = account.Actor{ID: "acc-s", Roles: []account.Role{account.Treasurer}, Territories: []string{"cpts-littoral-vendeen"}}
)

type atlas struct{}

func (atlas) Territory(id string) (territory.Territory, error) {
	return territory.Territory{ID: id, Zone: time.UTC}, nil
}

// directoryOf knows one doctor.
type directoryOf struct{}

func (directoryOf) Practitioners(context.Context, string) ([]directory.Practitioner, error) {
	return []directory.Practitioner{{ID: "doctor", Given: "Ada", Family: "Martin", Profession: directory.Physician}}, nil
}

// office is the books' service over a record in memory, in a year that is open.
type office struct {
	*funding.Service
	record *books
}

func open(t testing.TB) office {
	o := office{record: newBooks()}
	ids := 0
	var mu sync.Mutex
	o.Service = &funding.Service{Store: o.record, Territories: atlas{}, Charts: funding.Charts{chart(t)}, Guards: guards,
		Schedules: []funding.Schedule{shipped(t, "aci-2019.yaml")}, Schemes: schemes(t), People: directoryOf{}, Lands: func() []string { return []string{senart} },
		Now: func() time.Time { return time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC) },
		NewID: func() string {
			mu.Lock()
			defer mu.Unlock()
			ids++
			return fmt.Sprintf("id-%d", ids)
		}}
	if _, err := o.OpenYear(context.Background(), treasurer, senart, civil.MustDate("2026-01-01"), civil.MustDate("2026-12-31")); err != nil {
		t.Fatal(err)
	}
	return o
}

func draft(amount funding.Cents, debit, credit string) funding.Draft {
	return funding.Draft{Territory: senart, Journal: "BQ", On: civil.MustDate("2026-06-15"), Label: "Écriture", Piece: "P-1",
		Lines: []funding.Line{{Account: debit, Debit: amount}, {Account: credit, Credit: amount}}}
}

// receipt is money that a bank says came on a day of 2026.
func receipt(amount funding.Cents) funding.Receipt {
	return funding.Receipt{Amount: amount, On: civil.MustDate("2026-06-15"), Piece: "BQ-1"}
}

func reason(t *testing.T, err error, want string) {
	t.Helper()
	if fault.Reason(err) != want {
		t.Errorf("%v, not %s", err, want)
	}
}

func TestAnEntryIsWrittenOnceAKey(t *testing.T) {
	o := open(t)
	first, err := o.Post(t.Context(), treasurer, draft(100, "512", "741"), "k")
	if err != nil {
		t.Fatal(err)
	}
	again, err := o.Post(t.Context(), treasurer, draft(100, "512", "741"), "k")
	if err != nil || again.ID != first.ID || len(o.record.entries) != 1 {
		t.Errorf("%v, %d entries", err, len(o.record.entries))
	}
	_, err = o.Post(t.Context(), treasurer, draft(101, "512", "741"), "k")
	reason(t, err, "request.key_reused")
}

func TestNobodyElseWritesInTheBooks(t *testing.T) {
	o := open(t)
	e, err := o.Post(t.Context(), treasurer, draft(100, "512", "741"), "k")
	if err != nil {
		t.Fatal(err)
	}
	_, err = o.Post(t.Context(), stranger, draft(100, "512", "741"), "k")
	reason(t, err, "account.forbidden")
	_, err = o.Reverse(t.Context(), stranger, e.ID, civil.MustDate("2026-06-16"), "Non", "k")
	reason(t, err, "funding.entry_unknown")
	coordinator := account.Actor{ID: "c", Roles: []account.Role{account.Coordinator}, Territories: []string{senart}}
	_, err = o.Post(t.Context(), coordinator, draft(100, "512", "741"), "k")
	reason(t, err, "account.forbidden")
}

func TestAnEntryIsReversedOnce(t *testing.T) {
	o := open(t)
	e, err := o.Post(t.Context(), treasurer, draft(100, "512", "741"), "k")
	if err != nil {
		t.Fatal(err)
	}
	back, err := o.Reverse(t.Context(), treasurer, e.ID, civil.MustDate("2026-07-01"), "Erreur de compte", "r")
	if err != nil || back.Reverses != e.ID || back.Number != 2 {
		t.Fatalf("%v %+v", err, back)
	}
	_, err = o.Reverse(t.Context(), treasurer, e.ID, civil.MustDate("2026-07-01"), "Erreur de compte", "r2")
	reason(t, err, "funding.reversed")
	_, err = o.Reverse(t.Context(), treasurer, back.ID, civil.MustDate("2026-07-01"), "Encore", "r3")
	reason(t, err, "funding.reversal")
}

func TestAnEntryIsReadByThoseOfItsTerritory(t *testing.T) {
	o := open(t)
	e, err := o.Post(t.Context(), treasurer, draft(100, "512", "741"), "k")
	if err != nil {
		t.Fatal(err)
	}
	if read, err := o.Entry(t.Context(), treasurer, e.ID); err != nil || read.Hash != e.Hash {
		t.Errorf("%+v %v", read, err)
	}
	_, err = o.Entry(t.Context(), stranger, e.ID)
	reason(t, err, "funding.entry_unknown")
	_, err = o.Entry(t.Context(), treasurer, "nothing")
	reason(t, err, "funding.entry_unknown")
}

func TestAClosedYearTakesNothing(t *testing.T) {
	o := open(t)
	e, err := o.Post(t.Context(), treasurer, draft(100, "512", "741"), "k")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.closesYear(t, 2026); err != nil {
		t.Fatal(err)
	}
	_, err = o.Post(t.Context(), treasurer, draft(100, "512", "741"), "k2")
	reason(t, err, "funding.year_closed")
	_, err = o.Reverse(t.Context(), treasurer, e.ID, civil.MustDate("2026-07-01"), "Erreur", "r")
	reason(t, err, "funding.year_closed")
	late := draft(100, "512", "741")
	late.On = civil.MustDate("2027-01-01")
	_, err = o.Post(t.Context(), treasurer, late, "k3")
	reason(t, err, "funding.no_year")
	_, err = o.OpenYear(t.Context(), treasurer, senart, civil.MustDate("2026-12-31"), civil.MustDate("2027-12-30"))
	reason(t, err, "funding.year_overlaps")
}

func TestWhatIsRefusedLeavesNothing(t *testing.T) {
	o := open(t)
	spend := draft(100, "6226", "512")
	spend.Lines[0].Envelope = "snp_orientation"
	_, err := o.Post(t.Context(), treasurer, spend, "k")
	reason(t, err, "funding.earmarked")
	unbalanced := draft(100, "6226", "512")
	unbalanced.Lines[0].Debit++
	_, err = o.Post(t.Context(), treasurer, unbalanced, "k")
	reason(t, err, "funding.entry")
	if len(o.record.entries) != 0 || len(o.record.standings) != 0 || len(o.record.remembered) != 0 {
		t.Errorf("%+v", o.record.page)
	}
}

func TestExpectedMoneyIsReceivedWithItsEntry(t *testing.T) {
	o := open(t)
	expect := func() (x funding.Expectation) {
		err := o.record.InTx(t.Context(), func(ctx context.Context, tx funding.Tx) (err error) {
			x, err = o.Expect(ctx, tx, funding.Expectation{Territory: senart, Key: "acces-1", On: civil.MustDate("2026-07-15"), Amount: 661_644}, "system")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	x := expect()
	if again := expect(); again.ID != x.ID || len(o.record.expected) != 1 {
		t.Errorf("told twice, expected twice")
	}
	for i := range 2 { // the same key
		if _, err := o.ReceiveSum(t.Context(), treasurer, x.ID, receipt(600_000), "k"); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
	_, err := o.ReceiveSum(t.Context(), treasurer, x.ID, receipt(61_645), "k2")
	reason(t, err, "funding.too_much")
	if got := o.record.expected[x.ID]; got.State != funding.Partly || got.Left() != 61_644 || len(o.record.entries) != 1 {
		t.Errorf("%+v, %d entries", got, len(o.record.entries))
	}
	if _, err := o.Void(t.Context(), treasurer, x.ID); err != nil {
		t.Fatal(err)
	}
	_, err = o.ReceiveSum(t.Context(), treasurer, x.ID, receipt(1), "k3")
	reason(t, err, "funding.settled")
	_, err = o.Void(t.Context(), stranger, x.ID)
	reason(t, err, "funding.expectation_unknown")
}

// Whatever many treasurers try at once, the chain holds from the first entry to
// the last, every account's sums agree, and no entry is reversed twice.
func TestTheBooksHoldWhateverManyTry(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := open(t)
		type try struct {
			draft   funding.Draft
			key     string
			reverse int
		}
		accounts := []string{"512", "741", "6226", "441", "6411"}
		tries := make([]try, rapid.IntRange(1, 30).Draw(rt, "tries"))
		for i := range tries {
			d := draft(funding.Cents(rapid.Int64Range(1, 1_000_000).Draw(rt, "amount")), rapid.SampledFrom(accounts).Draw(rt, "debit"), rapid.SampledFrom(accounts).Draw(rt, "credit"))
			d.Lines[0].Envelope = rapid.SampledFrom([]string{"", "snp_orientation"}).Draw(rt, "envelope")
			tries[i] = try{d, fmt.Sprint(rapid.IntRange(0, 20).Draw(rt, "key")), rapid.IntRange(-3, 5).Draw(rt, "reverse")}
		}
		var all sync.WaitGroup
		for _, one := range tries {
			all.Go(func() {
				if one.reverse > 0 {
					_, _ = o.Reverse(context.Background(), treasurer, fmt.Sprintf("id-%d", one.reverse), civil.MustDate("2026-08-01"), "Retour", "r"+one.key)
					return
				}
				_, _ = o.Post(context.Background(), treasurer, one.draft, one.key)
			})
		}
		all.Wait()

		if n, err := funding.Walk(context.Background(), o.record, senart); err != nil || n != int64(len(o.record.entries)) {
			rt.Fatalf("%d entries hold of %d: %v", n, len(o.record.entries), err)
		}
		var debit, credit funding.Cents
		reversed := map[string]bool{}
		for _, e := range o.record.entries {
			if e.Reverses != "" && reversed[e.Reverses] {
				rt.Fatalf("%s is reversed twice", e.Reverses)
			}
			reversed[e.Reverses] = true
			for _, l := range e.Lines {
				debit += l.Debit
				credit += l.Credit
			}
		}
		if debit != credit {
			rt.Fatalf("%s against %s", debit, credit)
		}
		for _, m := range o.record.standings[senart] {
			if m.Envelope == "snp_orientation" && m.Spent > m.Received {
				rt.Fatalf("%+v", m)
			}
		}
	})
}

func TestTheFirstChangedEntryIsNamed(t *testing.T) {
	o := open(t)
	for i := range 3 {
		if _, err := o.Post(t.Context(), treasurer, draft(100, "512", "741"), fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	o.record.entries[1].Label += "."
	if n, err := funding.Walk(t.Context(), o.record, senart); n != 1 || !errors.Is(err, funding.ErrChain) || !strings.Contains(err.Error(), "entry 2") {
		t.Errorf("%d, %v", n, err)
	}
	o.record.entries = append(o.record.entries[:1], o.record.entries[2:]...)
	if _, err := funding.Walk(t.Context(), o.record, senart); !errors.Is(err, funding.ErrChain) {
		t.Errorf("a missing entry passes: %v", err)
	}
}
