package store

import (
	"context"
	"encoding/json"

	"github.com/relais-snp/relais/internal/indicator"
)

var (
	_ indicator.MissionStore = Indicators{}
	_ indicator.MissionTx    = (*tx)(nil)
)

const selectObjective = `SELECT id, territory, code, label, mission, unit, direction, baseline, base_on, source, targets, weight, series, comment
FROM mission_objectives`

const objectivesOf = selectObjective + ` WHERE territory = $1 ORDER BY mission, code`

const saveObjective = `INSERT INTO mission_objectives (id, territory, code, label, mission, unit, direction, baseline, base_on, source, targets,
  weight, series, comment)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (id) DO UPDATE SET code = excluded.code, label = excluded.label, mission = excluded.mission, unit = excluded.unit,
  direction = excluded.direction, baseline = excluded.baseline, base_on = excluded.base_on, source = excluded.source,
  targets = excluded.targets, weight = excluded.weight, series = excluded.series, comment = excluded.comment`

const observationsOf = `SELECT o.id, o.objective, o.year, o.on_day, o.figure, o.source, o.evidence, o.comment, o.computed, o.by_whom, o.at
FROM mission_objectives m JOIN mission_observations o ON o.objective = m.id
WHERE m.territory = $1 ORDER BY o.objective, o.year, o.at, o.id`

// InMissionTx runs fn in one transaction; see indicator.MissionStore.
func (i Indicators) InMissionTx(ctx context.Context, fn func(ctx context.Context, tx indicator.MissionTx) error) error {
	return i.DB.inTx(ctx, func(ctx context.Context, t *tx) error { return fn(ctx, t) })
}

// Objective returns one; indicator.ErrObjectiveUnknown.
func (i Indicators) Objective(ctx context.Context, id string) (indicator.Objective, error) {
	return one(ctx, i.DB, indicator.ErrObjectiveUnknown, scanObjective, selectObjective+` WHERE id = $1`, id)
}

// Objectives lists a territory's by mission and code.
func (i Indicators) Objectives(ctx context.Context, territory string) ([]indicator.Objective, error) {
	return list(ctx, i.DB, scanObjective, objectivesOf, territory)
}

// Observations lists a territory's by objective, year, then at.
func (i Indicators) Observations(ctx context.Context, territory string) ([]indicator.Observation, error) {
	return list(ctx, i.DB, scanObservation, observationsOf, territory)
}

// Objective locks and returns one; indicator.ErrObjectiveUnknown.
func (t *tx) Objective(ctx context.Context, id string) (indicator.Objective, error) {
	return one(ctx, t, indicator.ErrObjectiveUnknown, scanObjective, t.locking(selectObjective+` WHERE id = $1`), id)
}

// Objectives locks and lists a territory's by mission and code; until the
// transaction's end no other is added.
func (t *tx) Objectives(ctx context.Context, territory string) ([]indicator.Objective, error) {
	if err := t.claims(ctx, "mission\n"+territory); err != nil {
		return nil, err
	}
	return list(ctx, t, scanObjective, t.locking(objectivesOf), territory)
}

// Observations lists a territory's by objective, year, then at.
func (t *tx) Observations(ctx context.Context, territory string) ([]indicator.Observation, error) {
	return list(ctx, t, scanObservation, observationsOf, territory)
}

// SaveObjective inserts or writes one; indicator.ErrCodeTaken.
func (t *tx) SaveObjective(ctx context.Context, o indicator.Objective) error {
	if err := t.claims(ctx, "mission\n"+o.Territory); err != nil {
		return err
	}
	others, err := list(ctx, t, scanID, `SELECT id FROM mission_objectives WHERE territory = $1 AND code = $2 AND id <> $3`, o.Territory, o.Code, o.ID)
	if err != nil {
		return err
	}
	if len(others) > 0 {
		return indicator.ErrCodeTaken
	}
	targets, err := json.Marshal(o.Targets)
	if err != nil {
		return err
	}
	return run(ctx, t, saveObjective, o.ID, o.Territory, o.Code, o.Label, o.Mission, o.Unit, o.Direction, int64(o.Baseline), o.BaseOn.String(),
		o.Source, string(targets), o.Weight, o.Series, o.Comment)
}

// claims makes who says the same wait for this transaction's end.
func (t *tx) claims(ctx context.Context, what string) error {
	if t.db.dialect.claim == "" {
		return nil
	}
	return run(ctx, t, t.db.dialect.claim, what)
}

// DeleteObjective deletes one; it fails where an observation names it.
func (t *tx) DeleteObjective(ctx context.Context, id string) error {
	return changed(ctx, t, indicator.ErrObjectiveUnknown, `DELETE FROM mission_objectives WHERE id = $1`, id)
}

// AddObservation adds one behind the others.
func (t *tx) AddObservation(ctx context.Context, o indicator.Observation) error {
	return run(ctx, t, `INSERT INTO mission_observations (id, objective, year, on_day, figure, source, evidence, comment, computed, by_whom, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		o.ID, o.Objective, o.Year, o.On.String(), int64(o.Figure), o.Source, joinedWords(o.Evidence), o.Comment, o.Computed, o.By, stamp(o.At))
}

func scanObjective(row scanner) (o indicator.Objective, err error) {
	var targets []byte
	err = row.Scan(&o.ID, &o.Territory, &o.Code, &o.Label, &o.Mission, &o.Unit, &o.Direction, &o.Baseline, day{&o.BaseOn}, &o.Source,
		&targets, &o.Weight, &o.Series, &o.Comment)
	if err != nil {
		return o, err
	}
	return o, json.Unmarshal(targets, &o.Targets)
}

func scanObservation(row scanner) (o indicator.Observation, err error) {
	err = row.Scan(&o.ID, &o.Objective, &o.Year, day{&o.On}, &o.Figure, &o.Source, words[string]{&o.Evidence}, &o.Comment, &o.Computed,
		&o.By, instant{&o.At})
	return o, err
}
