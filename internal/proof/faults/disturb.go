package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// ways are the links of a server: those of clients to it, and its own to stores.
var ways = []struct {
	name string
	in   func(world) bool
	of   func(*relais) *link
}{
	{"door", everywhere, func(r *relais) *link { return r.door }},
	{"redis", withRedis, func(r *relais) *link { return r.redis }},
	{"postgres", withPostgres, func(r *relais) *link { return r.postgres }},
}

// linkKinds are the disturbances of every way.
var linkKinds = func() (list []kind) {
	for _, way := range ways {
		poisoned := func(name, toxic string, least, most time.Duration, share float64, attributes func(act) string) {
			list = append(list, kind{name + "-" + way.name, way.in, least, most, way.name == "redis", func(ctx context.Context, r *run, a act) error {
				return r.poison(ctx, way.of(r.anyServer(a)), toxic, a, share, attributes(a))
			}})
		}
		poisoned("reset", "reset_peer", 100*time.Millisecond, time.Second, 0.5, func(act) string { return `{"timeout":2}` })
		poisoned("late", "latency", time.Second, 3*time.Second, 1, func(a act) string {
			return fmt.Sprintf(`{"latency":%d,"jitter":%d}`, 20+a.With%400, a.With%100)
		})
		poisoned("thin", "bandwidth", time.Second, 3*time.Second, 1, func(a act) string { return fmt.Sprintf(`{"rate":%d}`, 2+a.With%30) })
		poisoned("half", "timeout", 300*time.Millisecond, 4*time.Second, 1, func(act) string { return `{"timeout":0}` })
		list = append(list, kind{"cut-" + way.name, way.in, 0, 3 * time.Second, way.name == "redis", func(ctx context.Context, r *run, a act) error {
			return r.sever(ctx, way.of(r.anyServer(a)), a)
		}})
	}
	return slices.Clip(list)
}()

// poison disturbs one direction of a link.
func (r *run) poison(ctx context.Context, l *link, toxic string, a act, share float64, attributes string) error {
	stream := []string{"upstream", "downstream"}[a.With/7%2]
	cure, err := l.poison(fmt.Sprintf("%s at %s", a.Kind, a.At), toxic, stream, attributes, share)
	if err != nil {
		return err
	}
	r.note("%s: %s %s %s", l.name, toxic, stream, attributes)
	wait(ctx, a.For)
	cure()
	r.note("%s: no more %s", l.name, toxic)
	return nil
}

func (r *run) sever(ctx context.Context, l *link, a act) error {
	restore := l.cut()
	r.note("%s is cut", l.name)
	wait(ctx, a.For)
	err := restore()
	r.note("%s is whole", l.name)
	return err
}
