package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/relais-snp/relais/internal/config"
	"github.com/relais-snp/relais/internal/live/memory"
	"github.com/relais-snp/relais/internal/live/redis"
)

// openEngine chooses the live engine. Redis is not waited for: until it
// answers the service runs without holds, and the keeper fills it then.
func (h *house) openEngine(ctx context.Context) error {
	if h.cfg.RedisURL == "" {
		return h.openMemory()
	}
	engine, err := redis.New(h.cfg.RedisURL.Reveal(), now)
	if err != nil {
		return misuse("redis_url: not understood") // its own words would show the password
	}
	h.engine = engine
	h.closers = append(h.closers, engine.Close)
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if _, err := engine.Examine(ctx); err != nil {
		h.log.Warn("Redis cannot be used yet: holds wait for it, booking goes on", "redis", h.cfg.RedisURL.Place(), "err", err)
	}
	return nil
}

// openMemory keeps the live state in this process, which must then be the only
// one to serve the record.
func (h *house) openMemory() error {
	h.engine = memory.New(now)
	if h.cfg.DatabaseURL != "" {
		h.log.Warn("the live state is in memory: run one process only, or set RELAIS_REDIS_URL")
		return nil
	}
	release, err := lockFolder(h.cfg.DataDir)
	if err != nil {
		return err
	}
	h.closers = append(h.closers, release)
	return nil
}

func lookAtEngine(ctx context.Context, cfg config.Config) (string, error) {
	if cfg.RedisURL == "" {
		return "in memory, for one process", nil
	}
	engine, err := redis.New(cfg.RedisURL.Reveal(), now)
	if err != nil {
		return "", errors.New("redis_url is not understood")
	}
	defer engine.Close()
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	servers, err := engine.Examine(ctx)
	switch {
	case err != nil:
		return "", fmt.Errorf("Redis at %s cannot be used (the service would start without holds): %w", cfg.RedisURL.Place(), err)
	case servers > 1:
		return fmt.Sprintf("Redis Cluster at %s answers, %d nodes", cfg.RedisURL.Place(), servers), nil
	}
	return "Redis at " + cfg.RedisURL.Place() + " answers", nil
}
