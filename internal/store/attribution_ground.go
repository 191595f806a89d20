package store

import (
	"context"
	"database/sql"

	"github.com/relais-snp/relais/internal/attribution"
)

const seekingRequests = `SELECT ` + sketchColumns + ` FROM mt_requests
WHERE territory = $1 AND ` + liveRequests + ` AND state IN ('qualified', 'waiting') ORDER BY tier, since_day, draw, id`

// Those who look, each with the requests that were merged into theirs and still
// are. SQLite keeps the order of a CROSS JOIN: those who look are few beside all
// offers and events ever.
const refusals = `WITH RECURSIVE same(request, part) AS (
  SELECT r.id, r.id FROM mt_requests r WHERE r.territory = $1 AND r.` + liveRequests + ` AND r.state IN ('qualified', 'waiting')
  UNION SELECT s.request, m.id FROM same s CROSS JOIN mt_events e CROSS JOIN mt_requests m
  WHERE e.request = s.part AND e.kind = 'absorbed' AND m.id = e.detail AND m.merged_into = s.part)
SELECT s.request, o.practitioner FROM same s CROSS JOIN mt_offers o
WHERE o.request = s.part AND (o.state IN ('declined', 'expired') OR o.state = 'pending' AND o.expires_at <= $2)
UNION SELECT s.request, e.practitioner FROM same s CROSS JOIN mt_events e
WHERE e.request = s.part AND e.kind = 'patient_declined' AND e.practitioner <> ''
ORDER BY 1, 2`

// Ground reads what a plan is made of as one moment shows it; see
// attribution.Store. Nothing sealed is read.
func (a Attribution) Ground(ctx context.Context, territory string, now attribution.Moment) (g attribution.Ground, err error) {
	g.NotBy = map[string][]string{}
	err = a.DB.atOneMoment(ctx, func(from rows) error {
		if g.Requests, err = list(ctx, from, scanSketch, seekingRequests, territory); err != nil {
			return err
		}
		if g.Declarations, err = declarations(ctx, from, territory, now); err != nil {
			return err
		}
		refused, err := list(ctx, from, scanRefusal, refusals, territory, stamp(now.Now))
		for _, r := range refused {
			g.NotBy[r.request] = append(g.NotBy[r.request], r.practitioner)
		}
		return err
	})
	return g, err
}

type refusal struct{ request, practitioner string }

func scanRefusal(row scanner) (r refusal, err error) {
	err = row.Scan(&r.request, &r.practitioner)
	return r, err
}

// snapshot reads what was there when it began.
type snapshot struct{ *sql.Tx }

func (s snapshot) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return s.ExecContext(ctx, query, args...)
}

func (s snapshot) query(ctx context.Context, query string, args ...any) (cursor, error) {
	return found(s.QueryContext(ctx, query, args...))
}

// atOneMoment lets look read several times from one snapshot, which nobody waits
// for.
func (db *DB) atOneMoment(ctx context.Context, look func(from rows) error) error {
	begun, err := db.read.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return translate(err)
	}
	if err := look(snapshot{begun}); err != nil {
		_ = begun.Rollback() // it changed nothing
		return translate(err)
	}
	return translate(begun.Commit())
}
