package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

// What a session holds: the id of its account, and when it began in Unix microseconds.
const (
	sessionAccount = "account"
	sessionStart   = "start"
)

// newSessions keeps sessions in the record, which hashes their tokens. The cookie is strict: pages are static and carry no
// one's data, so a link from elsewhere needs no session to open one, and the page's own calls are of the same site.
func newSessions(store scs.Store, secure bool, lifetime time.Duration) *scs.SessionManager {
	m := scs.New()
	m.Store = store
	m.Lifetime = lifetime
	m.Cookie.Name = cookieName(secure)
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteStrictMode
	m.Cookie.Secure = secure
	return m
}

// cookieName ties the cookie to this very host where TLS makes that possible.
func cookieName(secure bool) string {
	if secure {
		return "__Host-relais_session"
	}
	return "relais_session"
}

// withSessions puts sessions around the engine, from outside. The live line loads its session by hand, because the writer of a
// saved session cannot be hijacked; pages, feeds and probes have none.
func (s *Server) withSessions(engine http.Handler) http.Handler {
	s.sessions.ErrorFunc = s.sessionsAway
	saved := s.sessions.LoadAndSave(engine)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch p := r.URL.Path; {
		case p == livePath:
			s.loadSession(engine, w, r)
		case strings.HasPrefix(p, apiPrefix+"/") && !strings.HasSuffix(p, ".ics"):
			saved.ServeHTTP(w, r)
		default:
			engine.ServeHTTP(w, r)
		}
	})
}

func (s *Server) loadSession(next http.Handler, w http.ResponseWriter, r *http.Request) {
	ctx, err := s.sessions.Load(r.Context(), s.sessionToken(r))
	if err != nil {
		s.sessionsAway(w, r, err)
		return
	}
	next.ServeHTTP(w, r.WithContext(ctx))
}

func (s *Server) sessionToken(r *http.Request) string {
	cookie, err := r.Cookie(s.sessions.Cookie.Name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// sessionsAway answers when sessions cannot be read or kept: the record is away.
func (s *Server) sessionsAway(w http.ResponseWriter, r *http.Request, err error) {
	c, _ := gin.CreateTestContext(w)
	c.Request = r
	if fault.Of(err).Kind == fault.Internal {
		err = errUnavailable.Because(err)
	}
	s.writeProblem(c, err)
}

// authenticate finds out who calls. Calls that the contract opens to all go on without anybody.
func (s *Server) authenticate(c *gin.Context) {
	op := s.contract.operations[c.Request.Method+" "+c.FullPath()]
	if op == nil || op.public {
		return
	}
	actor, err := s.signedIn(c.Request.Context())
	if err != nil {
		s.writeProblem(c, err)
		return
	}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), actorKey, actor))
}

// signedIn returns the person whose session ctx carries, as they are now: roles are read anew within a second.
func (s *Server) signedIn(ctx context.Context) (account.Actor, error) {
	id := s.sessions.GetString(ctx, sessionAccount)
	if id == "" {
		return account.Actor{}, account.ErrSignInRequired
	}
	done, err := s.turns.take(ctx, goingOn)
	if err != nil {
		return account.Actor{}, err
	}
	defer done()
	return s.accounts.Actor(ctx, id, time.UnixMicro(s.sessions.GetInt64(ctx, sessionStart)))
}

// actorOf returns who calls, nobody on a public call.
func actorOf(ctx context.Context) account.Actor {
	actor, _ := ctx.Value(actorKey).(account.Actor)
	return actor
}
