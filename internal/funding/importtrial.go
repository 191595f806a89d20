package funding

import (
	"context"
	"maps"
	"time"

	"github.com/relais-snp/relais/internal/audit"
	"github.com/relais-snp/relais/internal/fault"
)

// keyReused is the reason under which a record refuses a key that it knows with
// another digest.
const keyReused = "request.key_reused"

// trial is what a dry run would have written: guards and later lines see it, and
// the record does not. It spans the transactions of an import.
type trial struct {
	standings map[Movement]Movement // what stands, by what it stands about
	lines     map[string]string     // what lines said, by their key
}

func newTrial() *trial { return &trial{map[Movement]Movement{}, map[string]string{}} }

// clone copies a trial, or none.
func (t *trial) clone() *trial {
	if t == nil {
		return nil
	}
	return &trial{maps.Clone(t.standings), maps.Clone(t.lines)}
}

// over reads through a transaction and keeps what is written to itself.
func (t *trial) over(tx Tx) Tx { return trialTx{Tx: tx, trial: t} }

type trialTx struct {
	Tx

	trial *trial
}

// Head locks nothing: no entry follows it.
func (trialTx) Head(context.Context, string) (Head, error) { return Head{}, nil }

func (trialTx) AddEntry(context.Context, Entry) error { return nil }

func (t trialTx) Remembered(ctx context.Context, actor, key, digest string) (made string, err error) {
	switch words, tried := t.trial.lines[key]; {
	case !tried:
		return t.Tx.Remembered(ctx, actor, key, digest)
	case words != digest:
		return "", fault.New(fault.Conflict, keyReused, "Cette clé a déjà servi à une autre demande.")
	}
	return key, nil
}

func (t trialTx) Remember(_ context.Context, _, key, digest, _ string, _ time.Time) error {
	t.trial.lines[key] = digest
	return nil
}

func (trialTx) Audit(context.Context, audit.Entry) error { return nil }

func (t trialTx) Standing(ctx context.Context, territory string, of Movement) (Movement, error) {
	of.Received, of.Spent = 0, 0
	if m, ok := t.trial.standings[of]; ok {
		return m, nil
	}
	return t.Tx.Standing(ctx, territory, of)
}

func (t trialTx) SaveStanding(_ context.Context, _ string, m Movement) error {
	of := m
	of.Received, of.Spent = 0, 0
	t.trial.standings[of] = m
	return nil
}
