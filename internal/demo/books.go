package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

// keepBooks lives the money of the contract: what came, what was spent, what was
// decided, and the end of each year. As in the search, acts are written down
// first and then done in their order; what would lie ahead of now is left out.
func (l *ledger) keepBooks(ctx context.Context) error {
	l.budgets()
	if err := l.receipts(ctx); err != nil {
		return err
	}
	l.decisions()
	l.payroll()
	l.invoices()
	l.care()
	l.orientation()
	l.indemnities()
	l.majorations()
	l.mistake()
	l.yearEnds()
	slices.SortStableFunc(l.acts, func(a, b act) int { return cmp.Compare(a.at.UnixMicro(), b.at.UnixMicro()) })
	for _, a := range l.acts {
		l.clock.Set(a.at)
		if err := a.do(ctx); err != nil {
			return fmt.Errorf("the books at %s: %w", a.at.Format(time.DateTime), err)
		}
	}
	return nil
}

// on does something at a time of a day, unless that lies ahead.
func (l *ledger) on(day civil.Date, clock string, do func(ctx context.Context) error) {
	if at := l.at(day, clock); !at.After(l.now) {
		l.acts = append(l.acts, act{at, do})
	}
}

// atLatest does something at a time of a day, or now when that lies ahead.
func (l *ledger) atLatest(day civil.Date, clock string, do func(ctx context.Context) error) {
	l.acts = append(l.acts, act{earlier(l.at(day, clock), l.now), do})
}

// months lists the same day of every month from a day on, until today.
func (l *ledger) months(from civil.Date, of int) []civil.Date {
	var all []civil.Date
	for first := day(from.Year, from.Month, 1); !first.After(l.today); first = first.NextMonth() {
		if on := first.AddDays(of - 1); !on.Before(from) && !on.After(l.today) {
			all = append(all, on)
		}
	}
	return all
}

// piece makes the next reference of a journal, which is the key of its entry too.
func (l *ledger) piece(journal string) string {
	l.pieces++
	return fmt.Sprintf("%s-DEMO-%04d", journal, l.pieces)
}

// post writes an entry on a day.
func (l *ledger) post(on civil.Date, clock, journal, label string, lines ...funding.Line) {
	l.on(on, clock, func(ctx context.Context) error {
		_, err := l.write(ctx, on, journal, label, lines...)
		return err
	})
}

func (l *ledger) write(ctx context.Context, on civil.Date, journal, label string, lines ...funding.Line) (funding.Entry, error) {
	piece := l.piece(journal)
	return l.Books.Post(ctx, l.treasurer, funding.Draft{Territory: l.Territory.ID, Journal: journal, On: on, Label: label, Piece: piece, Lines: lines}, piece)
}

func debit(account string, amount funding.Cents, about funding.Dimensions) funding.Line {
	return funding.Line{Account: account, Debit: amount, Dimensions: about}
}

func credit(account string, amount funding.Cents) funding.Line {
	return funding.Line{Account: account, Credit: amount}
}

// bill is what a supplier is owed on a day and gets on another.
func (l *ledger) bill(on, paid civil.Date, account, what string, amount funding.Cents, about funding.Dimensions) {
	l.post(on, "10:10", "AC", what, debit(account, amount, about), credit("401", amount))
	l.post(paid, "15:40", "BQ", "Règlement : "+what, debit("401", amount, funding.Dimensions{}), credit("512", amount))
}

// yearEnds writes what the end of each year asks for in the first days of the
// next, closes it in March, on the first days of a year at once, and opens the next
// one with what it leaves.
func (l *ledger) yearEnds() {
	for year := l.contract.Signed.Year; year < l.today.Year; year++ {
		l.atLatest(day(year+1, time.January, 3), "09:00", func(ctx context.Context) error { return l.endYear(ctx, year) })
		l.atLatest(day(year+1, time.March, 20), "17:00", func(ctx context.Context) error {
			if _, err := l.Books.CloseYear(ctx, l.treasurer, l.Territory.ID, day(year, time.December, 31)); err != nil {
				return err
			}
			return l.endYear(ctx, year)
		})
	}
}

func (l *ledger) endYear(ctx context.Context, year int) error {
	asked, err := l.Books.YearEnd(ctx, l.treasurer, l.Territory.ID, year)
	if err != nil {
		return err
	}
	for _, one := range asked {
		if one.Written != "" {
			continue
		}
		if _, err := l.Books.Post(ctx, l.treasurer, one.Draft, one.Key); err != nil {
			return fmt.Errorf("%s: %w", one.Key, err)
		}
	}
	return nil
}
