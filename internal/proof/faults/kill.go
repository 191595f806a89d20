package main

import (
	"context"
	"fmt"
	"syscall"
	"time"
)

// Kills: the process is gone at once, and started again on what it left.
var killKinds = []kind{
	{"kill-server", everywhere, 0, time.Second, true, func(ctx context.Context, r *run, a act) error {
		return r.kill(ctx, r.anyServer(a).machine, a)
	}},
	{"kill-redis", withRedis, 0, 2 * time.Second, true, func(ctx context.Context, r *run, a act) error {
		return r.kill(ctx, r.redis, a)
	}},
	{"kill-postgres", withPostgres, 0, 2 * time.Second, true, func(ctx context.Context, r *run, a act) error {
		return r.kill(ctx, r.postgres, a)
	}},
}

// Stalls: the process is there, connected, and does nothing for a while.
var stallKinds = []kind{
	{"stall-server", everywhere, 300 * time.Millisecond, 4 * time.Second, true, func(ctx context.Context, r *run, a act) error {
		return r.stall(ctx, r.anyServer(a).machine, a)
	}},
	{"stall-redis", withRedis, 300 * time.Millisecond, 4 * time.Second, true, func(ctx context.Context, r *run, a act) error {
		return r.stall(ctx, r.redis, a)
	}},
	{"stall-postgres", withPostgres, 300 * time.Millisecond, 4 * time.Second, false, func(ctx context.Context, r *run, a act) error {
		return r.stall(ctx, r.postgres, a)
	}},
}

func (r *run) anyServer(a act) *relais { return r.servers[int(a.With)%len(r.servers)] }

func (r *run) kill(ctx context.Context, m *machine, a act) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Kill()
	r.note("%s is killed", m.name)
	wait(ctx, a.For)
	return r.start(m)
}

// start starts a machine as whoever keeps it up would: again, when what it needs
// is not there yet.
func (r *run) start(m *machine) error {
	ctx, cancel := context.WithTimeout(r.ctx, time.Minute)
	defer cancel()
	for {
		err := m.Start(ctx)
		if err == nil {
			r.note("%s is back", m.name)
			return nil
		}
		if ctx.Err() != nil {
			return fmt.Errorf("%s does not come back: %w", m.name, err)
		}
		wait(ctx, 100*time.Millisecond)
	}
}

func (r *run) stall(ctx context.Context, m *machine, a act) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Signal(syscall.SIGSTOP)
	r.note("%s stands still", m.name)
	wait(ctx, a.For)
	m.Signal(syscall.SIGCONT)
	r.note("%s goes on", m.name)
	return nil
}
