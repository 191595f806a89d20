package store

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/relais-snp/relais/internal/indicator"
)

const selectFrozen = `SELECT territory, year, first_day, last_day, progress, state, by_whom, at FROM mission_years WHERE territory = $1`

// Frozen returns a frozen contract year; indicator.ErrNotFrozen.
func (i Indicators) Frozen(ctx context.Context, territory string, year int) (indicator.FrozenYear, error) {
	return one(ctx, i.DB, indicator.ErrNotFrozen, scanFrozen, selectFrozen+` AND year = $2`, territory, year)
}

// Frozen tells whether a contract year was frozen. Who locked an objective is sure
// of the answer: so does whoever freezes.
func (t *tx) Frozen(ctx context.Context, territory string, year int) (bool, error) {
	_, frozen, err := first(list(ctx, t, scanID, `SELECT territory FROM mission_years WHERE territory = $1 AND year = $2`, territory, year))
	return frozen, err
}

// FrozenYears lists a territory's, first to last.
func (t *tx) FrozenYears(ctx context.Context, territory string) ([]indicator.FrozenYear, error) {
	return list(ctx, t, scanFrozen, selectFrozen+` ORDER BY year`, territory)
}

// AddFrozen keeps a frozen year for good; indicator.ErrFrozen.
func (t *tx) AddFrozen(ctx context.Context, y indicator.FrozenYear) error {
	progress, err := json.Marshal(y.Progress)
	if err != nil {
		return err
	}
	state, err := json.Marshal(y.State)
	if err != nil {
		return err
	}
	return changed(ctx, t, indicator.ErrFrozen, `INSERT INTO mission_years (territory, year, first_day, last_day, progress, state, by_whom, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
		y.Territory, y.Year, y.From.String(), y.To.String(), string(progress), string(state), y.By, stamp(y.At))
}

func scanFrozen(row scanner) (y indicator.FrozenYear, err error) {
	var progress, state []byte
	err = row.Scan(&y.Territory, &y.Year, day{&y.From}, day{&y.To}, &progress, &state, &y.By, instant{&y.At})
	if err != nil {
		return y, err
	}
	if err := json.Unmarshal(progress, &y.Progress); err != nil {
		return y, err
	}
	return y, json.Unmarshal(state, &y.State)
}

const recordHolds = `SELECT EXISTS (SELECT 1 FROM slots s WHERE s.territory = $1 AND s.start_at >= $2 AND s.start_at < $3)
  OR EXISTS (SELECT 1 FROM cases c WHERE c.territory = $1 AND c.opened_at >= $2 AND c.opened_at < $3)
  OR EXISTS (SELECT 1 FROM mt_requests r WHERE r.territory = $1 AND r.received_at >= $2 AND r.received_at < $3)`

// Holds reports whether there is anything of a territory and [from, to): slots,
// cases, requests for a médecin traitant.
func (i Indicators) Holds(ctx context.Context, territory string, from, to time.Time) (bool, error) {
	return one(ctx, i.DB, nil, func(row scanner) (held bool, err error) {
		err = row.Scan(&held)
		return held, err
	}, recordHolds, territory, stamp(from), stamp(to))
}

const recordState = `SELECT
  (SELECT COUNT(*) FROM slots s WHERE s.territory = $1 AND s.start_at >= $2 AND s.start_at < $3),
  (SELECT COUNT(*) FROM slots s JOIN bookings b ON b.slot = s.id WHERE s.territory = $1 AND s.start_at >= $2 AND s.start_at < $3),
  (SELECT COUNT(*) FROM cases c WHERE c.territory = $1 AND c.opened_at >= $2 AND c.opened_at < $3),
  (SELECT COUNT(*) FROM mt_requests r WHERE r.territory = $1 AND r.received_at >= $2 AND r.received_at < $3),
  (SELECT COUNT(*) FROM audit a),
  COALESCE((SELECT value FROM meta WHERE name = $4), $5)`

// RecordState counts what the record holds of a territory and [from, to): slots,
// bookings, cases, requests; entries of the audit of all territories and the end of
// its chain, and whether the territory is simulated.
func (i Indicators) RecordState(ctx context.Context, territory string, from, to time.Time) (map[string]string, error) {
	state, err := one(ctx, i.DB, nil, scanState, recordState, territory, stamp(from), stamp(to), chainHead, head{}.String())
	if err != nil {
		return nil, err
	}
	simulated, err := i.DB.Simulated(ctx)
	state["simulated"] = strconv.FormatBool(simulated)
	return state, err
}

func scanState(row scanner) (map[string]string, error) {
	names := []string{"slots", "bookings", "cases", "requests", "audit.entries"}
	counts, into := make([]int64, len(names)), []any{}
	for n := range counts {
		into = append(into, &counts[n])
	}
	var end string
	if err := row.Scan(append(into, &end)...); err != nil {
		return nil, err
	}
	state := map[string]string{"audit.chain": end}
	for n, name := range names {
		state[name] = strconv.FormatInt(counts[n], 10)
	}
	return state, nil
}
