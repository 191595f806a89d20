package peers

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Audience is many consoles of one peer. Each reads its line on a goroutine of
// its own and counts; a frame is never decoded.
type Audience struct {
	peer     Peer
	consoles []*console
	ledger   atomic.Pointer[ledger] // nil while nobody asks when changes came
}

// console is one light client. Its figures only grow.
type console struct {
	ws     *websocket.Conn
	frames atomic.Int64
	events atomic.Int64 // changes seen, however many to a frame
	bytes  atomic.Int64
	at     atomic.Int64 // last position seen
	delays []time.Duration
	ended  chan struct{}
}

// ledger knows when each of some changes was asked for.
type ledger struct {
	first int
	asked []atomic.Int64 // nanoseconds of the bench's clock, by position
	begun time.Time
}

// Grow opens consoles until there are n, sixteen at a time.
func (a *Audience) Grow(ctx context.Context, n int) error {
	missing := n - len(a.consoles)
	came, turns := make(chan error, max(missing, 0)), make(chan struct{}, 16)
	var mu sync.Mutex
	for range missing {
		turns <- struct{}{}
		go func() {
			ws, err := a.peer.Follow(ctx)
			<-turns
			if err == nil {
				c := &console{ws: ws, ended: make(chan struct{})}
				c.at.Store(nowhere)
				mu.Lock()
				a.consoles = append(a.consoles, c)
				mu.Unlock()
				go a.read(c)
			}
			came <- err
		}()
	}
	for range missing {
		if err := <-came; err != nil {
			return fmt.Errorf("console %d of %s: %w", len(a.consoles), a.peer.Name(), err)
		}
	}
	return nil
}

// Shrink closes consoles until there are n.
func (a *Audience) Shrink(n int) {
	for _, c := range a.consoles[n:] {
		c.ws.Close()
		<-c.ended
	}
	a.consoles = a.consoles[:n]
}

// read counts what comes, to the line's end. What stands in two chunks is found
// by keeping the end of one before the next.
func (a *Audience) read(c *console) {
	defer close(c.ended)
	const keep = 32
	buf := make([]byte, 8<<10)
	for {
		_, r, err := c.ws.NextReader()
		if err != nil {
			return
		}
		kept, position := 0, nowhere
		for err == nil {
			var n int
			n, err = io.ReadFull(r, buf[kept:])
			c.bytes.Add(int64(n))
			position = max(position, last(buf[:kept+n]))
			tail := buf[max(0, kept+n-keep) : kept+n]
			kept = copy(buf, tail)
		}
		c.frames.Add(1)
		a.saw(c, position)
	}
}

// nowhere is the position of a frame that says none.
const nowhere = -1

// last finds the highest position that a text leads to. Relais' snapshots and
// ticks say theirs in their heads by another word.
func last(text []byte) int {
	position := nowhere
	for rest := text; ; {
		i := bytes.Index(rest, []byte(marker))
		if i < 0 {
			break
		}
		rest = rest[i+len(marker):]
		position = max(position, number(rest))
	}
	if head := text[:min(len(text), 160)]; position == nowhere {
		if i := bytes.Index(head, []byte(`"seq":`)); i >= 0 {
			position = number(head[i+len(`"seq":`):])
		}
	}
	return position
}

func number(text []byte) int {
	end := 0
	for end < len(text) && '0' <= text[end] && text[end] <= '9' {
		end++
	}
	n, _ := strconv.Atoi(string(text[:end])) // digits only
	return n
}

func (a *Audience) saw(c *console, position int) {
	before := int(c.at.Load())
	if position <= before {
		return
	}
	if before != nowhere {
		c.events.Add(int64(position - before))
	}
	if l := a.ledger.Load(); l != nil {
		now := time.Since(l.begun)
		for p := max(before+1, l.first); p <= position && p < l.first+len(l.asked); p++ {
			c.delays = append(c.delays, now-time.Duration(l.asked[p-l.first].Load()))
		}
	}
	c.at.Store(int64(position))
}

// Count is what all consoles have received so far.
type Count struct{ Frames, Events, Bytes int64 }

// Count adds up. A difference of two is what came between.
func (a *Audience) Count() (sum Count) {
	for _, c := range a.consoles {
		sum.Frames += c.frames.Load()
		sum.Events += c.events.Load()
		sum.Bytes += c.bytes.Load()
	}
	return sum
}

// Minus is what came since an earlier count.
func (n Count) Minus(earlier Count) Count {
	return Count{n.Frames - earlier.Frames, n.Events - earlier.Events, n.Bytes - earlier.Bytes}
}

// Slowest is the position that every console has seen.
func (a *Audience) Slowest() int {
	least := a.consoles[0].at.Load()
	for _, c := range a.consoles[1:] {
		least = min(least, c.at.Load())
	}
	return int(least)
}

// Await returns once every console has seen a position.
func (a *Audience) Await(ctx context.Context, position int) error {
	every := time.NewTicker(time.Millisecond)
	defer every.Stop()
	for a.Slowest() < position {
		select {
		case <-every.C:
		case <-ctx.Done():
			return fmt.Errorf("a console of %s has seen %d of %d: %w", a.peer.Name(), a.Slowest(), position, ctx.Err())
		}
	}
	return nil
}

// begin notes from now on when the next n changes come, which start at first.
func (a *Audience) begin(first, n int) *ledger {
	l := &ledger{first: first, asked: make([]atomic.Int64, n), begun: time.Now()}
	for _, c := range a.consoles {
		c.delays = make([]time.Duration, 0, n)
	}
	a.ledger.Store(l)
	return l
}

// delays returns how long each change took to each console, shortest first. All
// changes have been awaited.
func (a *Audience) delays() (all []time.Duration) {
	a.ledger.Store(nil)
	for _, c := range a.consoles {
		all = append(all, c.delays...)
	}
	slices.Sort(all)
	return all
}
