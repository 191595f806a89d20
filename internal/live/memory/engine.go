package memory

import (
	"context"
	"crypto/rand"
	"slices"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// rebuilding is how long a Begin or Renew without Ready counts as somebody at work.
const rebuilding = 5 * time.Second

// Engine is a live.Engine in process. It starts empty: every territory is lost
// until it is begun, filled and made ready.
type Engine struct {
	now func() time.Time

	mu          sync.RWMutex
	territories map[string]*territory
}

var _ live.Engine = (*Engine)(nil)

// New returns an empty engine. The clock serves the calls that carry no time.
func New(now func() time.Time) *Engine {
	return &Engine{now: now, territories: map[string]*territory{}}
}

// Ping always succeeds.
func (e *Engine) Ping(context.Context) error { return nil }

// Begin empties the territory under a new epoch.
func (e *Engine) Begin(_ context.Context, name string, now time.Time, over int64) (string, error) {
	t := e.known(name)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.begin(rand.Text()[:12], now, over)
	t.tellBroken()
	return t.epoch, nil
}

// Claim begins the territory if nobody has it or is at it.
func (e *Engine) Claim(_ context.Context, name string, now time.Time, over int64) (string, bool, error) {
	t := e.known(name)
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.lost(now) {
		return "", false, nil
	}
	t.begin(rand.Text()[:12], now, over)
	t.tellBroken()
	return t.epoch, true, nil
}

// Renew notes that somebody is at the rebuild.
func (e *Engine) Renew(_ context.Context, name, epoch string, now time.Time) (bool, error) {
	t := e.known(name)
	t.mu.Lock()
	defer t.mu.Unlock()
	if epoch == "" || t.epoch != epoch {
		return false, nil
	}
	t.begun = now
	return true, nil
}

// Ready opens the territory if the epoch is still the one begun.
func (e *Engine) Ready(_ context.Context, name, epoch string) (bool, error) {
	t := e.known(name)
	t.mu.Lock()
	defer t.mu.Unlock()
	if epoch == "" || t.epoch != epoch {
		return false, nil
	}
	t.ready = true
	t.tellBroken()
	return true, nil
}

// Lost lists the territories never begun, or begun a while ago and never made
// ready.
func (e *Engine) Lost(_ context.Context, names ...string) ([]string, error) {
	now := e.now()
	var lost []string
	for _, name := range names {
		t := e.known(name)
		t.mu.Lock()
		if t.lost(now) {
			lost = append(lost, name)
		}
		t.mu.Unlock()
	}
	return lost, nil
}

// Subscribe adds a sink. It runs under the territory's lock, in order.
func (e *Engine) Subscribe(name string, sink live.Sink) (cancel func()) {
	t := e.known(name)
	s := &sink
	t.mu.Lock()
	t.sinks = append(t.sinks, s)
	if s.Broken != nil {
		s.Broken()
	}
	t.mu.Unlock()
	return func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.sinks = slices.DeleteFunc(t.sinks, func(other *live.Sink) bool { return other == s })
	}
}

// Signal brings the signal to every sink of its territory.
func (e *Engine) Signal(_ context.Context, s live.Signal) {
	t := e.find(s.Territory)
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, sink := range t.sinks {
		if sink.Signal != nil {
			sink.Signal(s)
		}
	}
}

func (e *Engine) find(name string) *territory {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.territories[name]
}

// known finds the territory or adds it, lost.
func (e *Engine) known(name string) *territory {
	if t := e.find(name); t != nil {
		return t
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	t := e.territories[name]
	if t == nil {
		t = &territory{name: name}
		e.territories[name] = t
	}
	return t
}

// open locks a territory that is ready; the caller unlocks it.
func (e *Engine) open(name string) (*territory, error) {
	t := e.find(name)
	if t == nil {
		return nil, regulation.ErrEngineAway
	}
	t.mu.Lock()
	if !t.ready {
		t.mu.Unlock()
		return nil, regulation.ErrEngineAway
	}
	return t, nil
}

// openFor locks the territory that a token names.
func (e *Engine) openFor(token string) (*territory, error) {
	name, _, ok := regulation.SplitToken(token)
	if !ok {
		return nil, regulation.ErrHoldUnknown
	}
	return e.open(name)
}
