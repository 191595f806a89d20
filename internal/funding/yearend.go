package funding

import (
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/account"
)

// YearEndKind says what an entry of the year's end is about.
type YearEndKind string

// The kinds, in the order in which they are listed.
const (
	FundKept     YearEndKind = "fund_kept"     // earmarked money that was not spent: Dr 6894 Cr 194
	FundTaken    YearEndKind = "fund_taken"    // taken up the next year: Dr 194 Cr 7894
	Deferred     YearEndKind = "deferred"      // income of the contract year's days after the closing: Dr 74x Cr 487
	DeferredBack YearEndKind = "deferred_back" // back on the first day of the next year: Dr 487 Cr 74x
	Opening      YearEndKind = "opening"       // the balance sheet and the result, brought into the next year
)

// The accounts of the year's end in the plan of associations (ANC 2018-06). A
// chart without them refuses the entries.
const (
	fundsKept      = "6894"
	funds          = "194"
	fundsTaken     = "7894"
	deferredIncome = "487"
	surplus        = "120" // the result of years, until somebody allocates it
	deficit        = "129"
	closingJournal = "OD"
	openingJournal = "AN"
)

// YearEndEntry is an entry that the end of a fiscal year asks for.
type YearEndEntry struct {
	Kind YearEndKind
	// Key is the entry's own, to post it with; it is also its piece. The same books
	// propose the same keys, and an entry that was reversed is proposed under a new one.
	Key     string
	Draft   Draft
	Written string // id of the entry, "" while it is only proposed
}

// YearEnd lists what the end of a fiscal year asks for, what was already written
// first by its kind: earmarked money that came and was not spent is kept for the
// next year and taken up on its first day; income that a contract year's days
// after the closing earn is deferred, and is back on that day. Earmarked income is
// kept, not deferred. Once the year is closed, the next one opens with its balance
// sheet. Nothing is written: the treasurer posts what they agree with. ErrNoYear.
func (s *Service) YearEnd(ctx context.Context, a account.Actor, territory string, year int) ([]YearEndEntry, error) {
	if err := s.may(a, account.ReadBooks, territory); err != nil {
		return nil, err
	}
	end, err := s.closing(ctx, territory, year)
	if err != nil {
		return nil, err
	}
	kept, err := s.fundsToKeep(ctx, end)
	if err != nil {
		return nil, err
	}
	deferred, err := s.incomeToDefer(ctx, end)
	if err != nil {
		return nil, err
	}
	opening, err := s.toOpen(ctx, end)
	if err != nil {
		return nil, err
	}
	return slices.Concat(kept, end.backs(kept, FundTaken), deferred, end.backs(deferred, DeferredBack), opening), nil
}

// closing is what is known when a year is closed.
type closing struct {
	FiscalYear
	years    []FiscalYear       // of the territory
	written  map[string][]Entry // of years' ends, reversals left out, by piece
	openings []Entry            // of the journal of openings, reversals left out
	undone   map[string]int     // fiscal year in which entries were reversed, by id
	proposed map[string]bool    // keys
}

func (s *Service) closing(ctx context.Context, territory string, year int) (closing, error) {
	years, err := s.Store.FiscalYears(ctx, territory)
	if err != nil {
		return closing{}, err
	}
	of, there := find(years, func(y FiscalYear) bool { return y.Year == year })
	if !there {
		return closing{}, ErrNoYear
	}
	end := closing{FiscalYear: of, years: years, written: map[string][]Entry{}, undone: map[string]int{}, proposed: map[string]bool{}}
	for _, journal := range []string{closingJournal, openingJournal} {
		if err := s.each(ctx, EntryQuery{Territory: territory, Journal: journal}, end.note); err != nil {
			return closing{}, err
		}
	}
	return end, nil
}

// note keeps what an entry of either journal says.
func (c *closing) note(e Entry) error {
	if e.Reverses != "" {
		c.undone[e.Reverses] = e.FiscalYear
		return nil
	}
	if _, _, of := yearEndPiece(e); of {
		c.written[e.Piece] = append(c.written[e.Piece], e)
	}
	if e.Journal == openingJournal {
		c.openings = append(c.openings, e)
	}
	return nil
}

// each hands over the entries of a query, a page at a time.
func (s *Service) each(ctx context.Context, q EntryQuery, do func(Entry) error) error {
	q.Limit = 500
	for {
		page, err := s.Store.Entries(ctx, q)
		if err != nil {
			return err
		}
		for _, e := range page {
			if err := do(e); err != nil {
				return err
			}
		}
		if len(page) < q.Limit {
			return nil
		}
		q.After = page[len(page)-1].Number
	}
}
