package store

import (
	"context"
	"slices"
)

// Reversals tells which entry of a territory reversed each of those that were, by
// id; see funding.Store.
func (f Funding) Reversals(ctx context.Context, territory string, ids []string) (map[string]string, error) {
	by := map[string]string{}
	for some := range slices.Chunk(ids, atOnce) {
		var w filter
		w.add("territory = ?", territory)
		w.add("reverses IN "+marks(len(some)), anys(some)...)
		found, err := list(ctx, f.DB, scanReversal, `SELECT reverses, id FROM funding_entries`+w.where(), w.args...)
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			by[r[0]] = r[1]
		}
	}
	return by, nil
}

func scanReversal(row scanner) (r [2]string, err error) {
	err = row.Scan(&r[0], &r[1])
	return r, err
}
