package store

import (
	"context"
	"unicode/utf8"

	"github.com/relais-snp/relais/internal/funding"
)

const expectationColumns = `id, territory, origin, on_day, amount, received, state, ` + dimensionColumns + `, because, created_at, revision`

const selectExpectation = `SELECT ` + expectationColumns + ` FROM funding_expectations`

// Expectations lists a page by day and id; see funding.Store.
func (f Funding) Expectations(ctx context.Context, q funding.ExpectationQuery) ([]funding.Expectation, error) {
	var w filter
	w.add("territory = ?", q.Territory)
	if len(q.States) > 0 {
		w.add("state IN "+marks(len(q.States)), anys(q.States)...)
	}
	w.addIf(q.Prefix != "", "origin >= ? AND origin < ?", q.Prefix, beyond(q.Prefix))
	w.addIf(q.Person != "", "person = ? AND person <> ''", q.Person) // as the partial index says it
	w.addIf(q.AfterID != "", "(on_day, id) > (?, ?)", q.AfterOn.String(), q.AfterID)
	return list(ctx, f.DB, scanExpectation, selectExpectation+w.where()+` ORDER BY on_day, id`+w.limit(q.Limit), w.args...)
}

// beyond is a text that comes after all that begin with prefix.
func beyond(prefix string) string { return prefix + string(rune(utf8.MaxRune)) }

// Expectation locks and returns one; funding.ErrExpectationUnknown.
func (t *tx) Expectation(ctx context.Context, id string) (funding.Expectation, error) {
	return one(ctx, t, funding.ErrExpectationUnknown, scanExpectation, t.locking(selectExpectation+` WHERE id = $1`), id)
}

// ExpectationsKeyed locks and returns those whose key begins with prefix, by key.
func (t *tx) ExpectationsKeyed(ctx context.Context, territory, prefix string) ([]funding.Expectation, error) {
	return list(ctx, t, scanExpectation, t.locking(selectExpectation+` WHERE territory = $1 AND origin >= $2 AND origin < $3 ORDER BY origin`),
		territory, prefix, beyond(prefix))
}

// AddExpectation inserts one, or locks and returns the one of its key.
func (t *tx) AddExpectation(ctx context.Context, x funding.Expectation) (kept funding.Expectation, added bool, err error) {
	args := []any{x.ID, x.Territory, x.Key, x.On.String(), int64(x.Amount), int64(x.Received), x.State}
	args = append(append(args, dimensionsRow(x.Dimensions)...), joinedWords(x.Because), stamp(x.CreatedAt), x.Revision)
	result, err := t.exec(ctx, `INSERT INTO funding_expectations (`+expectationColumns+`) VALUES `+parameters(1, len(args))+
		` ON CONFLICT (territory, origin) DO NOTHING`, args...)
	if err != nil {
		return x, false, translate(err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return x, n == 1, translate(err)
	}
	kept, err = one(ctx, t, funding.ErrExpectationUnknown, scanExpectation,
		t.locking(selectExpectation+` WHERE territory = $1 AND origin = $2`), x.Territory, x.Key)
	return kept, false, err
}

// SaveExpectation writes day, amount, received and state, and raises Revision.
func (t *tx) SaveExpectation(ctx context.Context, x funding.Expectation) error {
	return changed(ctx, t, funding.ErrExpectationUnknown, `UPDATE funding_expectations
SET on_day = $2, amount = $3, received = $4, state = $5, revision = revision + 1 WHERE id = $1`,
		x.ID, x.On.String(), int64(x.Amount), int64(x.Received), x.State)
}

func scanExpectation(row scanner) (x funding.Expectation, err error) {
	var amount, received int64
	into := []any{&x.ID, &x.Territory, &x.Key, day{&x.On}, &amount, &received, &x.State}
	into = append(append(into, dimensionsInto(&x.Dimensions)...), words[string]{&x.Because}, instant{&x.CreatedAt}, &x.Revision)
	err = row.Scan(into...)
	x.Amount, x.Received = funding.Cents(amount), funding.Cents(received)
	return x, err
}
