package web

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
)

const (
	// workAtOnce bounds the requests at work. More would only wait further in, for the record's connections, where none is turned away.
	workAtOnce = 64
	// turnWithin is how long a request waits for its turn: a person who waits longer has asked again.
	turnWithin = time.Second
	// waitAtOnce bounds how many requests wait: about what gets its turn in time.
	waitAtOnce = 512
)

// turns lets so many requests work at a time. What goes on with a call comes before what begins something: a call that was let in is
// worth nothing unless it comes to its end. Among equals the last to come is first: when not all can be served somebody waits in vain,
// and whoever came last is the likeliest to be still there.
type turns struct {
	mu      sync.Mutex
	free    int
	waiting [2][]chan struct{} // by precedence, oldest first; closed when the turn has come
}

// precedence is whose turn comes first.
type precedence int

const (
	goingOn precedence = iota
	beginning
)

func newTurns() *turns { return &turns{free: workAtOnce} }

// take waits for a turn, which ends with the call of done. It returns errBusy when none comes in time.
func (t *turns) take(ctx context.Context, r precedence) (done func(), err error) {
	turn := t.enter(r)
	if turn == nil {
		return nil, errBusy
	}
	within := time.NewTimer(turnWithin)
	defer within.Stop()
	select {
	case <-turn:
		return t.give, nil
	case <-within.C:
		err = errBusy
	case <-ctx.Done():
		err = ctx.Err()
	}
	if !t.withdraw(r, turn) { // it came at the last moment
		return t.give, nil
	}
	return nil, err
}

// enter gives a place in the line, nil when there is none. What goes on has one before all that begins.
func (t *turns) enter(r precedence) chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	turn := make(chan struct{})
	switch {
	case t.free > 0:
		t.free--
		close(turn)
	case len(t.waiting[r]) >= waitAtOnce:
		return nil
	default:
		t.waiting[r] = append(t.waiting[r], turn)
	}
	return turn
}

// full reports whether what begins something would find no place.
func (t *turns) full() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.waiting[beginning]) >= waitAtOnce
}

// give hands a turn on.
func (t *turns) give() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for r, line := range t.waiting {
		if last := len(line) - 1; last >= 0 {
			close(line[last])
			t.waiting[r] = slices.Delete(line, last, last+1)
			return
		}
	}
	t.free++
}

// withdraw leaves the line, false when the turn has come.
func (t *turns) withdraw(r precedence, turn chan struct{}) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := slices.Index(t.waiting[r], turn)
	if at < 0 {
		return false
	}
	t.waiting[r] = slices.Delete(t.waiting[r], at, at+1)
	return true
}

// precedenceOf tells by its route whether a request goes on with a call: what concerns slots, holds, bookings and cases that are there.
func precedenceOf(route string) precedence {
	path := strings.TrimPrefix(route, apiPrefix)
	for _, ongoing := range []string{"/slots", "/holds/", "/bookings", "/cases/"} {
		if strings.HasPrefix(path, ongoing) {
			return goingOn
		}
	}
	return beginning
}

// signInRoute waits for no turn: the accounts bound how many passwords are looked at, for longer than others could wait.
const signInRoute = apiPrefix + "/session"

// turnAway refuses at the door, before it costs anything, what would only be refused later.
func (s *Server) turnAway(c *gin.Context) {
	if route := c.FullPath(); route != signInRoute && precedenceOf(route) == beginning && s.turns.full() {
		s.writeProblem(c, errBusy)
	}
}

// inTurn has a request wait for its turn. It has been read and its caller is known: no turn is spent on who sends slowly.
func (s *Server) inTurn(c *gin.Context) {
	if c.FullPath() == signInRoute {
		return
	}
	done, err := s.turns.take(c.Request.Context(), precedenceOf(c.FullPath()))
	if err != nil {
		s.writeProblem(c, err)
		return
	}
	defer done()
	c.Next()
}
