package store

import (
	"context"

	"github.com/relais-snp/relais/internal/regulation"
)

const selectCase = `SELECT id, territory, opened_by, opened_at, commune, wished_delay_minutes, mt_status, first_proposal_at, held_at,
  closed_at, outcome, why_kind, private, private_key,
  (SELECT x.id FROM solicitations x WHERE x.case_id = cases.id AND x.state = 'waiting') AS solicitation FROM cases`

const saveCase = `INSERT INTO cases (id, territory, opened_by, opened_at, commune, wished_delay_minutes, mt_status, first_proposal_at, held_at,
  closed_at, outcome, why_kind, private, private_key)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (id) DO UPDATE SET commune = excluded.commune, wished_delay_minutes = excluded.wished_delay_minutes,
  mt_status = excluded.mt_status, first_proposal_at = excluded.first_proposal_at, held_at = excluded.held_at,
  closed_at = excluded.closed_at, outcome = excluded.outcome, why_kind = excluded.why_kind, private = excluded.private, private_key = excluded.private_key`

// Whoever asks en sus has locked the case first, so that a statement after its
// lock sees the one that waits.
const endCase = saveCase + `
RETURNING COALESCE((SELECT x.id FROM solicitations x WHERE x.case_id = cases.id AND x.state = 'waiting'), '')`

// privateCase is what a case seals.
type privateCase struct {
	Reason  string              `json:"reason,omitempty"`
	MT      regulation.MT       `json:"mt"`
	Patient *regulation.Patient `json:"patient,omitempty"`
	Why     string              `json:"why,omitempty"`
}

// Case locks and returns a case; regulation.ErrCaseUnknown.
func (t *tx) Case(ctx context.Context, id string) (regulation.Case, error) {
	return one(ctx, t, regulation.ErrCaseUnknown, t.db.scanCase, t.locking(selectCase+` WHERE id = $1`), id)
}

// SaveCase inserts or writes a case. Who opened it, where and when, stays.
func (t *tx) SaveCase(ctx context.Context, c regulation.Case) error {
	row, err := t.caseRow(c)
	if err != nil {
		return err
	}
	return run(ctx, t, saveCase, row...)
}

// EndCase writes a case that ends and returns the solicitation that waits for
// it, "" for none.
func (t *tx) EndCase(ctx context.Context, c regulation.Case) (waiting string, err error) {
	row, err := t.caseRow(c)
	if err != nil {
		return "", err
	}
	return one(ctx, t, nil, scanID, endCase, row...)
}

func (t *tx) caseRow(c regulation.Case) ([]any, error) {
	private, err := t.db.keys.seal(place{"cases", "private", c.ID}, privateCase{c.Reason, c.MT, c.Patient, c.Why})
	return []any{c.ID, c.Territory, c.OpenedBy, stamp(c.OpenedAt), c.Commune, c.WishedDelayMinutes, c.MT.Status,
		stamp(c.FirstProposalAt), stamp(c.HeldAt), stamp(c.ClosedAt), c.Outcome, c.WhyKind, private.text, private.key}, err
}

// NoteEffort keeps what a call asked of the regulator, in place of what was
// told before. What is sealed of the case stays as it is.
func (t *tx) NoteEffort(ctx context.Context, id string, e regulation.Effort) error {
	return run(ctx, t, `UPDATE cases SET keys = $2, conflicts = $3 WHERE id = $1`, id, e.Keys, e.Conflicts)
}

func (db *DB) scanCase(row scanner) (c regulation.Case, err error) {
	var private sealed
	err = row.Scan(&c.ID, &c.Territory, &c.OpenedBy, instant{&c.OpenedAt}, &c.Commune, &c.WishedDelayMinutes, &c.MT.Status,
		instant{&c.FirstProposalAt}, instant{&c.HeldAt}, instant{&c.ClosedAt}, &c.Outcome, &c.WhyKind, &private.text, &private.key,
		text{&c.Solicitation})
	if err != nil {
		return c, err
	}
	part := privateCase{MT: c.MT}
	if err := db.keys.open(place{"cases", "private", c.ID}, private, &part); err != nil {
		return c, err
	}
	c.Reason, c.MT, c.Patient, c.Why = part.Reason, part.MT, part.Patient, part.Why
	return c, nil
}
