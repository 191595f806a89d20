package main

import (
	"context"
	"slices"
	"time"
)

// kind is a way to break something.
type kind struct {
	name        string
	in          func(world) bool
	least, most time.Duration // how long it lasts
	// loses tells that holds may end with it: the present is lost, or time jumps.
	loses bool
	// do breaks, waits for a.For, and mends; ctx ends with the load. It must
	// mend all the same.
	do func(ctx context.Context, r *run, a act) error
}

// kinds are all ways to break something, in the order that seeds count on.
var kinds = slices.Concat(killKinds, stallKinds, linkKinds, redisKinds, otherKinds)

func kindOf(name string) (kind, bool) {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if i < 0 {
		return kind{}, false
	}
	return kinds[i], true
}

func everywhere(world) bool     { return true }
func withRedis(w world) bool    { return w.Redis }
func withPostgres(w world) bool { return w.Postgres }

// wait waits that long, or until the load ends.
func wait(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}
