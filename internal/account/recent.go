package account

import (
	"sync"
	"time"
)

const (
	// recently is how long what was found is believed.
	recently = time.Second
	// recentMost bounds how much is remembered; beyond it what is old is dropped, or else all.
	recentMost = 10_000
)

// Recent remembers for a second what was found, so that a burst of requests of
// one person asks the record once. What was not found, or failed, is asked again
// each time. It is safe for use by many goroutines.
type Recent[K comparable, V any] struct {
	now func() time.Time

	mu    sync.Mutex
	known map[K]finding[V]
	// forgotten counts the calls of Forget: what was read before one may be what
	// it was about.
	forgotten uint64
}

type finding[V any] struct {
	value V
	at    time.Time // when it was asked for
}

func (f finding[V]) holds(now time.Time) bool {
	age := now.Sub(f.at)
	return age >= 0 && age < recently
}

// NewRecent returns a memory of nothing.
func NewRecent[K comparable, V any](now func() time.Time) *Recent[K, V] {
	return &Recent[K, V]{now: now, known: map[K]finding[V]{}}
}

// Get returns what was found under the key within the last second, or finds it.
// All get the same value: nobody may change what it refers to.
func (r *Recent[K, V]) Get(key K, find func() (V, error)) (V, error) {
	asked := r.now()
	r.mu.Lock()
	known, ok := r.known[key]
	forgotten := r.forgotten
	r.mu.Unlock()
	if ok && known.holds(asked) {
		return known.value, nil
	}
	value, err := find()
	if err == nil {
		r.keep(key, finding[V]{value, asked}, forgotten)
	}
	return value, err
}

// Forget has the key asked anew. It is called when what it stands for has changed.
func (r *Recent[K, V]) Forget(key K) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.known, key)
	r.forgotten++
}

func (r *Recent[K, V]) keep(key K, f finding[V], forgotten uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.forgotten != forgotten {
		return
	}
	if len(r.known) >= recentMost {
		r.makeRoom(f.at)
	}
	r.known[key] = f
}

func (r *Recent[K, V]) makeRoom(now time.Time) {
	for key, f := range r.known {
		if !f.holds(now) {
			delete(r.known, key)
		}
	}
	if len(r.known) >= recentMost {
		clear(r.known)
	}
}
