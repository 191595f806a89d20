package redis_test

import (
	"strings"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/livetest"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
)

func TestLinearizable(t *testing.T) {
	url := redistest.URL(t)
	livetest.Linearizable(t, func(t *testing.T, clock *livetest.Clock) live.Engine {
		return connect(t, url, clock.Now)
	}, nil)
}

func TestLinearizableWhileConnectionsAreReset(t *testing.T) {
	proxy := between(t, redistest.Start(t).Addr)
	livetest.Linearizable(t, func(t *testing.T, clock *livetest.Clock) live.Engine {
		return connect(t, "redis://"+proxy.Listen, clock.Now)
	}, func(t *testing.T) func() { return resetNowAndThen(t, proxy) })
}

// between puts a proxy before the server.
func between(t *testing.T, addr string) *toxiproxy.Proxy {
	t.Helper()
	api := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	proxy := toxiproxy.NewProxy(api, "redis", "127.0.0.1:0", addr)
	must(t, proxy.Start())
	t.Cleanup(proxy.Stop)
	return proxy
}

// resetNowAndThen resets, in short spells, every connection on which an answer
// comes back: the script ran, and its caller does not know.
func resetNowAndThen(t *testing.T, proxy *toxiproxy.Proxy) (stop func()) {
	t.Helper()
	quit, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		turn := time.NewTicker(15 * time.Millisecond)
		defer turn.Stop()
		for on := false; ; {
			select {
			case <-quit:
				if on {
					_ = proxy.Toxics.RemoveToxic(t.Context(), "reset")
				}
				return
			case <-turn.C:
			}
			if on = !on; on {
				_, _ = proxy.Toxics.AddToxicJson(strings.NewReader(
					`{"name":"reset","type":"reset_peer","stream":"downstream","attributes":{"timeout":0}}`))
			} else {
				_ = proxy.Toxics.RemoveToxic(t.Context(), "reset")
			}
		}
	}()
	return func() { close(quit); <-done }
}
