package web_test

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/store"
	"github.com/relais-snp/relais/internal/web"
)

// askedSessions counts how often the record is asked for a session, and how often one is written.
type askedSessions struct {
	store.Sessions
	found, written atomic.Int32
}

func (a *askedSessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	a.found.Add(1)
	return a.Sessions.FindCtx(ctx, token)
}

func (a *askedSessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	a.written.Add(1)
	return a.Sessions.CommitCtx(ctx, token, data, expiry)
}

func TestABurstOfRequestsAsksForItsSessionOnce(t *testing.T) {
	var sessions *askedSessions
	h := openHouse(t, func(c *web.Config) {
		sessions = &askedSessions{Sessions: c.Sessions.(store.Sessions)}
		c.Sessions = sessions
	})
	p := h.signIn("regulator")
	for _, s := range []struct {
		pass time.Duration
		want int32
	}{{0, 1}, {time.Second, 2}} {
		h.pass(s.pass)
		for range 5 {
			p.get("/me").want(http.StatusOK)
		}
		if got := sessions.found.Load(); got != s.want {
			t.Errorf("asked %d times, want %d", got, s.want)
		}
	}
	if got := sessions.written.Load(); got != 1 {
		t.Errorf("written %d times, though nothing changed since the sign-in", got)
	}
}

func TestSigningOutElsewhereCountsWithinASecond(t *testing.T) {
	h := openHouse(t)
	p := h.anyone()
	in := p.post("/session", map[string]any{"email": "gp@relais.example", "password": password}).want(http.StatusNoContent)
	p.get("/me").want(http.StatusOK)

	if err := (store.Sessions{DB: h.db}).Delete(cookie(in).Value); err != nil {
		t.Fatal(err)
	}
	h.pass(time.Second)

	p.get("/me").refused(http.StatusUnauthorized, "account.sign_in_required")
}
