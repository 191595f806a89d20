package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/relais-snp/relais/internal/fault"
)

var errLookHangs = errors.New("store: a look at the directory takes long")

// look is one look at the record for a territory's ground. It goes on when who
// asked for it has left: others wait for it too.
type look struct {
	began time.Time
	done  chan struct{} // closed when it has ended
	ended time.Time
	err   error
}

// looking returns the look under way, or the one that failed just now, or a new
// one.
func (d Directory) looking(ctx context.Context, territory string, k *keptGround) *look {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.look != nil && k.look.stands(k.outdated) {
		return k.look
	}
	k.look = &look{began: time.Now(), done: make(chan struct{})}
	go d.see(context.WithoutCancel(ctx), territory, k, k.look)
	return k.look
}

// stands reports whether a look is under way, or has failed so lately that another
// one would too. After a change by this process the database is there again.
func (l *look) stands(outdated time.Time) bool {
	select {
	case <-l.done:
		return l.err != nil && l.ended.After(outdated) && time.Since(l.ended) < groundAgain
	default:
		return true
	}
}

func (d Directory) see(ctx context.Context, territory string, k *keptGround, l *look) {
	ctx, cancel := context.WithTimeout(ctx, groundWithin)
	defer cancel()
	defer func() {
		if why := recover(); why != nil { // nobody's own: it would end the process
			l.err = fault.Of(fmt.Errorf("store: a look at the directory panicked: %v", why))
		}
		l.ended = time.Now()
		close(l.done)
	}()
	_, l.err = d.read(ctx, territory, k)
}

// wait waits for the look's end, and not for long when there is something to go on
// with.
func (l *look) wait(ctx context.Context, short bool) error {
	var enough <-chan time.Time
	if short {
		enough = time.After(time.Until(l.began.Add(groundPause)))
	}
	select {
	case <-l.done:
		return l.err
	case <-enough:
		return errLookHangs
	case <-ctx.Done():
		return unavailable(ctx.Err())
	}
}
