package web

import (
	"math"
	"net/netip"
	"sync"
	"time"
)

const (
	// A regulation centre signs in from one address at the turn of a shift; whoever guesses does so faster and for longer.
	triesAtOnce    = 200
	triesPerSecond = 5
	// sourcesKnown bounds what is remembered; beyond it those that have been quiet are forgotten, or else all.
	sourcesKnown = 10_000
)

// gate slows down sources that try to sign in more often than people do, before the record is asked anything. What succeeds does not
// count. How many passwords may be guessed is counted by the accounts themselves, and for longer.
type gate struct {
	mu      sync.Mutex
	sources map[netip.Addr]budget
}

// budget is how many tries a source had left at a time.
type budget struct {
	left float64
	at   time.Time
}

func newGate() *gate { return &gate{sources: map[netip.Addr]budget{}} }

// pass lets a try through and counts it, or tells how long to wait.
func (g *gate) pass(source netip.Addr, now time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	source = subscriber(source)
	known := g.now(source, now)
	if known.left < 1 {
		return errTooMany.With(waiting((1 - known.left) / triesPerSecond * float64(time.Second)))
	}
	known.left--
	g.sources[source] = known
	return nil
}

// forgive takes back a try that succeeded.
func (g *gate) forgive(source netip.Addr, now time.Time) {
	g.mu.Lock()
	defer g.mu.Unlock()
	source = subscriber(source)
	known := g.now(source, now)
	known.left++
	g.sources[source] = known
}

func (g *gate) now(source netip.Addr, now time.Time) budget {
	known, ok := g.sources[source]
	if !ok {
		g.makeRoom(now)
		return budget{triesAtOnce, now}
	}
	return known.grown(now)
}

func (b budget) grown(now time.Time) budget {
	return budget{min(triesAtOnce, b.left+max(0, now.Sub(b.at).Seconds())*triesPerSecond), now}
}

func (g *gate) makeRoom(now time.Time) {
	if len(g.sources) < sourcesKnown {
		return
	}
	for source, known := range g.sources {
		if known.grown(now).left >= triesAtOnce {
			delete(g.sources, source)
		}
	}
	if len(g.sources) >= sourcesKnown {
		clear(g.sources)
	}
}

// subscriber is whom an address belongs to: of IPv6, a whole /64.
func subscriber(source netip.Addr) netip.Addr {
	source = source.Unmap().WithZone("")
	if prefix, err := source.Prefix(64); source.Is6() && err == nil {
		return prefix.Addr()
	}
	return source
}

// waiting is the detail of a refusal that ends by itself.
type waiting time.Duration

// RetryAfter is how long to wait, in whole seconds.
func (w waiting) RetryAfter() time.Duration {
	return time.Duration(math.Ceil(time.Duration(w).Seconds())) * time.Second
}
