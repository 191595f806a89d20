package store

import (
	"context"
	"math"
	"slices"

	"github.com/relais-snp/relais/internal/funding"
)

// atATime is how many entries a search looks at before it looks for more.
const atATime = 200

// entriesWithLine lists a page of the entries that have a line on an account or
// about an envelope. The index of such lines leads from one to the next in order;
// what else is asked is looked at in what it finds. Left to themselves, both
// databases would gather all of them for a page.
func entriesWithLine(ctx context.Context, from rows, q funding.EntryQuery) ([]funding.Entry, error) {
	page := []funding.Entry{}
	begins, ends, err := numbersOf(ctx, from, q)
	if err != nil {
		return nil, err
	}
	if q.Newest && q.After > 0 {
		ends = min(ends, q.After-1)
	} else if !q.Newest {
		begins = max(begins, q.After+1)
	}
	for q.Limit <= 0 || len(page) < q.Limit {
		numbers, err := numbersWithLine(ctx, from, q, begins, ends)
		if err != nil || len(numbers) == 0 {
			return page, err
		}
		if last := numbers[len(numbers)-1]; q.Newest {
			ends = last - 1
		} else {
			begins = last + 1
		}
		slices.Sort(numbers)
		found, err := entriesNumbered(ctx, from, q.Territory, numbers)
		if err != nil {
			return nil, err
		}
		if q.Newest {
			slices.Reverse(found)
		}
		page = append(page, slices.DeleteFunc(found, func(e funding.Entry) bool { return !answers(e, q) })...)
	}
	return page[:q.Limit], nil
}

// numbersOf is where the entries of the year that is asked for begin and end.
func numbersOf(ctx context.Context, from rows, q funding.EntryQuery) (low, high int64, err error) {
	if q.Year == 0 {
		return 1, math.MaxInt64, nil
	}
	const ofYear = `SELECT number FROM funding_entries WHERE territory = $1 AND fiscal_year = $2 ORDER BY number `
	if low, _, err = first(list(ctx, from, scanNumber, ofYear+`LIMIT 1`, q.Territory, q.Year)); err != nil {
		return 0, 0, err
	}
	high, _, err = first(list(ctx, from, scanNumber, ofYear+`DESC LIMIT 1`, q.Territory, q.Year))
	return low, high, err
}

func numbersWithLine(ctx context.Context, from rows, q funding.EntryQuery, begins, ends int64) ([]int64, error) {
	var w filter
	w.add("territory = ? AND number >= ? AND number <= ?", q.Territory, begins, ends)
	if q.Account != "" {
		w.add("account = ?", q.Account)
	} else {
		w.add("envelope = ? AND envelope <> ''", q.Envelope) // as the partial index says it
	}
	order := ` ORDER BY number`
	if q.Newest {
		order += ` DESC`
	}
	return list(ctx, from, scanNumber, `SELECT DISTINCT number FROM funding_lines`+w.where()+order+w.limit(atATime), w.args...)
}

func entriesNumbered(ctx context.Context, from rows, territory string, numbers []int64) (all []funding.Entry, err error) {
	for some := range slices.Chunk(numbers, atOnce) {
		var w filter
		w.add("e.territory = ?", territory)
		w.add("e.number IN "+marks(len(some)), anys(some)...)
		found, err := list(ctx, from, scanFundingEntry, selectFundingEntry+w.where()+` ORDER BY e.number`, w.args...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, giveLines(ctx, from, all)
}

// answers reports whether an entry is what was asked for.
func answers(e funding.Entry, q funding.EntryQuery) bool {
	on := q.Account == "" || slices.ContainsFunc(e.Lines, func(l funding.Line) bool { return l.Account == q.Account })
	about := q.Envelope == "" || slices.ContainsFunc(e.Lines, func(l funding.Line) bool { return l.Envelope == q.Envelope })
	return on && about && (q.Year == 0 || e.FiscalYear == q.Year) && (q.Journal == "" || e.Journal == q.Journal)
}
