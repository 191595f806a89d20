package store_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/funding"
	"github.com/relais-snp/relais/internal/store"
)

// BenchmarkPosting posts entries of two lines through the whole use case, durable:
// key, guards, chain, totals, audit.
func BenchmarkPosting(b *testing.B) {
	for _, clients := range []int{1, 16} {
		b.Run(fmt.Sprintf("clients=%d", clients), func(b *testing.B) {
			onBoth(b, func(b *testing.B, db *store.DB) {
				o := newOffice(b, db)
				var next atomic.Int64
				b.SetParallelism(max(1, clients/2)) // of two processors
				b.ResetTimer()
				b.RunParallel(func(pb *testing.PB) {
					for pb.Next() {
						d := pays(100, "6226", "512")
						d.Lines[0].Envelope = "acces"
						if _, err := o.Post(b.Context(), treasurer, d, strconv.FormatInt(next.Add(1), 10)); err != nil {
							b.Error(err)
						}
					}
				})
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "entries/s")
				b.StopTimer()
				o.hold(int64(b.N))
			})
		})
	}
}

// manyEntries names how many entries BenchmarkLargeBooks loads, for those who have
// less time than a million takes.
const manyEntries = "RELAIS_BENCH_ENTRIES"

// BenchmarkLargeBooks measures reading in books of a million entries of two lines.
func BenchmarkLargeBooks(b *testing.B) {
	many := 1_000_000
	if said := os.Getenv(manyEntries); said != "" {
		n, err := strconv.Atoi(said)
		if err != nil {
			b.Fatal(err)
		}
		many = n
	}
	onBoth(b, func(b *testing.B, db *store.DB) {
		o := newOffice(b, db)
		begun := time.Now()
		o.loads(many)
		b.Logf("%d entries loaded in %s", many, time.Since(begun).Round(time.Second))
		measure := func(name string, read func() error) {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					must(b, read())
				}
			})
		}
		measure("totals", func() error { _, err := o.record.Balances(b.Context(), senart, 2026); return err })
		page := func(q funding.EntryQuery) func() error {
			q.Territory, q.Limit = senart, 50
			return func() error {
				all, err := o.record.Entries(b.Context(), q)
				if err == nil && len(all) != 50 {
					return fmt.Errorf("%d entries", len(all))
				}
				return err
			}
		}
		measure("first page", page(funding.EntryQuery{Year: 2026}))
		measure("page of the middle", page(funding.EntryQuery{Year: 2026, After: int64(many / 2)}))
		measure("page of an account", page(funding.EntryQuery{Account: "6226", After: int64(many / 2)}))
		measure("page of an envelope", page(funding.EntryQuery{Envelope: earmarked, After: int64(many / 2)}))
		measure("expenses", func() error { _, err := o.record.Expenses(b.Context(), senart, 2026); return err })
		measure("check", func() error { _, err := o.record.Verify(b.Context(), senart); return err })
		measure("FEC", func() error { return o.exports(io.Discard) })
	})
}

// exports writes the FEC of 2026 page by page.
func (o office) exports(to io.Writer) error {
	var failed error
	pages := func(yield func(funding.Entry) bool) {
		for after := int64(0); ; {
			page, err := o.record.Entries(o.Context(), funding.EntryQuery{Territory: senart, Year: 2026, After: after, Limit: 1000})
			if err != nil || len(page) == 0 {
				failed = err
				return
			}
			for _, e := range page {
				if !yield(e) {
					return
				}
			}
			after = page[len(page)-1].Number
		}
	}
	if err := funding.WriteFEC(to, chartOf2026(), pages); err != nil {
		return err
	}
	return failed
}

// loads writes n chained entries, a thousand a transaction, without what a use
// case does about each.
func (o office) loads(n int) {
	o.Helper()
	const together = 1000
	var head funding.Head
	for from := 0; from < n; from += together {
		batch := make([]funding.Entry, min(together, n-from))
		for i := range batch {
			batch[i] = o.loaded(head.Number+1, from+i).Seal(head.Hash)
			head = funding.Head{Number: batch[i].Number, Hash: batch[i].Hash}
		}
		o.must(o.record.Load(o.Context(), batch))
	}
	o.stands(n)
}

// loaded is the nth entry of large books: money that came for the envelope, and
// then what is spent of it.
func (o office) loaded(number int64, n int) funding.Entry {
	d := pays(20_000, "512", "741")
	about := funding.Dimensions{Contract: "contract-1", Year: 1, Mission: "acces", Envelope: earmarked, Budget: funding.Operationnel}
	d.Lines[1].Dimensions = about
	if n%2 == 1 {
		d.Lines = pays(10_000, "6226", "512").Lines
		d.Lines[0].Dimensions = about
	}
	return funding.Entry{Number: number, ID: o.NewID(), Territory: senart, Journal: "BQ", On: d.On.AddDays(n % 180), FiscalYear: 2026,
		Label: "Versement de l’ACI", Piece: "BQ-" + strconv.Itoa(n), PieceOn: d.On, Lines: d.Lines, At: noon, By: "acc-t"}
}

// stands keeps what n loaded entries leave of the envelope.
func (o office) stands(n int) {
	o.Helper()
	o.writes(func(ctx context.Context, tx funding.Tx) error {
		return tx.SaveStanding(ctx, senart, funding.Movement{Contract: "contract-1", Envelope: earmarked,
			Received: funding.Cents(20_000 * ((n + 1) / 2)), Spent: funding.Cents(10_000 * (n / 2))})
	})
}
