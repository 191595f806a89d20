package redis_test

import (
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/live/livetest"
	"github.com/relais-snp/relais/internal/live/redis"
	"github.com/relais-snp/relais/internal/live/redis/redistest"
)

func TestContract(t *testing.T) {
	url := redistest.URL(t)
	livetest.Run(t, func(t *testing.T, clock *livetest.Clock) live.Engine { return connect(t, url, clock.Now) })
}

func connect(t testing.TB, url string, now func() time.Time) *redis.Engine {
	t.Helper()
	e, err := redis.New(url, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}
