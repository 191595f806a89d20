package store

import (
	"context"

	"github.com/relais-snp/relais/internal/funding"
)

const selectBudgetLine = `SELECT id, territory, year, budget, label, account, mission, envelope, planned, committed, revision FROM funding_budget_lines`

// BudgetLines lists those of a fiscal year; see funding.Store.
func (f Funding) BudgetLines(ctx context.Context, territory string, year int) ([]funding.BudgetLine, error) {
	return list(ctx, f.DB, scanBudgetLine, selectBudgetLine+` WHERE territory = $1 AND year = $2 ORDER BY budget, label, id`, territory, year)
}

// BudgetLines lists those of a fiscal year as the transaction sees them.
func (t *tx) BudgetLines(ctx context.Context, territory string, year int) ([]funding.BudgetLine, error) {
	return list(ctx, t, scanBudgetLine, selectBudgetLine+` WHERE territory = $1 AND year = $2`, territory, year)
}

// BudgetLine locks and returns one; funding.ErrBudgetUnknown.
func (t *tx) BudgetLine(ctx context.Context, id string) (funding.BudgetLine, error) {
	return one(ctx, t, funding.ErrBudgetUnknown, scanBudgetLine, t.locking(selectBudgetLine+` WHERE id = $1`), id)
}

// SaveBudgetLine inserts or writes one, and raises Revision. Its territory stays.
func (t *tx) SaveBudgetLine(ctx context.Context, l funding.BudgetLine) error {
	return run(ctx, t, `INSERT INTO funding_budget_lines (id, territory, year, budget, label, account, mission, envelope, planned, committed, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
ON CONFLICT (id) DO UPDATE SET year = excluded.year, budget = excluded.budget, label = excluded.label, account = excluded.account,
  mission = excluded.mission, envelope = excluded.envelope, planned = excluded.planned, committed = excluded.committed,
  revision = funding_budget_lines.revision + 1`,
		l.ID, l.Territory, l.Year, l.Budget, l.Label, l.Account, l.Mission, l.Envelope, int64(l.Planned), int64(l.Committed))
}

// DeleteBudgetLine removes one, if it is there.
func (t *tx) DeleteBudgetLine(ctx context.Context, id string) error {
	return run(ctx, t, `DELETE FROM funding_budget_lines WHERE id = $1`, id)
}

func scanBudgetLine(row scanner) (l funding.BudgetLine, err error) {
	var planned, committed int64
	err = row.Scan(&l.ID, &l.Territory, &l.Year, &l.Budget, &l.Label, &l.Account, &l.Mission, &l.Envelope, &planned, &committed, &l.Revision)
	l.Planned, l.Committed = funding.Cents(planned), funding.Cents(committed)
	return l, err
}
