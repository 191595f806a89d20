package funding

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/audit"
)

// trial is what a dry run would have written: guards see it, and the record does
// not. It spans the transactions of an import.
type trial map[Movement]Movement // what stands, by what it stands about

// over reads through a transaction and keeps what is written to itself.
func (t trial) over(tx Tx) Tx { return trialTx{Tx: tx, standings: t} }

type trialTx struct {
	Tx

	standings trial
}

// Head locks nothing: no entry follows it.
func (trialTx) Head(context.Context, string) (Head, error) { return Head{}, nil }

func (trialTx) AddEntry(context.Context, Entry) error { return nil }

func (trialTx) Remember(context.Context, string, string, string, string, time.Time) error { return nil }

func (trialTx) Audit(context.Context, audit.Entry) error { return nil }

func (t trialTx) Standing(ctx context.Context, territory string, of Movement) (Movement, error) {
	of.Received, of.Spent = 0, 0
	if m, ok := t.standings[of]; ok {
		return m, nil
	}
	return t.Tx.Standing(ctx, territory, of)
}

func (t trialTx) SaveStanding(_ context.Context, _ string, m Movement) error {
	of := m
	of.Received, of.Spent = 0, 0
	t.standings[of] = m
	return nil
}
