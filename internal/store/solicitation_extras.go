package store

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/regulation"
	"github.com/relais-snp/relais/internal/territory"
)

// Who accepts is asked by an account of theirs, so one that could not answer does
// not count. The territory's practitioners come first: SQLite keeps the order of a
// CROSS JOIN, and who accepts elsewhere is not looked at.
const selectWilling = `SELECT e.practitioner, p.rpps,
  (SELECT string_agg(l.commune, ' ' ORDER BY l.commune) FROM practitioner_locations w JOIN locations l ON l.id = w.location WHERE w.practitioner = e.practitioner)
FROM practitioner_territories t CROSS JOIN extras e CROSS JOIN practitioners p
WHERE t.territory = $1 AND e.practitioner = t.practitioner AND p.id = e.practitioner AND e.accepts AND (e.until_at IS NULL OR e.until_at > $2)
  AND EXISTS (SELECT 1 FROM accounts a JOIN account_roles r ON r.account = a.id JOIN account_territories h ON h.account = a.id
    WHERE a.practitioner = e.practitioner AND a.active AND r.role = 'gp' AND h.territory = $1)
ORDER BY e.practitioner`

// Accepting lists who accepts patients en sus in a territory at now.
func (r Regulation) Accepting(ctx context.Context, territory string, now time.Time) ([]regulation.Willing, error) {
	return list(ctx, r.DB, scanWilling, selectWilling, territory, stamp(now))
}

// Accepting is that of the store, within the transaction.
func (t *tx) Accepting(ctx context.Context, territory string, now time.Time) ([]regulation.Willing, error) {
	return list(ctx, t, scanWilling, selectWilling, territory, stamp(now))
}

// Extras returns a GP's choice, the zero one for who never chose.
func (r Regulation) Extras(ctx context.Context, practitioner string) (regulation.Extras, error) {
	found, _, err := first(list(ctx, r.DB, scanExtras,
		`SELECT practitioner, accepts, until_at, chosen_at, chosen_by FROM extras WHERE practitioner = $1`, practitioner))
	return found, err
}

// SaveExtras keeps a GP's choice; the last one holds.
func (t *tx) SaveExtras(ctx context.Context, e regulation.Extras) error {
	return run(ctx, t, `INSERT INTO extras (practitioner, accepts, until_at, chosen_at, chosen_by) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (practitioner) DO UPDATE SET accepts = excluded.accepts, until_at = excluded.until_at,
  chosen_at = excluded.chosen_at, chosen_by = excluded.chosen_by`,
		e.Practitioner, e.Accepts, stamp(e.Until), stamp(e.ChosenAt), e.ChosenBy)
}

func scanWilling(row scanner) (w regulation.Willing, err error) {
	err = row.Scan(&w.Practitioner, &w.RPPS, words[territory.INSEE]{&w.Communes})
	return w, err
}

func scanExtras(row scanner) (e regulation.Extras, err error) {
	err = row.Scan(&e.Practitioner, &e.Accepts, instant{&e.Until}, instant{&e.ChosenAt}, &e.ChosenBy)
	return e, err
}
