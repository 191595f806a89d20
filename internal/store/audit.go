package store

import (
	"context"

	"github.com/relais-snp/relais/internal/audit"
)

// Audit writes an entry. It is chained later, by DB.ChainAudit.
func (t *tx) Audit(ctx context.Context, e audit.Entry) error {
	return run(ctx, t, `INSERT INTO audit (at, actor, action, target, territory, detail) VALUES ($1, $2, $3, $4, $5, $6)`,
		stamp(e.At), e.Actor, e.Action, e.Target, e.Territory, e.Detail)
}
