package redis

import (
	"context"
	"embed"
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
	scriptSince    script = "since"
	scriptSlot     script = "slot"
	scriptSnapshot script = "snapshot"
	scriptTrim     script = "trim"
	scriptUnpin    script = "unpin"
)

var scripts = []script{
	scriptApply, scriptBegin, scriptExpire, scriptExtend, scriptGuard, scriptHold, scriptLost, scriptPin,
	scriptPosition, scriptReady, scriptRelease, scriptSince, scriptSlot, scriptSnapshot, scriptTrim, scriptUnpin,
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
	fmt.Fprintf(&b, "local RUN = '%s'\n%s\n%s", run, lib, own)
	return b.String()
}

// loaded is what one run of the server calls the scripts.
type loaded map[script]string

var runID = regexp.MustCompile(`(?m)^run_id:([0-9a-zA-Z]+)\r?$`)

// loadScripts asks the server for its run id and loads the scripts for it, over
// one connection: a connection never outlives its server's run.
func loadScripts(ctx context.Context, client *goredis.Client) (loaded, error) {
	conn := client.Conn()
	defer func() { _ = conn.Close() }()
	info, err := conn.Info(ctx, "server").Result()
	if err != nil {
		return nil, err
	}
	id := runID.FindStringSubmatch(info)
	if id == nil {
		return nil, fmt.Errorf("redis: no run_id in INFO server")
	}
	sums := make([]*goredis.StringCmd, len(scripts))
	_, err = conn.Pipelined(ctx, func(p goredis.Pipeliner) error {
		for i, s := range scripts {
			sums[i] = p.ScriptLoad(ctx, s.text(id[1]))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	set := loaded{}
	for i, s := range scripts {
		set[s] = sums[i].Val()
	}
	return set, nil
}
