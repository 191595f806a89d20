package store

import (
	"context"
	"slices"

	"github.com/relais-snp/relais/internal/audit"
)

const insertAudit = `INSERT INTO audit (at, actor, action, target, territory, detail) VALUES `

// Audit writes an entry. It is chained later, by DB.ChainAudit.
func (t *tx) Audit(ctx context.Context, e audit.Entry) error {
	return run(ctx, t, insertAudit+`($1, $2, $3, $4, $5, $6)`, auditRow(e)...)
}

// AuditAll writes entries, many a statement.
func (t *tx) AuditAll(ctx context.Context, entries []audit.Entry) error {
	for some := range slices.Chunk(entries, atOnceOf(6)) {
		var args []any
		for _, e := range some {
			args = append(args, auditRow(e)...)
		}
		if err := run(ctx, t, insertAudit+parameters(len(some), len(args)/len(some)), args...); err != nil {
			return err
		}
	}
	return nil
}

func auditRow(e audit.Entry) []any {
	return []any{stamp(e.At), e.Actor, e.Action, e.Target, e.Territory, e.Detail}
}
