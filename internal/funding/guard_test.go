package funding_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

var guards = funding.Guards{
	Earmarked: func(envelope string) bool { return envelope == "snp_orientation" },
	Cap:       func(year int) (funding.Cents, bool) { return 4_806_000, year == 2026 },
}

// standings is the books' envelopes and people, kept beside the entries.
type standings map[funding.Movement]funding.Movement

func (s standings) apply(e funding.Entry) error {
	moves, err := e.Movements()
	if err != nil {
		return err
	}
	next := map[funding.Movement]funding.Movement{}
	for _, m := range moves {
		key := m
		key.Received, key.Spent = 0, 0
		after, err := guards.Allow(s[key], m)
		if err != nil {
			return err
		}
		next[key] = after
	}
	for key, after := range next {
		s[key] = after
	}
	return nil
}

func TestEarmarkedMoneyIsSpentOnceItCame(t *testing.T) {
	books := standings{}
	receive := entry(1, "2026-01-15", 3_500_000, "512", "741")
	receive.Lines[1].Envelope = "snp_orientation"
	spend := entry(2, "2026-02-15", 3_500_001, "6226", "512")
	spend.Lines[0].Envelope = "snp_orientation"
	if err := books.apply(spend); !errors.Is(err, funding.ErrEarmarked) {
		t.Errorf("spent before anything came: %v", err)
	}
	if err := books.apply(receive); err != nil {
		t.Fatal(err)
	}
	if err := books.apply(spend); !errors.Is(err, funding.ErrEarmarked) {
		t.Errorf("one cent too much is spent: %v", err)
	}
	spend.Lines[0].Debit, spend.Lines[1].Credit = 3_500_000, 3_500_000
	if err := books.apply(spend); err != nil {
		t.Error(err)
	}
	if err := books.apply(takeBack(receive)); !errors.Is(err, funding.ErrEarmarked) {
		t.Errorf("spent money was given back: %v", err)
	}
}

func TestIndemnitiesStopAtTheCapOfTheYear(t *testing.T) {
	books := standings{}
	pay := func(on string, amount funding.Cents) error {
		e := entry(1, on, amount, "6226", "512")
		e.Lines[0].Person = "doctor"
		return books.apply(e)
	}
	if err := pay("2026-06-30", 4_806_000); err != nil {
		t.Error(err)
	}
	if err := pay("2026-12-31", 1); !errors.Is(err, funding.ErrCap) {
		t.Error(err)
	}
	if err := pay("2027-01-01", 5_000_000); err != nil {
		t.Errorf("a year without a cap in the data: %v", err)
	}
}

// Whatever is tried, in whatever order, earmarked spending stays within receipts,
// caps hold, and what is kept beside the entries is what they add up to.
func TestGuardsHoldWhateverIsTried(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		books := standings{}
		var kept []funding.Entry
		for n := range rapid.IntRange(1, 40).Draw(rt, "entries") {
			amount := funding.Cents(rapid.Int64Range(1, 3_000_000).Draw(rt, "amount"))
			e := entry(int64(n), civil.MustDate("2026-01-01").AddDays(rapid.IntRange(0, 500).Draw(rt, "day")).String(), amount, "6226", "512")
			if rapid.Bool().Draw(rt, "receipt") {
				e = entry(int64(n), "2026-01-01", amount, "512", "741")
			}
			for i := range e.Lines {
				e.Lines[i].Envelope = rapid.SampledFrom([]string{"", "snp_orientation", "fonctionnement"}).Draw(rt, "envelope")
				e.Lines[i].Person = rapid.SampledFrom([]string{"", "a", "b"}).Draw(rt, "person")
			}
			if len(kept) > 0 && rapid.IntRange(0, 4).Draw(rt, "reverse") == 0 {
				back := rapid.SampledFrom(kept).Draw(rt, "which")
				e = takeBack(back)
			}
			if books.apply(e) == nil {
				kept = append(kept, e)
			}
		}
		derived := standings{}
		for _, e := range kept {
			moves, err := e.Movements()
			if err != nil {
				rt.Fatal(err)
			}
			for _, m := range moves {
				key := m
				key.Received, key.Spent = 0, 0
				sum := derived[key]
				sum.Contract, sum.Envelope, sum.Person, sum.Year = "", "", "", 0
				sum.Received += m.Received
				sum.Spent += m.Spent
				derived[key] = sum
			}
		}
		for key, sum := range derived {
			if got := books[key]; got.Received != sum.Received || got.Spent != sum.Spent {
				rt.Fatalf("%+v stands at %+v, entries say %+v", key, got, sum)
			}
			if guards.Earmarked(key.Envelope) && sum.Spent > sum.Received {
				rt.Fatalf("earmarked spending of %s exceeds receipts of %s", sum.Spent, sum.Received)
			}
		}
	})
}

func TestExpectedMoneyIsSettledOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		x := funding.Expectation{Amount: funding.Cents(rapid.Int64Range(1, 10_000).Draw(rt, "amount")), State: funding.Pending}
		var came funding.Cents
		settled := false
		for range rapid.IntRange(1, 12).Draw(rt, "steps") {
			if rapid.IntRange(0, 5).Draw(rt, "void") == 0 {
				next, err := x.Void()
				if settled != errors.Is(err, funding.ErrSettled) {
					rt.Fatalf("void of %+v: %v", x, err)
				}
				x, settled = next, true
				continue
			}
			amount := funding.Cents(rapid.Int64Range(-10, 12_000).Draw(rt, "receipt"))
			fits := !settled && amount > 0 && came+amount <= x.Amount
			next, err := x.Receive(amount)
			if (err == nil) != fits {
				rt.Fatalf("%s of %+v: %v", amount, x, err)
			}
			if fits {
				came += amount
			}
			x = next
			settled = settled || x.State == funding.Posted
		}
		if x.Received != came || x.Received > x.Amount || (x.State == funding.Posted) != (came == x.Amount) && x.State != funding.Voided {
			rt.Fatalf("%+v, %s came", x, came)
		}
		if settled && x.Left() != 0 {
			rt.Fatalf("%+v is settled and waits for %s", x, x.Left())
		}
	})
}

func takeBack(e funding.Entry) funding.Entry {
	back := e.Reversal()
	back.On = e.On
	return back
}
