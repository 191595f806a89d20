package redis

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"regexp"
	"strings"

	goredis "github.com/redis/go-redis/v9"
)

//go:embed scripts/*.lua
var sources embed.FS

// script names one idea of scripts/.
type script string

const (
	scriptApply    script = "apply"
	scriptBegin    script = "begin"
	scriptExpire   script = "expire"
	scriptExtend   script = "extend"
	scriptGuard    script = "guard"
	scriptHold     script = "hold"
	scriptLost     script = "lost"
	scriptPin      script = "pin"
	scriptPosition script = "position"
	scriptReady    script = "ready"
	scriptRelease  script = "release"
	scriptRenew    script = "renew"
	scriptSince    script = "since"
	scriptSlot     script = "slot"
	scriptTrim     script = "trim"
	scriptUnpin    script = "unpin"
)

var scripts = []script{
	scriptApply, scriptBegin, scriptExpire, scriptExtend, scriptGuard, scriptHold, scriptLost, scriptPin,
	scriptPosition, scriptReady, scriptRelease, scriptRenew, scriptSince, scriptSlot, scriptTrim, scriptUnpin,
}

// text is the whole script for one run of the server.
func (s script) text(run string) string {
	lib, err := sources.ReadFile("scripts/lib.lua")
	if err != nil {
		panic(err) // embedded
	}
	own, err := sources.ReadFile("scripts/" + string(s) + ".lua")
	if err != nil {
		panic(err) // embedded
	}
	var b strings.Builder
	fmt.Fprintf(&b, "local RUN, REBUILDING = '%s', %d\n%s\n%s", run, rebuilding.Milliseconds(), lib, own)
	return b.String()
}

// here is the script that says only that a connection leads to its run. It is
// sent ahead of plain commands whose answers must come from that run.
func here(run string) string { return "return '" + run + "'" }

// loaded is what one run of a server calls the scripts.
type loaded struct {
	run  string
	here string
	sums map[script]string
}

var (
	runID   = regexp.MustCompile(`(?m)^run_id:([0-9a-zA-Z]+)\r?$`)
	cluster = regexp.MustCompile(`(?m)^redis_mode:cluster\r?$`)
)

// loadScripts asks the server for its run id and loads the scripts for it, over
// one connection: a connection never outlives its server's run.
func (n *node) loadScripts(ctx context.Context, alone bool) (*loaded, error) {
	conn := n.client.Conn()
	defer func() { _ = conn.Close() }()
	info, err := conn.Info(ctx, "server").Result()
	if err != nil {
		return nil, err
	}
	id := runID.FindStringSubmatch(info)
	if id == nil {
		return nil, errors.New("redis: no run_id in INFO server")
	}
	if alone && cluster.MatchString(info) {
		return nil, errClustered
	}
	sums := make([]*goredis.StringCmd, len(scripts))
	var first *goredis.StringCmd
	_, err = conn.Pipelined(ctx, func(p goredis.Pipeliner) error {
		first = p.ScriptLoad(ctx, here(id[1]))
		for i, s := range scripts {
			sums[i] = p.ScriptLoad(ctx, s.text(id[1]))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	set := &loaded{run: id[1], here: first.Val(), sums: map[script]string{}}
	for i, s := range scripts {
		set.sums[s] = sums[i].Val()
	}
	return set, nil
}

// errClustered tells an operator what to write.
var errClustered = errors.New("redis: this server is a node of a cluster: name a second node in redis_url, redis://host:port?addr=host2:port2")
