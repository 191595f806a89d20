package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/relais-snp/relais/internal/funding"
)

// ErrBooksApart says that what is kept beside the entries of a territory's books
// is not what they add up to, or not what the audit has. It is wrapped with what is
// apart.
var ErrBooksApart = errors.New("store: what is kept beside the books' entries is not theirs")

// Verify walks the chain of a territory's books and returns how many of their
// entries hold. It returns funding.ErrChain, wrapped with the number of the first
// that is not as it was written, or ErrBooksApart when the head, the total of an
// account, a standing or what came of expected money is not theirs, or when a
// closed year, a decision, or what was given up or withdrawn is not as the audit has
// it. Nothing proves amounts and days of expected money that did not come, the
// contract and budgets: they are entered, and change. It may be called while entries are written.
func (f Funding) Verify(ctx context.Context, territory string) (entries int64, err error) {
	sums := &tally{Funding: f, totals: map[totalOf]funding.AccountTotal{}, standings: map[funding.Movement]funding.Movement{}, paid: map[string]int{},
		settled: map[string]settlement{}, came: map[string]funding.Cents{}}
	if entries, err = funding.Walk(ctx, sums, territory); err != nil {
		return entries, err
	}
	var apart error // in its own words: a transaction's errors lose theirs
	err = f.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		apart = sums.settle(ctx, t, territory)
		return nil
	})
	if err = cmp.Or(err, apart); err == nil {
		err = f.compareAudited(ctx, territory)
	}
	return sums.last.Number, err
}

// settle holds the sums against what is kept, while nobody writes.
func (s *tally) settle(ctx context.Context, t *tx, territory string) error {
	head, _, err := first(list(ctx, t, scanFundingHead, t.locking(selectHead), territory))
	if err != nil {
		return err
	}
	if err := s.goOn(ctx, t, territory); err != nil { // what was written during the walk
		return err
	}
	if head != s.last {
		return fmt.Errorf("%w: the last entry is %d, and was %d", ErrBooksApart, s.last.Number, head.Number)
	}
	if err := s.compareTotals(ctx, t, territory); err != nil {
		return err
	}
	if err := s.compareStandings(ctx, t, territory); err != nil {
		return err
	}
	return s.compareExpectations(ctx, t, territory)
}

// tally adds up the entries that are read through it.
type tally struct {
	Funding
	last      funding.Head
	totals    map[totalOf]funding.AccountTotal
	standings map[funding.Movement]funding.Movement // by themselves without amounts
	paid      map[string]int                        // calendar year of entries about people, by id
	settled   map[string]settlement                 // by entry
	came      map[string]funding.Cents              // by expectation
}

type totalOf struct {
	year    int
	account string
}

// Entries returns a page once it is added up.
func (s *tally) Entries(ctx context.Context, q funding.EntryQuery) ([]funding.Entry, error) {
	page, err := s.Funding.Entries(ctx, q)
	if err != nil {
		return nil, err
	}
	if err := s.addAll(page); err != nil && !errors.Is(err, funding.ErrChain) { // of that the walk says more
		return nil, err
	}
	return page, nil
}

// goOn adds up what follows the last entry.
func (s *tally) goOn(ctx context.Context, t *tx, territory string) error {
	more, err := fundingEntries(ctx, t, funding.EntryQuery{Territory: territory, After: s.last.Number})
	if err != nil {
		return err
	}
	return s.addAll(more)
}

// addAll adds up the entries before the first that breaks the chain.
func (s *tally) addAll(entries []funding.Entry) error {
	for _, e := range entries {
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
	s.settles(e)
	for _, l := range e.Lines {
		at := totalOf{e.FiscalYear, l.Account}
		sum := s.totals[at]
		s.totals[at] = funding.AccountTotal{Account: l.Account, Debit: sum.Debit + l.Debit, Credit: sum.Credit + l.Credit}
	}
	year, reverses := s.paid[e.Reverses]
	if !reverses {
		year = e.On.Year
	}
	if slices.ContainsFunc(e.Lines, func(l funding.Line) bool { return l.Person != "" }) {
		s.paid[e.ID] = e.On.Year
	}
	moves, err := e.MovementsOf(year)
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

func (s *tally) compareTotals(ctx context.Context, t *tx, territory string) error {
	all, err := list(ctx, t, scanYearTotal, `SELECT fiscal_year, account, debit, credit FROM funding_totals WHERE territory = $1`, territory)
	if err != nil {
		return err
	}
	kept := map[totalOf]funding.AccountTotal{}
	for _, one := range all {
		kept[totalOf{one.year, one.Account}] = one.AccountTotal
	}
	if at, differs := difference(s.totals, kept); differs {
		return fmt.Errorf("%w: account %s of %d", ErrBooksApart, at.account, at.year)
	}
	return nil
}

func (s *tally) compareStandings(ctx context.Context, t *tx, territory string) error {
	all, err := list(ctx, t, scanStanding, selectStanding, territory)
	if err != nil {
		return err
	}
	kept := map[funding.Movement]funding.Movement{}
	for _, one := range all {
		kept[unmoved(one)] = one
	}
	if at, differs := difference(s.standings, kept); differs {
		return fmt.Errorf("%w: what stands about %s%s", ErrBooksApart, at.Envelope, at.Person)
	}
	return nil
}

// difference is a key that two maps do not agree about.
func difference[K, V comparable](a, b map[K]V) (at K, differs bool) {
	for k, v := range a {
		if other, there := b[k]; !there || other != v {
			return k, true
		}
	}
	for k := range b {
		if _, there := a[k]; !there {
			return k, true
		}
	}
	return at, false
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
