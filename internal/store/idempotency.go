package store

import (
	"context"
	"time"

	"github.com/relais-snp/relais/internal/fault"
)

var errKeyReused = fault.New(fault.Conflict, "request.key_reused", "Cette clé d’idempotence a déjà servi à une autre demande.")

type answer struct{ digest, made string }

// Remembered returns what an earlier request with this key made, "" when there
// is none, or "request.key_reused". Another request with the same key waits
// until this transaction ends.
func (t *tx) Remembered(ctx context.Context, actor, key, digest string) (string, error) {
	if claim := t.db.dialect.claim; claim != "" {
		if err := run(ctx, t, claim, actor+"\n"+key); err != nil {
			return "", err
		}
	}
	found, err := list(ctx, t, scanAnswer, `SELECT digest, made FROM idempotency WHERE actor = $1 AND request_key = $2`, actor, key)
	if err != nil || len(found) == 0 {
		return "", err
	}
	marked, err := t.db.keys.mark(digest)
	if err != nil {
		return "", err
	}
	if found[0].digest != marked {
		return "", errKeyReused
	}
	return found[0].made, nil
}

// Remember keeps what the request made; "request.key_reused" when the key has
// an answer already.
func (t *tx) Remember(ctx context.Context, actor, key, digest, made string, at time.Time) error {
	marked, err := t.db.keys.mark(digest)
	if err != nil {
		return err
	}
	return changed(ctx, t, errKeyReused,
		`INSERT INTO idempotency (actor, request_key, digest, made, made_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		actor, key, marked, made, stamp(at))
}

// ForgetAnswers drops idempotency keys of before the time. A request repeated
// later is a new one.
func (db *DB) ForgetAnswers(ctx context.Context, before time.Time) error {
	return db.inTx(ctx, func(ctx context.Context, t *tx) error {
		return run(ctx, t, `DELETE FROM idempotency WHERE made_at < $1`, stamp(before))
	})
}

func scanAnswer(row scanner) (a answer, err error) {
	err = row.Scan(&a.digest, &a.made)
	return a, err
}
