package store

import (
	"context"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

const selectYear = `SELECT territory, year, first_day, last_day, closed_at, closed_by FROM funding_years`

// FiscalYears lists a territory's by year.
func (f Funding) FiscalYears(ctx context.Context, territory string) ([]funding.FiscalYear, error) {
	return list(ctx, f.DB, scanYear, selectYear+` WHERE territory = $1 ORDER BY year`, territory)
}

// FiscalYears lists a territory's by year, as the transaction sees them.
func (t *tx) FiscalYears(ctx context.Context, territory string) ([]funding.FiscalYear, error) {
	return list(ctx, t, scanYear, selectYear+` WHERE territory = $1 ORDER BY year`, territory)
}

// FiscalYear returns the one that holds a day; funding.ErrNoYear.
func (t *tx) FiscalYear(ctx context.Context, territory string, on civil.Date) (funding.FiscalYear, error) {
	return one(ctx, t, funding.ErrNoYear, scanYear, selectYear+` WHERE territory = $1 AND first_day <= $2 AND last_day >= $2`, territory, on.String())
}

// A year that is there is written when it is closed, its days as they were.
const saveYear = `INSERT INTO funding_years (territory, year, first_day, last_day, closed_at, closed_by) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (territory, year) DO UPDATE SET closed_at = excluded.closed_at, closed_by = excluded.closed_by
WHERE funding_years.first_day = excluded.first_day AND funding_years.last_day = excluded.last_day AND excluded.closed_at IS NOT NULL`

// SaveFiscalYear inserts or closes a year; funding.ErrYearOverlaps, ErrYearTwice.
func (t *tx) SaveFiscalYear(ctx context.Context, y funding.FiscalYear) error {
	days := []any{y.Territory, y.Year, y.First.String(), y.Last.String()}
	others, err := list(ctx, t, scanYear, selectYear+` WHERE territory = $1 AND (year = $2 OR first_day <= $4 AND last_day >= $3)`, days...)
	if err != nil {
		return err
	}
	refused := funding.ErrYearOverlaps
	for _, o := range others {
		apart := o.Last.Before(y.First) || y.Last.Before(o.First)
		switch {
		case o.Year != y.Year:
			return funding.ErrYearOverlaps
		case apart: // they begin in one civil year, and would have one name
			refused = funding.ErrYearTwice
		}
	}
	return changed(ctx, t, refused, saveYear, append(days, stamp(y.ClosedAt), y.ClosedBy)...)
}

func scanYear(row scanner) (y funding.FiscalYear, err error) {
	err = row.Scan(&y.Territory, &y.Year, day{&y.First}, day{&y.Last}, instant{&y.ClosedAt}, &y.ClosedBy)
	return y, err
}
