package redis

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9/logging"

	"github.com/relais-snp/relais/internal/live"
)

// patience bounds one call of the engine, repetitions included.
const patience = 2 * time.Second

// Engine is a live.Engine on Redis, or on a Redis Cluster.
type Engine struct {
	servers *servers
	now     func() time.Time
	push    *push
	seen    sync.Map // territory → *sighting
}

var _ live.Engine = (*Engine)(nil)

// New returns an engine on the server or cluster of a URL; see Connect. It does
// not wait for anybody: an engine that is away says so at each call. The clock
// serves the calls that carry no time.
func New(url string, now func() time.Time) (*Engine, error) {
	client, err := Connect(url)
	if err != nil {
		return nil, err
	}
	logging.Disable() // the client's own lines: callers tell what fails, in our words
	return &Engine{servers: newServers(client), now: now, push: newPush(client)}, nil
}

// Close ends the engine's connections and subscriptions.
func (e *Engine) Close() error {
	e.push.close()
	return e.servers.client.Close()
}

// Ping reports whether the server answers; of a cluster, whether any node does.
func (e *Engine) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return away(e.servers.ping(ctx))
}

// Examine asks every server for what the engine needs, and returns how many
// there are. Its error is for operators: it says what to change, and may come
// from the driver.
func (e *Engine) Examine(ctx context.Context) (servers int, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return e.servers.examine(ctx)
}
