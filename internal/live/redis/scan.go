package redis

import (
	"context"
	"errors"

	goredis "github.com/redis/go-redis/v9"

	"github.com/relais-snp/relais/internal/live"
	"github.com/relais-snp/relais/internal/regulation"
)

const (
	// scanPage is how many slots one command reads: the server is busy with them
	// for a millisecond or two, and nearly every territory is one page.
	scanPage = 1000
	// scanTries bounds how often a reading begins again.
	scanTries = 4
)

// errAgain says that what was read is not of one epoch on one server.
var errAgain = errors.New("redis: the territory changed its epoch or its server")

// scan is a reading of hashes of a territory, a page of each at a time. A slot
// that no event after from touched is as it was read, whenever that was.
type scan struct {
	engine    *Engine
	node      *node
	territory string
	hashes    []hash
	from, to  live.Position // where the territory stood at first and at last
}

type hash struct {
	key    string
	cursor uint64
	ended  bool
}

// scanAll reads the hashes to their ends, and hands each page over with the
// number of its hash: fields and values in turn, and a field may come twice.
func (e *Engine) scanAll(ctx context.Context, territory string, keys []string, take func(hash int, page []string)) (*scan, error) {
	n, err := e.servers.of(ctx, keys[0])
	if err != nil {
		return nil, away(err)
	}
	s := &scan{engine: e, node: n, territory: territory, hashes: make([]hash, len(keys))}
	for i, key := range keys {
		s.hashes[i].key = key
	}
	for more := true; more; {
		if more, err = s.turn(ctx, take); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// turn is one round trip. Ahead of the pages and after them goes the script of
// the position, on the same connection: they are of its run, and of its epoch.
func (s *scan) turn(ctx context.Context, take func(int, []string)) (more bool, err error) {
	set := s.node.loaded.Load()
	if set == nil {
		return false, errAgain
	}
	sight := s.engine.sight(s.territory)
	known := sight.last()
	pages := make([]*goredis.ScanCmd, len(s.hashes))
	var first, last *goredis.Cmd
	within, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, _ = s.node.client.Pipelined(within, func(p goredis.Pipeliner) error { // each answer has its error
		first = p.EvalSha(within, set.sums[scriptPosition], sight.keys, sight.channel, known.Epoch, known.Seq)
		for i, h := range s.hashes {
			if !h.ended {
				pages[i] = p.HScan(within, h.key, h.cursor, "", scanPage)
			}
		}
		last = p.EvalSha(within, set.sums[scriptPosition], sight.keys, sight.channel, known.Epoch, known.Seq)
		return nil
	})
	if err := s.stands(first, last); err != nil {
		return false, err
	}
	for i, page := range pages {
		if page == nil {
			continue
		}
		values, cursor, err := page.Result()
		if err != nil {
			return false, away(err)
		}
		take(i, values)
		s.hashes[i].cursor, s.hashes[i].ended = cursor, cursor == 0
		more = more || cursor != 0
	}
	return more, nil
}

// stands takes the positions of a turn.
func (s *scan) stands(answers ...*goredis.Cmd) error {
	for _, a := range answers {
		values, err := a.Slice()
		if _, moved := goredis.IsMovedError(err); moved || goredis.HasErrorPrefix(err, "NOSCRIPT") {
			return errAgain
		}
		if err != nil {
			return away(err)
		}
		r, err := read(values)
		if err != nil {
			return away(err)
		}
		if r.status == lost {
			return regulation.ErrEngineAway
		}
		s.engine.sight(s.territory).learn(r.at)
		if s.from.Epoch == "" {
			s.from = r.at
		}
		if s.to = r.at; s.to.Epoch != s.from.Epoch {
			return errAgain
		}
	}
	return nil
}

// scanning reads until it was of one epoch on one server, a few times at most.
func (e *Engine) scanning(ctx context.Context, territory string, read func() error) error {
	for range scanTries {
		if err := read(); !errors.Is(err, errAgain) {
			return err
		}
		if _, err := e.Position(ctx, territory); err != nil { // finds the server, and loads it
			return err
		}
	}
	return regulation.ErrEngineAway.Because(errAgain)
}
