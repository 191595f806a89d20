package store

import (
	"context"
	"crypto/sha256"
	"time"
)

// Sessions keeps web sessions (scs's CtxStore). What names a session is hashed
// once more here: a copy of the table opens none.
type Sessions struct{ DB *DB }

// FindCtx returns a session's data, and false when there is none or it is over.
func (s Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	return first(list(ctx, s.DB, scanData, `SELECT data FROM sessions WHERE token_hash = $1 AND expires_at > $2`,
		sessionKey(token), stamp(s.DB.now())))
}

// CommitCtx writes a session.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return run(ctx, s.DB, `INSERT INTO sessions (token_hash, data, expires_at) VALUES ($1, $2, $3)
ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`, sessionKey(token), data, stamp(expiry))
}

// DeleteCtx ends a session; one that is unknown is no error.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	return run(ctx, s.DB, `DELETE FROM sessions WHERE token_hash = $1`, sessionKey(token))
}

// ForgetExpired drops the sessions that were over before the time.
func (s Sessions) ForgetExpired(ctx context.Context, before time.Time) error {
	return run(ctx, s.DB, `DELETE FROM sessions WHERE expires_at < $1`, stamp(before))
}

// Find, Commit and Delete are for callers without a context, as scs allows.

// Find is FindCtx.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx.
func (s Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

func sessionKey(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func scanData(row scanner) (data []byte, err error) {
	err = row.Scan(&data)
	return data, err
}
