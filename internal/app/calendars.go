package app

import (
	"context"
	"net/url"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/relais-snp/relais/internal/ical"
	"github.com/relais-snp/relais/internal/live/redis"
)

const (
	// feedsInMemory bounds the rendered feeds that a process keeps.
	feedsInMemory = 32 << 20
	// feedsInRedis is how long Redis keeps one that nobody asks for; Google
	// comes by once a day at least.
	feedsInRedis = 48 * time.Hour
	// shelfPatience bounds the wait for Redis: rendering takes milliseconds.
	shelfPatience = 150 * time.Millisecond
)

// calendars is what calendar programs read. Rendered feeds are kept here, and
// in Redis for the other processes when there is one.
func (h *house) calendars(address string) (*ical.Desk, error) {
	origin, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	near := ical.NewMemory(feedsInMemory)
	if h.cfg.RedisURL == "" {
		return ical.NewDesk(h.feeds, near, origin), nil
	}
	client, err := redis.Connect(h.cfg.RedisURL.Reveal())
	if err != nil {
		return nil, misuse("redis_url: not understood")
	}
	h.closers = append(h.closers, client.Close)
	return ical.NewDesk(h.feeds, shelf{near, client}, origin), nil
}

// shelf is an ical.Cache that processes share. Without Redis, each keeps its own.
type shelf struct {
	near *ical.Memory
	far  goredis.UniversalClient
}

var _ ical.Cache = shelf{}

func (s shelf) Get(ctx context.Context, feed, revision string) (ical.Rendered, bool) {
	if r, ok := s.near.Get(ctx, feed, revision); ok {
		return r, true
	}
	ctx, cancel := context.WithTimeout(ctx, shelfPatience)
	defer cancel()
	kept, err := s.far.HMGet(ctx, shelfKey(feed), "revision", "plain", "packed").Result()
	if err != nil || len(kept) != 3 || kept[0] != revision {
		return ical.Rendered{}, false
	}
	plain, ok := kept[1].(string)
	packed, also := kept[2].(string)
	if !ok || !also {
		return ical.Rendered{}, false
	}
	r := ical.Rendered{Plain: []byte(plain), Packed: []byte(packed)}
	s.near.Put(ctx, feed, revision, r)
	return r, true
}

// Put keeps a feed in Redis as long as Redis answers; the others render anew.
func (s shelf) Put(ctx context.Context, feed, revision string, r ical.Rendered) {
	s.near.Put(ctx, feed, revision, r)
	ctx, cancel := context.WithTimeout(ctx, shelfPatience)
	defer cancel()
	_, _ = s.far.TxPipelined(ctx, func(p goredis.Pipeliner) error {
		p.HSet(ctx, shelfKey(feed), "revision", revision, "plain", r.Plain, "packed", r.Packed)
		p.Expire(ctx, shelfKey(feed), feedsInRedis)
		return nil
	})
}

func shelfKey(feed string) string { return "relais:feed:" + feed }
