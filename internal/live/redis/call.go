package redis

import (
	"context"
	"fmt"
	"sync"

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

// eval runs a script as loaded into this run of the server; a server that does
// not know it is another run, and is asked anew.
func (e *Engine) eval(ctx context.Context, s script, keys []string, argv []any) ([]any, error) {
	set := e.loaded.Load()
	for range 3 {
		if set == nil {
			var err error
			if set, err = e.load(ctx, set); err != nil {
				return nil, err
			}
		}
		values, err := e.client.EvalSha(ctx, (*set)[s], keys, argv...).Slice()
		if !goredis.HasErrorPrefix(err, "NOSCRIPT") {
			return values, err
		}
		if set, err = e.load(ctx, set); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("redis: the server forgets its scripts")
}

// load loads the scripts unless somebody else did since stale.
func (e *Engine) load(ctx context.Context, stale *loaded) (*loaded, error) {
	e.loading.Lock()
	defer e.loading.Unlock()
	if set := e.loaded.Load(); set != stale {
		return set, nil
	}
	set, err := loadScripts(ctx, e.client)
	if err != nil {
		return nil, err
	}
	e.loaded.Store(&set)
	return &set, nil
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

func (s *sighting) learn(at live.Position) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at.Epoch != s.at.Epoch || at.Seq > s.at.Seq {
		s.at = at
	}
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
