package web

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/fault"
)

const subprotocol = "relais.v1"

// socketHandler opens live lines and knows those that are open.
type socketHandler struct {
	server   *Server
	commands commands
	hub      Live
	upgrader websocket.Upgrader
	perHead  int // lines one account may have at a time

	mu     sync.Mutex
	lines  map[*line]struct{}
	heads  map[string]int // open lines by account
	closed chan struct{}
	count  int // of lines that ever entered
}

func newSocketHandler(s *Server, cfg Config) *socketHandler {
	h := &socketHandler{server: s,
		commands: commands{turns: s.turns, holds: cfg.Holds, bookings: bookingHandlers{bookings: cfg.Bookings, names: names{accounts: cfg.Accounts}}},
		hub:      cfg.Live, perHead: orElse(cfg.LinesPerAccount, 16), lines: map[*line]struct{}{}, heads: map[string]int{}, closed: make(chan struct{})}
	h.upgrader = websocket.Upgrader{
		Subprotocols:     []string{subprotocol},
		HandshakeTimeout: 10 * time.Second,
		// Small buffers of our own, so that those of net/http are given back: a console costs a few kilobytes.
		ReadBufferSize: 512, WriteBufferSize: 512, WriteBufferPool: &sync.Pool{},
		CheckOrigin: func(*http.Request) bool { return true }, // serve has checked it, and more strictly
		Error:       func(http.ResponseWriter, *http.Request, int, error) {},
	}
	go h.keepAlive()
	return h
}

// serve upgrades the request and returns: the line lives on its own two goroutines, and nothing of the request is kept.
func (h *socketHandler) serve(c *gin.Context) {
	switch {
	case !websocket.IsWebSocketUpgrade(c.Request) || !slices.Contains(websocket.Subprotocols(c.Request), subprotocol):
		c.Header("Upgrade", "websocket")
		h.server.writeProblem(c, errUpgrade)
		return
	case !h.sameOrigin(c.Request):
		h.server.writeProblem(c, errCrossOrigin)
		return
	}
	actor := actorOf(c.Request.Context())
	l := newLine(h, actor, h.server.sessionToken(c.Request))
	if !h.enter(l) {
		h.server.writeProblem(c, errTooMany)
		return
	}
	door := handover{ResponseWriter: c.Writer}
	ws, err := h.upgrader.Upgrade(&door, c.Request, nil)
	if err != nil {
		h.leave(l)
		h.server.writeProblem(c, errUpgrade.Because(err))
		return
	}
	c.Status(http.StatusSwitchingProtocols)
	l.start(ws, door.conn)
}

// sameOrigin asks for an Origin, which every browser sends, and for it to be ours: a WebSocket is not covered by the browser's
// own same-origin rule.
func (h *socketHandler) sameOrigin(r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if h.server.origin != "" && strings.EqualFold(origin, h.server.origin) {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, r.Host)
}

// enter counts a line in, unless its account has too many or the server goes away.
func (h *socketHandler) enter(l *line) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.ended() || h.heads[l.account] >= h.perHead {
		return false
	}
	h.lines[l] = struct{}{}
	h.count++
	l.share = h.count % pingShares
	h.heads[l.account]++
	h.server.metrics.sockets.Inc()
	return true
}

func (h *socketHandler) leave(l *line) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, there := h.lines[l]; !there {
		return
	}
	delete(h.lines, l)
	if h.heads[l.account]--; h.heads[l.account] == 0 {
		delete(h.heads, l.account)
	}
	h.server.metrics.sockets.Dec()
}

func (h *socketHandler) ended() bool {
	select {
	case <-h.closed:
		return true
	default:
		return false
	}
}

// close ends every line and lets no new one in.
func (h *socketHandler) close() {
	h.mu.Lock()
	if !h.ended() {
		close(h.closed)
	}
	h.mu.Unlock()
	for _, l := range h.open() {
		l.end(websocket.CloseGoingAway, "Relais redémarre.")
	}
}

func (h *socketHandler) open() []*line {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Collect(maps.Keys(h.lines))
}

// endSession ends the lines of a session that was signed out here. Other processes notice at their next recheck.
func (h *socketHandler) endSession(token string) {
	for _, l := range h.open() {
		if l.token == token {
			l.end(closeSignedOut, "Session terminée.")
		}
	}
}

// keepAlive pings every line once in pingShares seconds, a share of them every second, until the server closes.
func (h *socketHandler) keepAlive() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for second := 0; ; second++ {
		select {
		case <-tick.C:
			h.ping(second % pingShares)
		case <-h.closed:
			return
		}
	}
}

func (h *socketHandler) ping(share int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.lines {
		if l.share == share {
			l.ping()
		}
	}
}

// recheck looks again every while, until the server closes, at whether the sessions of open lines still stand and what their people may do.
func (h *socketHandler) recheck(every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			h.recheckOnce(context.Background())
		case <-h.closed:
			return
		}
	}
}

func (h *socketHandler) recheckOnce(ctx context.Context) {
	for _, l := range h.open() {
		ctx, err := h.server.sessions.Load(ctx, l.token)
		if err != nil {
			continue // the record is away: nobody is signed out for that
		}
		actor, err := h.server.signedIn(ctx)
		switch {
		case err == nil:
			l.actor.Store(&actor)
			if t := l.watched.Load(); t != nil && !account.Can(actor, account.WatchLive, account.Target{Territory: *t}) {
				l.end(closeForbidden, "Vos droits ont changé.")
			}
		case fault.Of(err).Kind == fault.Unauthenticated:
			l.end(closeSignedOut, "Session terminée.")
		}
	}
}
