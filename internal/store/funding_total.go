package store

import (
	"context"
	"maps"
	"slices"

	"github.com/relais-snp/relais/internal/funding"
)

// A sum that would leave what a column holds touches nothing: SQLite would go on
// in floating point.
const addTotal = `INSERT INTO funding_totals (territory, fiscal_year, account, debit, credit) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (territory, fiscal_year, account) DO UPDATE SET debit = funding_totals.debit + excluded.debit,
  credit = funding_totals.credit + excluded.credit
WHERE funding_totals.debit <= 9223372036854775807 - excluded.debit AND funding_totals.credit <= 9223372036854775807 - excluded.credit`

// addTotals keeps what an entry changes on its accounts, in the order of their
// numbers. The head of the books is locked.
func (t *tx) addTotals(ctx context.Context, e funding.Entry) error {
	changes := map[string]funding.AccountTotal{}
	for _, l := range e.Lines {
		sum := changes[l.Account]
		sum.Debit, sum.Credit = sum.Debit+l.Debit, sum.Credit+l.Credit // checked: the sum of a side fits
		changes[l.Account] = sum
	}
	for _, account := range slices.Sorted(maps.Keys(changes)) {
		sum := changes[account]
		err := changed(ctx, t, funding.ErrOverflow, addTotal, e.Territory, e.FiscalYear, account, int64(sum.Debit), int64(sum.Credit))
		if err != nil {
			return err
		}
	}
	return nil
}

// Balances lists the totals of a fiscal year; see funding.Store.
func (f Funding) Balances(ctx context.Context, territory string, year int) ([]funding.AccountTotal, error) {
	return list(ctx, f.DB, scanTotal, `SELECT account, debit, credit FROM funding_totals
WHERE territory = $1 AND fiscal_year = $2 ORDER BY account`, territory, year)
}

func scanTotal(row scanner) (a funding.AccountTotal, err error) {
	var debit, credit int64
	err = row.Scan(&a.Account, &debit, &credit)
	a.Debit, a.Credit = funding.Cents(debit), funding.Cents(credit)
	return a, err
}

// Expenses are added up when they are asked for: their evidence is as fine as
// the lines themselves.
const selectExpenses = `SELECT l.account, ` + dimensionColumns + `, CAST(SUM(l.debit - l.credit) AS BIGINT)
FROM funding_entries e JOIN funding_lines l ON l.territory = e.territory AND l.number = e.number
WHERE e.territory = $1 AND e.fiscal_year = $2 AND substr(l.account, 1, 1) = '6'
GROUP BY l.account, ` + dimensionColumns + ` ORDER BY l.account, ` + dimensionColumns

// Expenses lists what a fiscal year's entries spent; see funding.Store.
func (f Funding) Expenses(ctx context.Context, territory string, year int) ([]funding.Expense, error) {
	return list(ctx, f.DB, scanExpense, selectExpenses, territory, year)
}

func scanExpense(row scanner) (x funding.Expense, err error) {
	var amount int64
	into := append([]any{&x.Account}, dimensionsInto(&x.Dimensions)...)
	err = row.Scan(append(into, &amount)...)
	x.Amount = funding.Cents(amount)
	return x, err
}

const selectStanding = `SELECT contract, envelope, person, year, received, spent FROM funding_standings WHERE territory = $1`

// Standings lists what stands by contract, envelope, person and year.
func (f Funding) Standings(ctx context.Context, territory string) ([]funding.Movement, error) {
	return list(ctx, f.DB, scanStanding, selectStanding+` ORDER BY contract, envelope, person, year`, territory)
}

// Standing returns what stands about an envelope or a person. The head of the
// books is locked, and so is all that stands.
func (t *tx) Standing(ctx context.Context, territory string, of funding.Movement) (funding.Movement, error) {
	of.Received, of.Spent = 0, 0
	there, some, err := first(list(ctx, t, scanStanding, selectStanding+` AND contract = $2 AND envelope = $3 AND person = $4 AND year = $5`,
		territory, of.Contract, of.Envelope, of.Person, of.Year))
	if err != nil || !some {
		return of, err
	}
	return there, nil
}

// SaveStanding writes it.
func (t *tx) SaveStanding(ctx context.Context, territory string, m funding.Movement) error {
	return run(ctx, t, `INSERT INTO funding_standings (territory, contract, envelope, person, year, received, spent)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (territory, contract, envelope, person, year) DO UPDATE SET received = excluded.received, spent = excluded.spent`,
		territory, m.Contract, m.Envelope, m.Person, m.Year, int64(m.Received), int64(m.Spent))
}

func scanStanding(row scanner) (m funding.Movement, err error) {
	var received, spent int64
	err = row.Scan(&m.Contract, &m.Envelope, &m.Person, &m.Year, &received, &spent)
	m.Received, m.Spent = funding.Cents(received), funding.Cents(spent)
	return m, err
}
