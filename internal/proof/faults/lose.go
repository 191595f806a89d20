package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// redisKinds take the present away without a word: emptied, or as it was a while
// ago, under the run id that everybody knows or under another one.
var redisKinds = []kind{
	{"empty-redis", withRedis, 0, 0, true, func(ctx context.Context, r *run, _ act) error {
		return r.atRedis(ctx, func(c *goredis.Client) error {
			r.note("redis is emptied")
			return c.FlushAll(ctx).Err()
		})
	}},
	{"rewind-redis", withRedis, 200 * time.Millisecond, 4 * time.Second, true, rewind},
	{"restore-redis", withRedis, 200 * time.Millisecond, 4 * time.Second, true, restore},
}

// atRedis asks Redis itself, past every link, while it is up.
func (r *run) atRedis(ctx context.Context, do func(*goredis.Client) error) error {
	r.redis.mu.Lock()
	defer r.redis.mu.Unlock()
	c := goredis.NewClient(&goredis.Options{Addr: r.store.Addr, MaxRetries: -1})
	defer c.Close()
	if err := do(c); err != nil && ctx.Err() == nil {
		return fmt.Errorf("redis: %w", err)
	}
	return nil
}

// kept is one key as Redis dumps it.
type kept struct {
	key, value string
	life       time.Duration
}

// rewind puts every key back to what it was, inside one run of the server:
// sequences go back, the run id stays.
func rewind(ctx context.Context, r *run, a act) error {
	var then []kept
	if err := r.atRedis(ctx, func(c *goredis.Client) (err error) {
		then, err = dump(ctx, c)
		return err
	}); err != nil {
		return err
	}
	r.note("redis: %d keys are remembered", len(then))
	wait(ctx, a.For)
	return r.atRedis(ctx, func(c *goredis.Client) error {
		r.note("redis is as it was, in the same run")
		_, err := c.TxPipelined(ctx, func(p goredis.Pipeliner) error {
			p.FlushAll(ctx)
			for _, k := range then {
				p.RestoreReplace(ctx, k.key, k.life, k.value)
			}
			return nil
		})
		return err
	})
}

func dump(ctx context.Context, c *goredis.Client) (all []kept, err error) {
	keys, err := c.Keys(ctx, "*").Result()
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		value, err := c.Dump(ctx, key).Result()
		if err == goredis.Nil {
			continue // it ended meanwhile
		}
		if err != nil {
			return nil, err
		}
		life, err := c.PTTL(ctx, key).Result()
		if err != nil {
			return nil, err
		}
		all = append(all, kept{key, value, max(life, 0)})
	}
	return all, nil
}

// restore kills Redis and starts it again on the files of a while ago.
func restore(ctx context.Context, r *run, a act) error {
	folder, then := filepath.Join(r.folder, "redis"), filepath.Join(r.folder, fmt.Sprintf("redis at %s", a.At))
	if err := r.atRedis(ctx, func(c *goredis.Client) error {
		if !r.AppendOnly {
			if err := c.Save(ctx).Err(); err != nil {
				return err
			}
		}
		return os.CopyFS(then, os.DirFS(folder))
	}); err != nil {
		return err
	}
	r.note("redis: its files are kept")
	wait(ctx, a.For)
	r.redis.mu.Lock()
	defer r.redis.mu.Unlock()
	r.redis.Kill()
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.Rename(then, folder); err != nil {
		return err
	}
	r.note("redis starts on its old files")
	return r.start(r.redis)
}
