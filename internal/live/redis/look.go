package redis

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/relais-snp/relais/internal/live"
)

// standing is a territory's meta, as read without a script.
type standing struct {
	run   string
	at    live.Position
	ready bool
	begun int64 // ms
}

func standingOf(values []any) (s standing) {
	field := func(i int) string {
		text, _ := values[i].(string)
		return text
	}
	if len(values) != 5 {
		return s
	}
	s.run, s.at.Epoch, s.ready = field(0), field(1), field(3) == "1"
	s.at.Seq, _ = strconv.ParseInt(field(2), 10, 64)
	s.begun, _ = strconv.ParseInt(field(4), 10, 64)
	return s
}

// tended reports whether somebody was at a rebuild of the territory lately, as
// the scripts do.
func (s standing) tended(now time.Time) bool {
	return now.Sub(time.UnixMilli(s.begun)).Abs() <= rebuilding
}

// Lost lists the territories that need a rebuild. Those that nobody answers for
// are an error; the others are listed beside it.
func (e *Engine) Lost(ctx context.Context, territories ...string) ([]string, error) {
	now := e.now()
	var mu sync.Mutex
	var names []string
	err := e.look(ctx, territories, func(name string, s standing, run string) {
		if s.run != run || !s.ready && !s.tended(now) || e.wentBack(ctx, name, s, now) {
			mu.Lock()
			defer mu.Unlock()
			names = append(names, name)
		}
	})
	slices.Sort(names)
	return names, err
}

// wentBack reports whether a territory stands before where it was seen. The
// script then forgets the run, so that everybody else notices too.
func (e *Engine) wentBack(ctx context.Context, name string, s standing, now time.Time) bool {
	if known := e.sight(name).last(); !after(known, s.at) {
		return false
	}
	ans, err := e.ask(ctx, scriptLost, name, now.UnixMilli())
	return err == nil && ans.status == lost
}

// Positions returns where the territories stand; those that are away are left
// out.
func (e *Engine) Positions(ctx context.Context, territories ...string) (map[string]live.Position, error) {
	var mu sync.Mutex
	at := make(map[string]live.Position, len(territories))
	err := e.look(ctx, territories, func(name string, s standing, run string) {
		if s.run != run || !s.ready {
			return
		}
		if after(e.sight(name).last(), s.at) {
			p, err := e.Position(ctx, name) // by the script, which tells a territory that went back from an answer overtaken
			if err != nil {
				return
			}
			s.at = p
		}
		e.sight(name).learn(s.at)
		mu.Lock()
		defer mu.Unlock()
		at[name] = s.at
	})
	if len(at) > 0 {
		err = nil // the rest is away, and left out
	}
	return at, err
}

// Due lists the territories with a hold whose time has come. Those that nobody
// answers for are an error; the others are listed beside it.
func (e *Engine) Due(ctx context.Context, now time.Time, territories ...string) ([]string, error) {
	var mu sync.Mutex
	var names []string
	until := strconv.FormatInt(now.UnixMilli(), 10)
	err := e.byNode(ctx, territories, func(ctx context.Context, n *node, mine []string) error {
		counts := make([]*goredis.IntCmd, len(mine))
		_, err := n.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
			for i, name := range mine {
				counts[i] = p.ZCount(ctx, e.sight(name).keys[3], "-inf", until)
			}
			return nil
		})
		mu.Lock()
		defer mu.Unlock()
		for i, c := range counts {
			if c.Err() == nil && c.Val() > 0 {
				names = append(names, mine[i])
			}
		}
		return err
	})
	slices.Sort(names)
	return names, err
}

// look reads where territories stand, one round trip per node, and tells each
// with the run of the server that said so. It may tell from several goroutines.
func (e *Engine) look(ctx context.Context, territories []string, tell func(name string, s standing, run string)) error {
	return e.byNode(ctx, territories, func(ctx context.Context, n *node, mine []string) error {
		answers, run, err := n.look(ctx, e, mine)
		for i, name := range mine {
			if i < len(answers) && answers[i].Err() == nil {
				tell(name, standingOf(answers[i].Val()), run)
			}
		}
		return err
	})
}

// look asks one node. Ahead goes the script of the run that the node is taken
// for, on the same connection, so the answers are of that run.
func (n *node) look(ctx context.Context, e *Engine, names []string) ([]*goredis.SliceCmd, string, error) {
	set := n.loaded.Load()
	for range 3 {
		if set == nil {
			var err error
			if set, err = n.load(ctx, set, e.servers.one != nil); err != nil {
				return nil, "", err
			}
		}
		answers := make([]*goredis.SliceCmd, len(names))
		var first *goredis.Cmd
		_, err := n.client.Pipelined(ctx, func(p goredis.Pipeliner) error {
			first = p.EvalSha(ctx, set.here, nil)
			for i, name := range names {
				answers[i] = p.HMGet(ctx, e.sight(name).keys[0], "run", "epoch", "seq", "ready", "begun")
			}
			return nil
		})
		if !goredis.HasErrorPrefix(first.Err(), "NOSCRIPT") {
			return answers, set.run, err
		}
		if set, err = n.load(ctx, set, e.servers.one != nil); err != nil {
			return nil, "", err
		}
	}
	return nil, "", errors.New("redis: the server forgets its scripts")
}

// glance bounds what one node of a cluster is asked of many territories: those
// of the other nodes wait for it.
const glance = 500 * time.Millisecond

// byNode asks each node about its territories, all nodes at once, and returns
// what kept some from being asked. A server that is alone has all the time.
func (e *Engine) byNode(ctx context.Context, territories []string, ask func(context.Context, *node, []string) error) error {
	if len(territories) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	groups, err := e.servers.group(ctx, territories, func(t string) string { return e.sight(t).keys[0] })
	errs := make(chan error, len(groups)+1)
	errs <- err
	var all sync.WaitGroup
	for n, mine := range groups {
		all.Go(func() {
			within, cancel := ctx, context.CancelFunc(func() {})
			if len(groups) > 1 {
				within, cancel = context.WithTimeout(ctx, glance)
			}
			defer cancel()
			errs <- ask(within, n, mine)
		})
	}
	all.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			if _, moved := goredis.IsMovedError(err); moved && e.servers.many != nil {
				e.servers.many.ReloadState(ctx)
			}
			return away(err)
		}
	}
	return nil
}
