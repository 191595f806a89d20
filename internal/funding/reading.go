package funding

import (
	"context"
	"errors"
	"fmt"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// Entries lists a page of a territory's entries, for treasurers and coordinators.
func (s *Service) Entries(ctx context.Context, a account.Actor, q EntryQuery) ([]Entry, error) {
	if err := s.may(a, account.ReadBooks, q.Territory); err != nil {
		return nil, err
	}
	return s.Store.Entries(ctx, q)
}

// Entry returns one entry, for treasurers and coordinators of its territory.
// ErrEntryUnknown.
func (s *Service) Entry(ctx context.Context, a account.Actor, id string) (Entry, error) {
	// Who reads no books learns of no entry whether there is one.
	if err := account.Allow(a, account.ReadBooks, account.Target{}); err != nil {
		return Entry{}, err
	}
	e, err := s.Store.Entry(ctx, id)
	switch {
	case err != nil:
		return Entry{}, err
	case !a.In(e.Territory):
		return Entry{}, ErrEntryUnknown
	}
	if err := s.may(a, account.ReadBooks, e.Territory); err != nil {
		return Entry{}, err
	}
	return e, nil
}

// Totals lists what a fiscal year's entries add up to by account.
func (s *Service) Totals(ctx context.Context, a account.Actor, territory string, year int) ([]AccountTotal, error) {
	if err := s.may(a, account.ReadBooks, territory); err != nil {
		return nil, err
	}
	return s.Store.Balances(ctx, territory, year)
}

// Standings lists what every envelope received and spent, and what every
// professional got by calendar year.
func (s *Service) Standings(ctx context.Context, a account.Actor, territory string) ([]Movement, error) {
	if err := s.may(a, account.ReadBooks, territory); err != nil {
		return nil, err
	}
	return s.Store.Standings(ctx, territory)
}

// Expectations lists a page of expected money.
func (s *Service) Expectations(ctx context.Context, a account.Actor, q ExpectationQuery) ([]Expectation, error) {
	if err := s.may(a, account.ReadBooks, q.Territory); err != nil {
		return nil, err
	}
	return s.Store.Expectations(ctx, q)
}

// FiscalYears lists a territory's fiscal years.
func (s *Service) FiscalYears(ctx context.Context, a account.Actor, territory string) ([]FiscalYear, error) {
	if err := s.may(a, account.ReadBooks, territory); err != nil {
		return nil, err
	}
	return s.Store.FiscalYears(ctx, territory)
}

// ErrChain says that an entry is not what was written: the chain breaks there.
var ErrChain = errors.New("funding: the chain of entries breaks")

// Walk follows the chain of a territory's entries from the first to the last and
// returns how many there are. It returns ErrChain, wrapped with the number of the
// first entry that is missing, changed, out of its place, or such that it cannot be
// read.
func Walk(ctx context.Context, store Store, territory string) (int64, error) {
	page := 1000
	head := Head{}
	for {
		entries, err := store.Entries(ctx, EntryQuery{Territory: territory, After: head.Number, Limit: page})
		switch {
		case err == nil:
		case fault.Of(err).Kind != fault.Internal:
			return head.Number, err
		case page == 1:
			return head.Number, fmt.Errorf("%w at entry %d: %w", ErrChain, head.Number+1, err)
		default: // one of them cannot be read: which one?
			page = 1
			continue
		}
		for _, e := range entries {
			if e.Number != head.Number+1 || !e.Chained(head.Hash) {
				return head.Number, fmt.Errorf("%w at entry %d", ErrChain, head.Number+1)
			}
			head = Head{e.Number, e.Hash}
		}
		if len(entries) < page {
			return head.Number, nil
		}
	}
}
