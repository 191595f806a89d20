package ical

import (
	"container/list"
	"context"
	"sync"
)

// Rendered is a feed's bytes at one revision, plain and gzipped.
type Rendered struct {
	Plain  []byte
	Packed []byte
}

func (r Rendered) size() int { return len(r.Plain) + len(r.Packed) }

// Cache keeps rendered feeds, one revision of each. It may forget at will and
// reports no errors: a feed that is not there is rendered again.
type Cache interface {
	// Get returns the bytes of a feed at exactly that revision.
	Get(ctx context.Context, feed, revision string) (Rendered, bool)
	// Put keeps the bytes and drops those of the feed's other revisions. The
	// caller changes them no more.
	Put(ctx context.Context, feed, revision string, r Rendered)
}

// Memory is a Cache in process. Beyond its bound the feeds least recently asked
// for go first. It is safe for concurrent use.
type Memory struct {
	mu    sync.Mutex
	bound int // octets
	size  int
	order *list.List // of *kept, the latest asked for in front
	feeds map[string]*list.Element
}

type kept struct {
	feed, revision string
	rendered       Rendered
}

// NewMemory returns a cache of at most bound octets.
func NewMemory(bound int) *Memory {
	return &Memory{bound: bound, order: list.New(), feeds: map[string]*list.Element{}}
}

// Get implements Cache.
func (m *Memory) Get(_ context.Context, feed, revision string) (Rendered, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	element, ok := m.feeds[feed]
	if !ok || element.Value.(*kept).revision != revision {
		return Rendered{}, false
	}
	m.order.MoveToFront(element)
	return element.Value.(*kept).rendered, true
}

// Put implements Cache.
func (m *Memory) Put(_ context.Context, feed, revision string, r Rendered) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if element, ok := m.feeds[feed]; ok {
		m.drop(element)
	}
	if r.size() > m.bound {
		return
	}
	m.feeds[feed] = m.order.PushFront(&kept{feed, revision, r})
	m.size += r.size()
	for m.size > m.bound {
		m.drop(m.order.Back())
	}
}

func (m *Memory) drop(element *list.Element) {
	gone := m.order.Remove(element).(*kept)
	delete(m.feeds, gone.feed)
	m.size -= gone.rendered.size()
}
