package web

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/relais-snp/relais/internal/web/api"
)

const (
	apiPrefix = "/api/v1"
	livePath  = apiPrefix + "/live"
	feedRoute = apiPrefix + "/feeds/:token.ics"

	// answerWithin bounds every call but the live line; a call takes milliseconds, so this is a store that hangs.
	answerWithin = 15 * time.Second
)

// Config is what the room needs to serve. Every interface is required.
type Config struct {
	Log      *slog.Logger
	Metrics  *prometheus.Registry
	Now      func() time.Time
	Pages    fs.FS     // built pages: index.html, console.html, phone.html, pilot.html, assets/
	Sessions scs.Store // also an scs.CtxStore, that keeps hashes of tokens only
	// SessionLife is how long a sign-in lasts; 12 hours when zero.
	SessionLife time.Duration
	// PublicURL is where people reach Relais ("https://relais.example.fr"), "" when nobody said. With https, cookies are
	// secure and HSTS is set.
	PublicURL string
	// Address is where links lead without a PublicURL ("http://127.0.0.1:8080"). What a caller writes into Host is never
	// believed: a link made of it would lead others elsewhere.
	Address string
	// TrustedProxies are the addresses whose X-Forwarded-For is believed; none when empty.
	TrustedProxies []string
	// LinesPerAccount bounds the live lines one account has open at a time; 16 when zero.
	LinesPerAccount int
	// RecheckEvery is how long a live line may outlive its session or the rights of its account; 30 seconds when zero.
	RecheckEvery time.Duration
	// Simulated says that the record is a demo's; pages show it.
	Simulated bool
	// Ready reports why the service cannot work now; nil when it can.
	Ready func(context.Context) error
	// Lively reports why the live engine does not answer; nil when it does. The service is ready without it.
	Lively func(context.Context) error

	Accounts    Accounts
	Territories Territories
	People      People
	Openings    Openings
	Board       Board
	Holds       Holds
	Cases       Cases
	Bookings    Bookings
	// Solicitations asks for patients en sus.
	Solicitations Solicitations
	Fill          Fill
	Indicators    Indicators
	Feeds         Feeds
	Calendars     Calendars
	Inbox         Inbox
	Devices       Devices
	Live          Live
	Declared      Declared
	// Requests, Matching, Offers and FollowUps find a médecin traitant. They are nil, all of them, where that is not offered: its calls are not
	// found there.
	Requests  Requests
	Matching  Matching
	Offers    Offers
	FollowUps FollowUps
	// Contracts, Books, Exchange, Certificates and Missions are the money of a CPTS and what it answers for in its yearly dialogue, with the rules
	// that Funding tells. They are nil, all of them, where that is not offered: its calls are not found there.
	Contracts    Contracts
	Books        Books
	Exchange     Exchange
	Certificates Certificates
	Missions     Missions
	Funding      FundingRules
	// Training is set where the entraînement is served, nil elsewhere: its calls are not found there. The cookie of a session is then
	// one of its own below TrainingPath, so that a real session is not touched.
	Training Training
}

// Server is the HTTP and WebSocket face of Relais.
type Server struct {
	log         *slog.Logger
	now         func() time.Time
	metrics     *metrics
	contract    *contract
	assets      map[string]*asset
	sessions    *scs.SessionManager
	turns       *turns
	files       *files
	attributes  bool // finding a médecin traitant is offered
	funds       bool // the money of a CPTS is
	crossOrigin *http.CrossOriginProtection
	origin      string // of PublicURL, "" when unset
	secure      bool
	ready       func(context.Context) error
	lively      func(context.Context) error
	accounts    Accounts
	calendars   Calendars
	socket      *socketHandler
	handler     http.Handler
}

// New wires the room. It fails on a configuration that cannot be served, never on the state of a store.
func New(cfg Config) (*Server, error) {
	origin, secure, err := originOf(cfg.PublicURL)
	if err != nil {
		return nil, err
	}
	s := &Server{
		log: cfg.Log, now: cfg.Now, metrics: newMetrics(cfg.Metrics, cfg.Lively), contract: loadContract(),
		origin: origin, secure: secure, ready: cfg.Ready, lively: cfg.Lively, accounts: cfg.Accounts, calendars: cfg.Calendars,
		crossOrigin: http.NewCrossOriginProtection(), turns: newTurns(), files: newFiles(), attributes: cfg.Requests != nil,
		funds: cfg.Books != nil,
	}
	if origin != "" {
		if err := s.crossOrigin.AddTrustedOrigin(origin); err != nil {
			return nil, fmt.Errorf("public URL: %w", err)
		}
	}
	if s.assets, err = loadAssets(cfg.Pages); err != nil {
		return nil, fmt.Errorf("built pages: %w", err)
	}
	s.sessions = newSessions(remembered(cfg.Sessions, s.turns, cfg.Now), secure, orElse(cfg.SessionLife, 12*time.Hour))
	if cfg.Training != nil {
		keepApart(s.sessions, secure)
	}
	s.socket = newSocketHandler(s, cfg)
	go s.socket.recheck(orElse(cfg.RecheckEvery, 30*time.Second))
	engine, err := s.routes(cfg)
	if err != nil {
		return nil, err
	}
	s.handler = compressed(s.withSessions(engine))
	return s, nil
}

// ServeHTTP serves pages, the API and the live line.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close ends the live lines with a word that the server goes away; net/http's own shutdown does not know them.
func (s *Server) Close() { s.socket.close() }

func (s *Server) routes(cfg Config) (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.ContextWithFallback = true // handlers see the request's deadline and values
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	if err := engine.SetTrustedProxies(cfg.TrustedProxies); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	engine.Use(identify, s.observe, s.recoverPanics, s.guard)
	engine.NoRoute(s.serveAsset)
	engine.NoMethod(func(c *gin.Context) { s.writeProblem(c, errMethod) })

	engine.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	engine.GET("/readyz", s.answerReady)
	engine.GET("/metrics", gin.WrapH(promhttp.HandlerFor(cfg.Metrics, promhttp.HandlerOpts{})))
	engine.GET("/api/openapi.json", func(c *gin.Context) { c.Data(http.StatusOK, "application/json", s.contract.json()) })

	engine.GET(feedRoute, s.turnAway, s.limitTime, s.inTurn, s.serveFeed)
	engine.HEAD(feedRoute, s.turnAway, s.limitTime, s.inTurn, s.serveFeed)
	engine.GET(livePath, s.authenticate, s.socket.serve)
	calls := engine.Group(apiPrefix, s.turnAway, s.limitTime, s.authenticate, s.findOffered, s.oneFileAtATime, s.checkRequest, s.inTurn)
	api.RegisterHandlersWithOptions(calls, s.strict(cfg), api.GinServerOptions{ErrorHandler: func(c *gin.Context, _ error, _ int) {
		s.writeProblem(c, errMalformed)
	}})
	return engine, nil
}

// strict puts the handlers behind the generated server, all of whose error hooks lead to writeProblem.
func (s *Server) strict(cfg Config) api.ServerInterface {
	fail := func(c *gin.Context, err error) { s.writeProblem(c, err) }
	return api.NewStrictHandlerWithOptions(s.handlers(cfg), nil, api.StrictGinServerOptions{
		RequestErrorHandlerFunc:  func(c *gin.Context, _ error) { s.writeProblem(c, errMalformed) },
		HandlerErrorFunc:         fail,
		ResponseErrorHandlerFunc: fail,
	})
}

func (s *Server) answerReady(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), 2*time.Second)
	defer cancel()
	if err := s.ready(ctx); err != nil {
		s.writeProblem(c, errUnavailable.Because(err))
		return
	}
	word := "ready\n"
	if s.lively(ctx) != nil {
		word = "ready, live engine away\n" // no holds, and booking goes on
	}
	c.String(http.StatusOK, word)
}

func (s *Server) limitTime(c *gin.Context) {
	within := answerWithin
	if call, carries := s.fileCall(c); carries {
		within = call.within
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), within)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

// originOf splits the public address into its origin and whether it is behind TLS.
func originOf(public string) (origin string, secure bool, err error) {
	if public == "" {
		return "", false, nil
	}
	u, err := url.Parse(public)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" {
		return "", false, fmt.Errorf("public URL must look like https://relais.example.fr, without a path")
	}
	return u.Scheme + "://" + u.Host, u.Scheme == "https", nil
}

func apiRoute(route string) bool { return strings.HasPrefix(route, "/api/") }

func orElse[T comparable](v, other T) T {
	var zero T
	if v == zero {
		return other
	}
	return v
}
