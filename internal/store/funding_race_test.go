package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/relais-snp/relais/internal/fault"
	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/store/storetest"
)

// ledger is what a crowd was told: the entry of every key that was acknowledged.
type ledger struct {
	mu       sync.Mutex
	ofKey    map[string]string
	reversed map[string]int
	reasons  map[string]int
}

func (l *ledger) note(o office, key string, e funding.Entry, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		l.reasons[fault.Reason(err)]++
		return
	}
	if before, told := l.ofKey[key]; told && before != e.ID {
		o.Errorf("key %s made %s and %s", key, before, e.ID)
	}
	if _, told := l.ofKey[key]; !told && e.Reverses != "" {
		l.reversed[e.Reverses]++
	}
	l.ofKey[key] = e.ID
}

// TestFiftyWritersAtOnceLeaveBooksThatHold lets fifty people post and reverse with
// keys that they share, spend earmarked money and pay indemnities.
func TestFiftyWritersAtOnceLeaveBooksThatHold(t *testing.T) {
	const writers, each = 50, 8
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		told := &ledger{ofKey: map[string]string{}, reversed: map[string]int{}, reasons: map[string]int{}}
		targets := o.posted(6)
		var all sync.WaitGroup
		start := make(chan struct{})
		for n := range writers {
			chance := rand.New(rand.NewPCG(7, uint64(n)))
			all.Go(func() {
				<-start
				for range each {
					o.tries(chance, targets, told)
				}
			})
		}
		close(start)
		all.Wait()

		o.hold(int64(len(told.ofKey) + len(targets)))
		for id, times := range told.reversed {
			if times != 1 {
				t.Errorf("%s was reversed %d times", id, times)
			}
		}
		if len(told.reversed) != len(targets) {
			t.Errorf("%d of %d were reversed", len(told.reversed), len(targets))
		}
		o.guardsHeld()
		for _, reason := range []string{"funding.earmarked", "funding.cap", "funding.reversed"} {
			if told.reasons[reason] == 0 {
				t.Errorf("nobody met %s: %v", reason, told.reasons)
			}
			delete(told.reasons, reason)
		}
		if len(told.reasons) != 0 {
			t.Errorf("refused for other reasons: %v", told.reasons)
		}
	})
}

// tries is one thing that one of many does.
func (o office) tries(chance *rand.Rand, targets []funding.Entry, told *ledger) {
	switch chance.IntN(4) {
	case 0:
		at := chance.IntN(len(targets))
		key := fmt.Sprintf("reverse-%d-%d", at, chance.IntN(3))
		e, err := o.Reverse(o.Context(), treasurer, targets[at].ID, targets[at].On, "Erreur", key)
		told.note(o, key, e, err)
	case 1:
		n := chance.IntN(20)
		d := pays(1_000, "512", "741")
		d.Lines[1].Envelope = earmarked
		key := fmt.Sprintf("receive-%d", n)
		e, err := o.Post(o.Context(), treasurer, d, key)
		told.note(o, key, e, err)
	case 2:
		n := chance.IntN(60)
		d := pays(900, "6226", "512")
		d.Lines[0].Envelope = earmarked
		key := fmt.Sprintf("spend-%d", n)
		e, err := o.Post(o.Context(), treasurer, d, key)
		told.note(o, key, e, err)
	default:
		n := chance.IntN(60)
		d := pays(mostIndemnities/7, "6226", "512")
		d.Lines[0].Person = fmt.Sprintf("gp-%d", n%3)
		key := fmt.Sprintf("indemnity-%d", n)
		e, err := o.Post(o.Context(), treasurer, d, key)
		told.note(o, key, e, err)
	}
}

// guardsHeld looks at every prefix of the books: no envelope was overspent and
// nobody got too much, at any time.
func (o office) guardsHeld() {
	o.Helper()
	entries, err := o.record.Entries(o.Context(), funding.EntryQuery{Territory: senart})
	o.must(err)
	var left funding.Cents
	paid := map[string]funding.Cents{}
	for _, e := range entries {
		moves, err := e.Movements()
		o.must(err)
		for _, m := range moves {
			if m.Envelope == earmarked {
				left += m.Received - m.Spent
			}
			paid[m.Person] += m.Spent
			if left < 0 || m.Person != "" && paid[m.Person] > mostIndemnities {
				o.Fatalf("entry %d leaves %s of the envelope, %s for %s", e.Number, left, paid[m.Person], m.Person)
			}
		}
	}
}

func TestTheIndexAloneRefusesASecondReversal(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		e := o.posted(1)[0]
		reverse := func(id string) error {
			return o.record.InTx(t.Context(), func(ctx context.Context, tx funding.Tx) error {
				head, err := tx.Head(ctx, senart)
				if err != nil {
					return err
				}
				back := e.Reversal()
				back.ID, back.Number, back.On, back.Label, back.By, back.At = id, head.Number+1, e.On, "Erreur", "acc-t", noon
				return tx.AddEntry(ctx, back.Seal(head.Hash))
			})
		}
		o.must(reverse("back-1"))
		reasonIs(t, reverse("back-2"), "funding.reversed")
		o.hold(2)
	})
}

var errChanged = errors.New("they thought better of it")

func TestWhatFailsLeavesNothingBehind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := newOffice(t, db)
		o.posted(2)
		counted := func() (rows string) {
			for _, table := range []string{"funding_entries", "funding_lines", "funding_heads", "funding_totals", "funding_standings",
				"funding_expectations", "funding_contracts", "idempotency", "audit"} {
				n, err := db.QueryTexts(t.Context(), `SELECT CAST(COUNT(*) AS TEXT) FROM `+table)
				o.must(err)
				rows += table + " " + n[0] + "\n"
			}
			return rows
		}
		before := counted()
		err := o.record.InTx(t.Context(), func(ctx context.Context, tx funding.Tx) error {
			head, err := tx.Head(ctx, senart)
			o.must(err)
			e := funding.Entry{Number: head.Number + 1, ID: "e", Territory: senart, Journal: "BQ", On: noonDay, FiscalYear: 2026, Label: "l", Piece: "p",
				PieceOn: noonDay, By: "acc-t", At: noon, Lines: pays(100, "6226", "512").Lines}
			o.must(tx.AddEntry(ctx, e.Seal(head.Hash)))
			o.must(tx.SaveStanding(ctx, senart, funding.Movement{Person: "gp-1", Year: 2026, Spent: 100}))
			_, _, err = tx.AddExpectation(ctx, funding.Expectation{ID: "x", Territory: senart, Key: "k", On: noonDay, Amount: 1, CreatedAt: noon})
			o.must(err)
			o.must(tx.Remember(ctx, "acc-t", "k", "d", "e", noon))
			return errChanged
		})
		if err == nil || counted() != before {
			t.Errorf("%v\n%s\n%s", err, before, counted())
		}
		unbehind := o.record.InTx(t.Context(), func(ctx context.Context, tx funding.Tx) error {
			e := funding.Entry{Number: 9, ID: "e", Territory: senart, Journal: "BQ", On: noonDay, FiscalYear: 2026, Label: "l", Piece: "p",
				PieceOn: noonDay, By: "acc-t", At: noon, Lines: pays(100, "6226", "512").Lines}
			return tx.AddEntry(ctx, e.Seal([32]byte{}))
		})
		if unbehind == nil || counted() != before {
			t.Errorf("an entry that follows no other was written: %v", unbehind)
		}
		o.hold(2)
	})
}
