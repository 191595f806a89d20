package main

import (
	"context"
	"fmt"
	"time"

	"github.com/gorilla/websocket"

	"github.com/relais-snp/relais/internal/proof"
)

var otherKinds = []kind{
	{"fill-disk", func(w world) bool { return w.SmallDisk }, 200 * time.Millisecond, 4 * time.Second, false, fillDisk},
	{"clock-forward", everywhere, 0, 4 * time.Second, true, func(ctx context.Context, r *run, a act) error { return r.jump(ctx, a, false) }},
	{"clock-back", everywhere, 0, 4 * time.Second, true, func(ctx context.Context, r *run, a act) error { return r.jump(ctx, a, true) }},
	{"slow-console", everywhere, time.Second, 5 * time.Second, false, sleepyConsole},
	{"herd", everywhere, 0, 0, false, herd},
}

func fillDisk(ctx context.Context, r *run, a act) error {
	r.disk.mu.Lock()
	defer r.disk.mu.Unlock()
	server := r.servers[0].machine
	server.mu.Lock() // a server that starts on a full disk does not, and is no fault
	defer server.mu.Unlock()
	free, err := r.disk.fill(r.servers[0].PID())
	if err != nil {
		return err
	}
	r.note("the disk is full")
	wait(ctx, a.For)
	r.note("the disk has room again")
	return free()
}

// jumps are how far a clock jumps.
var jumps = []time.Duration{2 * time.Second, 20 * time.Second, 70 * time.Second, 4 * time.Minute, 20 * time.Minute, time.Hour, 3 * time.Hour, 8 * time.Hour}

// jump moves the servers' clock. Half of the time it comes back to what it was.
func (r *run) jump(ctx context.Context, a act, back bool) error {
	by := jumps[a.With%int64(len(jumps))]
	if back {
		by = -by
	}
	if err := r.advance(by); err != nil {
		return err
	}
	if a.With/8%2 == 0 {
		return nil
	}
	wait(ctx, a.For)
	return r.advance(-by)
}

func (r *run) advance(by time.Duration) error {
	r.skewing.Lock()
	defer r.skewing.Unlock()
	r.ahead += by
	r.note("the clock jumps by %s and is %s ahead", by, r.ahead)
	return r.skew(r.ahead)
}

// sleepyConsole watches and then reads nothing more.
func sleepyConsole(ctx context.Context, r *run, a act) error {
	who := r.doors(r.people.Regulators[0])[int(a.With)%len(r.servers)]
	line, err := who.Line(ctx)
	if err != nil {
		r.note("no line for a sleepy console: %v", err)
		return nil
	}
	defer line.Close()
	watch := fmt.Sprintf(`{"id":1,"op":"watch","territory":%q,"day":%q,"days":4}`, proof.Territory, r.day())
	if err := line.WriteMessage(websocket.TextMessage, []byte(watch)); err != nil {
		r.note("a sleepy console lost its line: %v", err)
		return nil
	}
	r.note("a console falls asleep")
	wait(ctx, a.For)
	r.note("a console is switched off")
	return nil
}

// herd cuts every line of a server at one moment; all come back at once.
func herd(_ context.Context, r *run, a act) error {
	l := r.anyServer(a).door
	r.note("%s: every line is cut at once", l.name)
	return l.cut()()
}
