package funding

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
)

// purse is an envelope of a contract.
type purse struct{ contract, envelope string }

// fundsToKeep lists the entries that keep what earmarked envelopes have left on
// the closing day, those of earlier years taken up included.
func (s *Service) fundsToKeep(ctx context.Context, end closing) ([]YearEndEntry, error) {
	standings, err := s.Store.Standings(ctx, end.Territory)
	if err != nil {
		return nil, err
	}
	codes := map[string]bool{}
	for _, m := range standings {
		if m.Envelope != "" && s.Guards.Earmarked(m.Envelope) {
			codes[m.Envelope] = true
		}
	}
	var all []YearEndEntry
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		left, err := s.leftOn(ctx, end, code)
		if err != nil {
			return nil, err
		}
		base := fundsKey + strconv.Itoa(end.Year) + "-" + code
		all = append(all, end.there(base, again, FundKept)...)
		for _, p := range slices.SortedFunc(maps.Keys(left), func(a, b purse) int { return cmp.Compare(a.contract, b.contract) }) {
			if left[p] <= 0 {
				continue
			}
			title := label("Report en fonds dédiés : " + labelOf(s.Schedules, code) + ", exercice " + strconv.Itoa(end.Year))
			all = append(all, end.propose(FundKept, end.next(base, again), title, fundsKept, funds, left[p], Dimensions{Contract: p.contract, Envelope: code}))
		}
	}
	return all, nil
}

// leftOn is what an envelope has left on the closing day, by contract: less what
// earlier closings kept and nothing took up.
func (s *Service) leftOn(ctx context.Context, end closing, code string) (map[purse]Cents, error) {
	left := map[purse]Cents{}
	err := s.each(ctx, EntryQuery{Territory: end.Territory, Envelope: code}, func(e Entry) error {
		if e.On.After(end.Last) {
			return nil
		}
		for _, l := range e.Lines {
			if l.Envelope != code || !isFlow(l.Account) {
				continue
			}
			p := purse{l.Contract, l.Envelope}
			sum, err := Sum(left[p], l.Credit, -l.Debit)
			if err != nil {
				return err
			}
			left[p] = sum
		}
		return nil
	})
	return left, err
}
