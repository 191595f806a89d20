package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/relais-snp/relais/internal/funding"
)

// ErrBooksApart says that what is kept beside the entries of a territory's books
// is not what they add up to. It is wrapped with what is apart.
var ErrBooksApart = errors.New("store: the books' sums are not those of their entries")

// Verify walks the chain of a territory's books and returns how many of their
// entries hold. It returns funding.ErrChain, wrapped with the number of the first
// that is not as it was written, or ErrBooksApart when the head, the total of an
// account or a standing is not theirs. It may be called while entries are written.
func (f Funding) Verify(ctx context.Context, territory string) (entries int64, err error) {
	sums := &tally{Funding: f, totals: map[totalOf]funding.AccountTotal{}, standings: map[funding.Movement]funding.Movement{}}
	if entries, err = funding.Walk(ctx, sums, territory); err != nil {
		return entries, err
	}
	err = f.DB.inTx(ctx, func(ctx context.Context, t *tx) (err error) {
		head, _, err := first(list(ctx, t, scanFundingHead, t.locking(selectHead), territory))
		if err != nil {
			return err
		}
		if err := sums.goOn(ctx, t, territory); err != nil { // what was written during the walk
			return err
		}
		entries = sums.last.Number
		if head != sums.last {
			return fmt.Errorf("%w: the last entry is %d, and was %d", ErrBooksApart, sums.last.Number, head.Number)
		}
		return sums.compare(ctx, t, territory)
	})
	return entries, err
}

// tally adds up the entries that are read through it.
type tally struct {
	Funding
	last      funding.Head
	totals    map[totalOf]funding.AccountTotal
	standings map[funding.Movement]funding.Movement // by themselves without amounts
}

type totalOf struct {
	year    int
	account string
}

// Entries returns a page once it is added up.
func (s *tally) Entries(ctx context.Context, q funding.EntryQuery) ([]funding.Entry, error) {
	page, err := s.Funding.Entries(ctx, q)
	for _, e := range page {
		if err := s.add(e); err != nil {
			return nil, err
		}
	}
	return page, err
}

// goOn adds up what follows the last entry.
func (s *tally) goOn(ctx context.Context, t *tx, territory string) error {
	more, err := fundingEntries(ctx, t, funding.EntryQuery{Territory: territory, After: s.last.Number})
	if err != nil {
		return err
	}
	for _, e := range more {
		if e.Number != s.last.Number+1 || !e.Chained(s.last.Hash) {
			return fmt.Errorf("%w at entry %d", funding.ErrChain, s.last.Number+1)
		}
		if err := s.add(e); err != nil {
			return err
		}
	}
	return nil
}

func (s *tally) add(e funding.Entry) error {
	s.last = funding.Head{Number: e.Number, Hash: e.Hash}
	for _, l := range e.Lines {
		at := totalOf{e.FiscalYear, l.Account}
		sum := s.totals[at]
		s.totals[at] = funding.AccountTotal{Account: l.Account, Debit: sum.Debit + l.Debit, Credit: sum.Credit + l.Credit}
	}
	moves, err := e.Movements()
	for _, m := range moves {
		key := unmoved(m)
		sum := s.standings[key]
		m.Received, m.Spent = m.Received+sum.Received, m.Spent+sum.Spent
		s.standings[key] = m
	}
	return err
}

// unmoved is what a movement is about.
func unmoved(m funding.Movement) funding.Movement {
	m.Received, m.Spent = 0, 0
	return m
}

// compare holds the sums against what is kept.
func (s *tally) compare(ctx context.Context, t *tx, territory string) error {
	totals, err := list(ctx, t, scanYearTotal, `SELECT fiscal_year, account, debit, credit FROM funding_totals WHERE territory = $1`, territory)
	if err != nil {
		return err
	}
	for _, kept := range totals {
		at := totalOf{kept.year, kept.Account}
		if s.totals[at] != kept.AccountTotal {
			return fmt.Errorf("%w: account %s of %d", ErrBooksApart, at.account, at.year)
		}
		delete(s.totals, at)
	}
	for at := range s.totals {
		return fmt.Errorf("%w: account %s of %d", ErrBooksApart, at.account, at.year)
	}
	standings, err := list(ctx, t, scanStanding, selectStanding, territory)
	if err != nil {
		return err
	}
	for _, kept := range standings {
		if s.standings[unmoved(kept)] != kept {
			return fmt.Errorf("%w: what stands about %s%s", ErrBooksApart, kept.Envelope, kept.Person)
		}
		delete(s.standings, unmoved(kept))
	}
	for about := range s.standings {
		return fmt.Errorf("%w: what stands about %s%s", ErrBooksApart, about.Envelope, about.Person)
	}
	return nil
}

type yearTotal struct {
	year int
	funding.AccountTotal
}

func scanYearTotal(row scanner) (y yearTotal, err error) {
	var debit, credit int64
	err = row.Scan(&y.year, &y.Account, &debit, &credit)
	y.Debit, y.Credit = funding.Cents(debit), funding.Cents(credit)
	return y, err
}
