package redis

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	goredis "github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/logging"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/relais-snp/relais/internal/live"
)

// patience bounds one call of the engine, repetitions included.
const patience = 2 * time.Second

// Engine is a live.Engine on Redis.
type Engine struct {
	client *goredis.Client
	now    func() time.Time
	loaded atomic.Pointer[loaded]
	push   *push

	loading sync.Mutex
	seen    sync.Map // territory → *sighting
}

var _ live.Engine = (*Engine)(nil)

// New returns an engine on the server of a URL, "redis://[user:password@]host:port/db".
// It does not wait for the server: an engine that is away says so at each call.
// The clock serves the calls that carry no time.
func New(url string, now func() time.Time) (*Engine, error) {
	options, err := goredis.ParseURL(url)
	if err != nil {
		return nil, err
	}
	bound(options)
	logging.Disable() // the client's own lines: callers tell what fails, in our words
	client := goredis.NewClient(options)
	return &Engine{client: client, now: now, push: newPush(client)}, nil
}

// bound keeps a server that does not answer from being waited for.
func bound(o *goredis.Options) {
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout, o.PoolTimeout = time.Second, time.Second, time.Second, time.Second
	o.DialerRetries = 1
	o.MaxRetries, o.MinRetryBackoff, o.MaxRetryBackoff = 3, 8*time.Millisecond, 100*time.Millisecond
	o.ContextTimeoutEnabled = true
	o.Protocol = 2
	o.DisableIdentity = true
	o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
}

// Close ends the engine's connections and subscriptions.
func (e *Engine) Close() error {
	e.push.close()
	return e.client.Close()
}

// Ping reports whether the server answers.
func (e *Engine) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return away(e.client.Ping(ctx).Err())
}
