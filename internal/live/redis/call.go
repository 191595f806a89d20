package redis

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

// reply is what a script answers.
type reply struct {
	status string
	at     live.Position
	a, b   any // the script's own
}

const lost = "lost"

// call runs a script on a territory. A lost territory is ErrEngineAway.
func (e *Engine) call(ctx context.Context, s script, territory string, args ...any) (reply, error) {
	r, err := e.ask(ctx, s, territory, args...)
	if err == nil && r.status == lost {
		err = regulation.ErrEngineAway
	}
	return r, err
}

// ask runs a script on a territory, and learns from the answer.
func (e *Engine) ask(ctx context.Context, s script, territory string, args ...any) (reply, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	sight := e.sight(territory)
	known := sight.last()
	argv := append(make([]any, 0, 3+len(args)), sight.channel, known.Epoch, known.Seq)
	values, err := e.eval(ctx, s, sight.keys, append(argv, args...))
	if err != nil {
		return reply{}, away(err)
	}
	r, err := read(values)
	if err != nil {
		return reply{}, away(err)
	}
	if r.status != lost {
		sight.learn(r.at)
	}
	return r, nil
}

// callEach calls a script, that may be repeated, several times. The first call
// finds the territory's node; the others go there together, and those that do
// not pass go once more, alone.
func (e *Engine) callEach(ctx context.Context, s script, territory string, calls [][]any) error {
	for i, args := range calls {
		if i == 1 {
			return e.callRest(ctx, s, territory, calls[1:])
		}
		if _, err := e.call(ctx, s, territory, args...); err != nil {
			return err
		}
	}
	return nil
}

func (e *Engine) callRest(ctx context.Context, s script, territory string, calls [][]any) error {
	sight := e.sight(territory)
	n, err := e.servers.of(ctx, sight.keys[0])
	if err != nil {
		return away(err)
	}
	set := n.loaded.Load()
	if set == nil {
		return regulation.ErrEngineAway
	}
	answers := make([]*goredis.Cmd, len(calls))
	known := sight.last()
	within, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, _ = n.client.Pipelined(within, func(p goredis.Pipeliner) error { // each answer has its error
		for i, args := range calls {
			argv := append(make([]any, 0, 3+len(args)), sight.channel, known.Epoch, known.Seq)
			answers[i] = p.EvalSha(within, set.sums[s], sight.keys, append(argv, args...)...)
		}
		return nil
	})
	for i, args := range calls {
		values, err := answers[i].Slice()
		if err == nil && len(values) > 1 {
			continue
		}
		if _, err := e.call(ctx, s, territory, args...); err != nil {
			return err
		}
	}
	return nil
}

// eval runs a script on the node that answers for the keys. A cluster that says
// that another node does is asked where they are now, for a moment; keys on
// their way from one node to another are away, as they are lost when they arrive.
func (e *Engine) eval(ctx context.Context, s script, keys []string, argv []any) ([]any, error) {
	for pause := 5 * time.Millisecond; ; pause *= 2 {
		n, err := e.servers.of(ctx, keys[0])
		if err != nil {
			return nil, err
		}
		values, err := n.eval(ctx, s, keys, argv, e.servers.one != nil)
		if _, moved := goredis.IsMovedError(err); !moved || e.servers.many == nil || pause > lastPause {
			return values, err
		}
		e.servers.many.ReloadState(ctx)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return nil, err
		}
	}
}

// lastPause is longer than the cluster's client waits between two looks at its
// nodes.
const lastPause = 320 * time.Millisecond

// eval runs a script as loaded into this run of the server; a server that does
// not know it is another run, and is asked anew.
func (n *node) eval(ctx context.Context, s script, keys []string, argv []any, alone bool) ([]any, error) {
	set := n.loaded.Load()
	for range 3 {
		if set == nil {
			var err error
			if set, err = n.load(ctx, set, alone); err != nil {
				return nil, err
			}
		}
		values, err := n.client.EvalSha(ctx, set.sums[s], keys, argv...).Slice()
		if !goredis.HasErrorPrefix(err, "NOSCRIPT") {
			return values, err
		}
		if set, err = n.load(ctx, set, alone); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("redis: the server forgets its scripts")
}

// load loads the scripts unless somebody else did since stale.
func (n *node) load(ctx context.Context, stale *loaded, alone bool) (*loaded, error) {
	n.loading.Lock()
	defer n.loading.Unlock()
	if set := n.loaded.Load(); set != stale {
		return set, nil
	}
	set, err := n.loadScripts(ctx, alone)
	if err != nil {
		return nil, err
	}
	n.loaded.Store(set)
	return set, nil
}

func read(values []any) (reply, error) {
	if len(values) == 1 {
		return reply{status: lost}, nil
	}
	if len(values) != 5 {
		return reply{}, fmt.Errorf("redis: %d values in an answer", len(values))
	}
	status, ok1 := values[0].(string)
	epoch, ok2 := values[1].(string)
	seq, ok3 := values[2].(int64)
	if !ok1 || !ok2 || !ok3 {
		return reply{}, fmt.Errorf("redis: an answer of another shape")
	}
	return reply{status, live.Position{Epoch: epoch, Seq: seq}, values[3], values[4]}, nil
}

// away hides what went wrong with the server; the cause stays for the log.
func away(err error) error {
	if err == nil {
		return nil
	}
	return regulation.ErrEngineAway.Because(err)
}

// sighting is how this process knows a territory: its keys, and the furthest
// position it saw there.
type sighting struct {
	keys    []string
	channel string

	mu sync.Mutex
	at live.Position
}

func (e *Engine) sight(territory string) *sighting {
	if s, ok := e.seen.Load(territory); ok {
		return s.(*sighting)
	}
	s, _ := e.seen.LoadOrStore(territory, &sighting{keys: keysOf(territory), channel: channelOf(territory)})
	return s.(*sighting)
}

func (s *sighting) last() live.Position {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

// learn notes a position unless a later one is known: an answer may be overtaken.
func (s *sighting) learn(at live.Position) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if after(at, s.at) {
		s.at = at
	}
}

// after reports whether a position is later than another one.
func after(a, b live.Position) bool {
	if a.Epoch == b.Epoch {
		return a.Seq > b.Seq
	}
	return generation(a.Epoch) >= generation(b.Epoch)
}

// generation is the number that epochs of a territory rise by: when it began, in
// microseconds, or one more than the epoch before. -1 of none.
func generation(epoch string) int64 {
	number, _, _ := strings.Cut(epoch, "-")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// keysOf lists the keys of a territory, in the order lib.lua names them.
func keysOf(territory string) []string {
	names := []string{"meta", "static", "live", "exp", "who", "log", "was:"}
	for i, name := range names {
		names[i] = "relais:{" + territory + "}:" + name
	}
	return names
}

func channelOf(territory string) string { return "relais:{" + territory + "}" }
