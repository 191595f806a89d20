package web

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/relais-snp/relais/internal/account"
)

// rememberedSessions believes for a second that a session is as it was found. What ends or changes here is seen at once, what ends
// in another process or by its age within that second.
type rememberedSessions struct {
	turns  *turns // a crowd must not wait without end to be known
	store  scs.CtxStore
	recent *account.Recent[[sha256.Size]byte, []byte] // by hash: no token that opens a session lies about
}

var errNoSession = errors.New("web: no such session")

// remembered puts the memory around a store. One that knows no context is used as it is.
func remembered(store scs.Store, turns *turns, now func() time.Time) scs.Store {
	withContext, ok := store.(scs.CtxStore)
	if !ok {
		return store
	}
	return rememberedSessions{turns, withContext, account.NewRecent[[sha256.Size]byte, []byte](now)}
}

// FindCtx returns a session's data, and false when there is none or it is over.
func (r rememberedSessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	data, err := r.recent.Get(tokenHash(token), func() ([]byte, error) {
		done, err := r.turns.take(ctx, goingOn)
		if err != nil {
			return nil, err
		}
		defer done()
		data, found, err := r.store.FindCtx(ctx, token)
		if err == nil && !found {
			err = errNoSession
		}
		return data, err
	})
	if errors.Is(err, errNoSession) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx writes a session.
func (r rememberedSessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	defer r.recent.Forget(tokenHash(token))
	return r.store.CommitCtx(ctx, token, data, expiry)
}

// DeleteCtx ends a session.
func (r rememberedSessions) DeleteCtx(ctx context.Context, token string) error {
	defer r.recent.Forget(tokenHash(token))
	return r.store.DeleteCtx(ctx, token)
}

// Find is FindCtx.
func (r rememberedSessions) Find(token string) ([]byte, bool, error) {
	return r.FindCtx(context.Background(), token)
}

// Commit is CommitCtx.
func (r rememberedSessions) Commit(token string, data []byte, expiry time.Time) error {
	return r.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx.
func (r rememberedSessions) Delete(token string) error {
	return r.DeleteCtx(context.Background(), token)
}

func tokenHash(token string) [sha256.Size]byte { return sha256.Sum256([]byte(token)) }
