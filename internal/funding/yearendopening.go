package funding

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// toOpen lists the entry that opens the next year with what this one leaves, once
// this one takes no entry any more and the next one does: every balance-sheet
// account, and the result, which waits on its own account until somebody allocates
// it. Its lines are about nothing, so that no envelope and nobody is counted again.
// A year whose openings somebody wrote by hand is not asked again.
func (s *Service) toOpen(ctx context.Context, end closing) ([]YearEndEntry, error) {
	base := openingKey + strconv.Itoa(end.Year) + "-bilan"
	all := end.there(base, again, Opening)
	next, there := end.after()
	if !there || !next.ClosedAt.IsZero() || end.opened(next) {
		return all, nil
	}
	left, known, err := s.leaves(ctx, end, end.FiscalYear)
	if err != nil || !known || len(left) == 0 {
		return all, err
	}
	key := end.next(base, again)
	d := Draft{Territory: end.Territory, Journal: openingJournal, On: next.First, Piece: key, PieceOn: next.First,
		Label: label("À-nouveaux : bilan de l’exercice " + strconv.Itoa(end.Year))}
	for _, account := range slices.Sorted(maps.Keys(left)) {
		d.Lines = append(d.Lines, Line{Account: account, Debit: max(left[account], 0), Credit: max(-left[account], 0)})
	}
	return append(all, YearEndEntry{Kind: Opening, Key: key, Draft: d}), nil
}

// leaves is what a closed year leaves to the next, debits above zero, by account:
// what its entries made of the balance sheet, its result, and what the year before
// left when nothing opened this one with it. It is not known while one of them is
// open.
func (s *Service) leaves(ctx context.Context, end closing, year FiscalYear) (left map[string]Cents, known bool, err error) {
	if year.ClosedAt.IsZero() {
		return nil, false, nil
	}
	left = map[string]Cents{}
	if before, there := end.before(year); there && !end.opened(year) {
		if left, known, err = s.leaves(ctx, end, before); err != nil || !known {
			return nil, false, err
		}
	}
	totals, err := s.Store.Balances(ctx, end.Territory, year.Year)
	if err != nil {
		return nil, false, err
	}
	var result Cents // of expenses less income: a loss is above zero
	for _, t := range totals {
		if isFlow(t.Account) {
			result, err = Sum(result, t.Debit, -t.Credit)
		} else {
			left[t.Account], err = Sum(left[t.Account], t.Debit, -t.Credit)
		}
		if err != nil {
			return nil, false, err
		}
	}
	on := surplus
	if result > 0 {
		on = deficit
	}
	if left[on], err = left[on].Add(result); err != nil {
		return nil, false, err
	}
	maps.DeleteFunc(left, func(_ string, balance Cents) bool { return balance == 0 })
	return left, true, nil
}

// isFlow reports whether an account begins each year with nothing: expenses and
// income, which charts hold to 6 and 7.
func isFlow(account string) bool {
	return strings.HasPrefix(account, "6") || strings.HasPrefix(account, "7")
}

// after returns the year that begins when the closing one has ended.
func (c closing) after() (FiscalYear, bool) {
	return find(c.years, func(y FiscalYear) bool { return y.First == c.Last.AddDays(1) })
}

// before returns the year that ended when another one began.
func (c closing) before(of FiscalYear) (FiscalYear, bool) {
	return find(c.years, func(y FiscalYear) bool { return y.Last.AddDays(1) == of.First })
}

func find(years []FiscalYear, is func(FiscalYear) bool) (FiscalYear, bool) {
	at := slices.IndexFunc(years, is)
	if at < 0 {
		return FiscalYear{}, false
	}
	return years[at], true
}

// opened reports whether an entry of the journal of openings stands in a year. What
// another year takes back of it is of that year.
func (c closing) opened(year FiscalYear) bool {
	return slices.ContainsFunc(c.openings, func(e Entry) bool { return e.FiscalYear == year.Year && c.undone[e.ID] != year.Year })
}
