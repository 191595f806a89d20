package web_test

import (
	"context"
	"net/http"
	"sync"
	"testing"

	"github.com/relais-snp/relais/internal/account"
	"github.com/relais-snp/relais/internal/civil"
	"github.com/relais-snp/relais/internal/indicator"
	"github.com/relais-snp/relais/internal/web"
)

// slowFill answers when it is told to.
type slowFill struct {
	behind web.Fill
	asked  chan struct{} // a value for each who asks
	rest   chan struct{} // closed to let them all go on
}

func (f slowFill) Fill(ctx context.Context, a account.Actor, territory string, from, to civil.Date, by indicator.Grouping) (indicator.Report, error) {
	f.asked <- struct{}{}
	<-f.rest
	return f.behind.Fill(ctx, a, territory, from, to, by)
}

func TestWithMoreToDoThanItCanTheServiceSaysSo(t *testing.T) {
	slow := slowFill{asked: make(chan struct{}), rest: make(chan struct{})}
	h := openHouse(t, func(c *web.Config) {
		slow.behind = c.Fill
		c.Fill = slow
	})
	regulator, coordinator, admin := h.signIn("regulator"), h.signIn("coordinator"), h.anyone()
	line := regulator.live()
	// Given as many at work as work at a time,
	var all sync.WaitGroup
	for range 64 {
		all.Go(func() {
			coordinator.get("/indicators/fill?territory=" + senart + "&from=2026-11-23&to=2026-11-23").want(http.StatusOK)
		})
	}
	for range 64 {
		<-slow.asked
	}

	// then others are told to come back, over HTTP and over the live line,
	busy := regulator.get("/me")
	busy.refused(http.StatusServiceUnavailable, "service.busy")
	if busy.header.Get("Retry-After") == "" {
		t.Error("does not say when to come back")
	}
	line.refused(line.ask("release", "hold", "forged"), "service.busy")
	// probes, figures, pages and sign-ins wait for nobody,
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/console"} {
		admin.at("GET", path, nil).want(http.StatusOK)
	}
	h.signIn("admin")

	// and once there is less to do all is as before.
	close(slow.rest)
	all.Wait()
	regulator.get("/me").want(http.StatusOK)
}
