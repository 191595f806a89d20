package store

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/attribution"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/regulation"
)

// Attribution is the record as attribution needs it.
type Attribution struct{ DB *DB }

var (
	_ attribution.Store  = Attribution{}
	_ attribution.Tx     = (*tx)(nil)
	_ attribution.People = Directory{}
)

// InTx runs fn in one transaction; see attribution.Store. What it erased leaves
// the log of a SQLite file too.
func (a Attribution) InTx(ctx context.Context, fn func(ctx context.Context, tx attribution.Tx) error) error {
	var done *tx
	err := a.DB.inTx(ctx, func(ctx context.Context, t *tx) error {
		done = t
		return fn(ctx, t)
	})
	if err == nil && done.erased {
		a.DB.emptyLog(ctx)
	}
	return err
}

// liveRequests is written out in statements as in the partial indexes, so that
// SQLite knows them again.
const liveRequests = `state NOT IN ('attached', 'closed')`

// Request returns one; attribution.ErrRequestUnknown.
func (a Attribution) Request(ctx context.Context, id string) (attribution.Request, error) {
	return one(ctx, a.DB, attribution.ErrRequestUnknown, a.DB.scanRequest, selectRequest+` WHERE id = $1`, id)
}

// Requests lists a page by priority; see attribution.Store.
func (a Attribution) Requests(ctx context.Context, q attribution.RequestQuery) ([]attribution.Request, error) {
	var w filter
	w.add("territory = ?", q.Territory)
	if len(q.States) > 0 {
		w.add("state IN "+marks(len(q.States)), anys(q.States)...)
		w.addIf(noneEnded(q.States), liveRequests)
	}
	w.addIf(q.Tier > 0, "tier = ?", q.Tier)
	w.addIf(q.Commune != "", "commune = ?", q.Commune)
	w.addIf(q.By != "", "entered_by = ?", q.By)
	w.addIf(q.After.ID != "", "(tier, since_day, draw, id) > (?, ?, ?, ?)", q.After.Tier, q.After.Since.String(), q.After.Draw, q.After.ID)
	return list(ctx, a.DB, a.DB.scanRequest, selectRequest+w.where()+` ORDER BY tier, since_day, draw, id`+w.limit(q.Limit), w.args...)
}

func noneEnded(states []attribution.State) bool {
	for _, s := range states {
		if s.Ended() {
			return false
		}
	}
	return true
}

// RequestsNamed lists the open requests of a family name, the longest waiting
// first; see attribution.Store.
func (a Attribution) RequestsNamed(ctx context.Context, territory, family string) ([]attribution.Request, error) {
	name, err := a.DB.keys.nameHash(family)
	if err != nil {
		return nil, err
	}
	return list(ctx, a.DB, a.DB.scanRequest,
		selectRequest+` WHERE territory = $1 AND name_hash = $2 AND `+liveRequests+` ORDER BY since_day, id LIMIT 100`, territory, name)
}

// RequestsEverNamed lists those of some family names, open ones first. It looks at all
// of the territory: a person searches now and then.
func (a Attribution) RequestsEverNamed(ctx context.Context, territory string, families []string) ([]attribution.Request, error) {
	names := make([]any, 0, len(families))
	for _, family := range families {
		name, err := a.DB.keys.nameHash(family)
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return nil, nil
	}
	var w filter
	w.add("territory = ?", territory)
	w.add("name_hash IN "+marks(len(names)), names...)
	return list(ctx, a.DB, a.DB.scanRequest,
		selectRequest+w.where()+` ORDER BY CASE WHEN `+liveRequests+` THEN 0 ELSE 1 END, since_day DESC, id`+w.limit(500), w.args...)
}

// Events lists those of a request in order.
func (a Attribution) Events(ctx context.Context, request string) ([]attribution.Event, error) {
	return list(ctx, a.DB, a.DB.scanEvent, `SELECT id, request, at, actor, kind, detail, practitioner, note, note_key
FROM mt_events WHERE request = $1 ORDER BY position`, request)
}

// An attachment is known by its day: it counts as ended the day after.
const forgettable = `SELECT id FROM mt_requests
WHERE territory = $1 AND erased_at IS NULL AND state IN ('attached', 'closed')
  AND (state = 'closed' AND closed_at < $2 OR state = 'attached' AND attached_on < $3)
ORDER BY id LIMIT $4`

// Forgettable lists the ids of requests whose identity was kept long enough.
func (a Attribution) Forgettable(ctx context.Context, territory string, endedBefore time.Time, limit int) ([]string, error) {
	return list(ctx, a.DB, scanID, forgettable, territory, stamp(endedBefore), civil.DateOf(endedBefore, time.UTC).String(), limit)
}

// CalledAbout returns where a call was answered, and whether its patient has a médecin traitant; attribution.ErrCaseUnknown.
func (t *tx) CalledAbout(ctx context.Context, id string) (territory string, hasMT bool, err error) {
	status, err := one(ctx, t, attribution.ErrCaseUnknown, func(row scanner) (status string, err error) {
		return status, row.Scan(&territory, &status)
	}, `SELECT territory, mt_status FROM cases WHERE id = $1`, id)
	return territory, status == string(regulation.MTHas), err
}
