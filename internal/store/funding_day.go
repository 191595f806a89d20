package store

import (
	"cmp"
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/funding"
)

// entriesByDay lists a page of a fiscal year's entries by day and number.
func entriesByDay(ctx context.Context, from rows, q funding.EntryQuery) ([]funding.Entry, error) {
	var w filter
	w.add("e.territory = ? AND e.fiscal_year = ?", q.Territory, q.Year)
	w.addIf(!q.AfterOn.IsZero(), "(e.on_day, e.number) > (?, ?)", q.AfterOn.String(), q.After)
	page, err := list(ctx, from, scanFundingEntry, selectFundingEntry+w.where()+` ORDER BY e.on_day, e.number`+w.limit(q.Limit), w.args...)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(page, func(a, b funding.Entry) int { return cmp.Compare(a.Number, b.Number) }) // lines are read by number
	err = giveLines(ctx, from, page)
	slices.SortFunc(page, func(a, b funding.Entry) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.Number, b.Number)) })
	return page, err
}
