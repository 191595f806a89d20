package store

import (
	"context"
	"encoding/json"

	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/funding"
)

const selectContract = `SELECT id, territory, schedule, signed_on, taille, starts, amounts, schemes, siren, changed_at, changed_by, revision
FROM funding_contracts WHERE territory = $1`

const saveContract = `INSERT INTO funding_contracts (id, territory, schedule, signed_on, taille, starts, amounts, schemes, siren, changed_at,
  changed_by, revision)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)
ON CONFLICT (territory) DO UPDATE SET id = excluded.id, schedule = excluded.schedule, signed_on = excluded.signed_on, taille = excluded.taille,
  starts = excluded.starts, amounts = excluded.amounts, schemes = excluded.schemes, siren = excluded.siren,
  changed_at = excluded.changed_at, changed_by = excluded.changed_by, revision = funding_contracts.revision + 1`

// keptStart is the beginning of a mission, and its full deployment once there is
// one, in the words that their column keeps.
type keptStart struct {
	Mission  string     `json:"mission"`
	On       civil.Date `json:"on"`
	Deployed civil.Date `json:"deployed,omitzero"`
}

// Contract returns the territory's, and false when none was entered.
func (f Funding) Contract(ctx context.Context, territory string) (funding.Contract, bool, error) {
	return first(list(ctx, f.DB, scanContract, selectContract, territory))
}

// Contract locks and returns the territory's. Who finds none has the right to
// enter it until the transaction's end.
func (t *tx) Contract(ctx context.Context, territory string) (funding.Contract, bool, error) {
	c, there, err := first(list(ctx, t, scanContract, t.locking(selectContract), territory))
	if err != nil || there || t.db.dialect.claim == "" {
		return c, there, err
	}
	if err := run(ctx, t, t.db.dialect.claim, "contract\n"+territory); err != nil {
		return c, false, err
	}
	return first(list(ctx, t, scanContract, t.locking(selectContract), territory))
}

// SaveContract inserts or writes one in the place of the territory's, and raises
// Revision.
func (t *tx) SaveContract(ctx context.Context, c funding.Contract) error {
	starts := []keptStart{}
	for _, s := range c.Starts {
		starts = append(starts, keptStart(s))
	}
	begun, err := json.Marshal(starts)
	if err != nil {
		return err
	}
	amounts, err := json.Marshal(c.Amounts)
	if err != nil {
		return err
	}
	return run(ctx, t, saveContract, c.ID, c.Territory, c.Schedule, c.Signed.String(), c.Taille, string(begun), string(amounts),
		joinedWords(c.Schemes), c.SIREN, stamp(c.ChangedAt), c.ChangedBy)
}

func scanContract(row scanner) (c funding.Contract, err error) {
	var begun, amounts []byte
	err = row.Scan(&c.ID, &c.Territory, &c.Schedule, day{&c.Signed}, &c.Taille, &begun, &amounts, words[string]{&c.Schemes}, &c.SIREN,
		instant{&c.ChangedAt}, &c.ChangedBy, &c.Revision)
	if err != nil {
		return c, err
	}
	var starts []keptStart
	if err := json.Unmarshal(begun, &starts); err != nil {
		return c, err
	}
	for _, s := range starts {
		c.Starts = append(c.Starts, funding.Start(s))
	}
	return c, json.Unmarshal(amounts, &c.Amounts)
}

// Decisions lists a territory's by year and mission.
func (f Funding) Decisions(ctx context.Context, territory string) ([]funding.Decision, error) {
	return list(ctx, f.DB, scanDecision, `SELECT territory, mission, year, amount, on_day, evidence, decided_by, at FROM funding_decisions
WHERE territory = $1 ORDER BY year, mission`, territory)
}

// SaveDecision writes one in the place of an earlier one of its mission and year.
func (t *tx) SaveDecision(ctx context.Context, d funding.Decision) error {
	return run(ctx, t, `INSERT INTO funding_decisions (territory, mission, year, amount, on_day, evidence, decided_by, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (territory, mission, year) DO UPDATE SET amount = excluded.amount, on_day = excluded.on_day, evidence = excluded.evidence,
  decided_by = excluded.decided_by, at = excluded.at`,
		d.Territory, d.Mission, d.Year, int64(d.Amount), d.On.String(), d.Evidence, d.By, stamp(d.At))
}

func scanDecision(row scanner) (d funding.Decision, err error) {
	var amount int64
	err = row.Scan(&d.Territory, &d.Mission, &d.Year, &amount, day{&d.On}, &d.Evidence, &d.By, instant{&d.At})
	d.Amount = funding.Cents(amount)
	return d, err
}
