package memory_test

import (
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"
)

// bareClaims is the least that a claim is in one process: a mutex and a map. It
// has no expiry, no fence, no log, no limit by person and no events.
type bareClaims struct {
	mu     sync.Mutex
	seats  map[string]*bareSeat
	tokens map[string]string // slot by token
}

type bareSeat struct {
	token, by string
	until     time.Time
}

func (c *bareClaims) hold(slot, token, by string, until time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.seats[slot]
	if s == nil || s.token != "" {
		return false
	}
	s.token, s.by, s.until = token, by, until
	c.tokens[token] = slot
	return true
}

func (c *bareClaims) release(token, by string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.seats[c.tokens[token]]
	if s == nil || s.by != by {
		return false
	}
	*s = bareSeat{}
	delete(c.tokens, token)
	return true
}

// BenchmarkBareClaim is BenchmarkClaim's twin.
func BenchmarkBareClaim(b *testing.B) {
	claims := &bareClaims{seats: map[string]*bareSeat{}, tokens: map[string]string{}}
	slots := make([]string, 2000)
	for i := range slots {
		slots[i] = fmt.Sprintf("slot-%d", i)
		claims.seats[slots[i]] = &bareSeat{}
	}
	tokens := make([]string, b.N)
	for i := range tokens {
		tokens[i] = strconv.Itoa(i)
	}
	until := time.Now().Add(3 * time.Minute)
	b.ResetTimer()
	for i := range b.N {
		if !claims.hold(slots[i%2000], tokens[i], "rosa", until) || !claims.release(tokens[i], "rosa") {
			b.Fatal("a free seat was not had")
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "claims/s")
}
