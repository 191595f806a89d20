package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// run is one run: a stage, a plan played on it, a load, a judge.
type run struct {
	*stage
	*journal
	plan
	ctx     context.Context // of everything the run does
	checks  *proof.Checker
	first   time.Time // start of the first slots
	skewing sync.Mutex
	ahead   time.Duration // of the servers' clock

	mu     sync.Mutex
	wrong  []string
	counts map[string]int
}

// result is what became of a run.
type result struct {
	Plan   plan
	Wrong  []string // nothing when all is right
	Counts map[string]int
	Took   time.Duration
}

// patience bounds a run beyond its load.
const patience = 90 * time.Second

// play plays a plan and keeps its log beside others. An error means that the run
// could not be made, which says nothing about Relais.
func (g *ground) play(ctx context.Context, p plan, logs string) (result, error) {
	w, ok := worldOf(p.World)
	if !ok {
		return result{}, fmt.Errorf("there is no world %q", p.World)
	}
	began := time.Now()
	log, err := openJournal(filepath.Join(logs, p.name()+".log"), p)
	if err != nil {
		return result{}, err
	}
	defer log.close()
	if _, err := g.prepare(ctx, w); err != nil {
		return result{}, fmt.Errorf("prepare %s: %w", w.Name, err)
	}
	ctx, cancel := context.WithTimeout(ctx, p.For+patience)
	defer cancel()
	s, err := g.raise(ctx, w)
	if err != nil {
		return result{}, fmt.Errorf("raise %s: %w", w.Name, err)
	}
	r := &run{stage: s, journal: log, plan: p, ctx: ctx, checks: proof.NewChecker(), counts: map[string]int{},
		first: time.Now().Add(2 * time.Hour).Truncate(time.Hour)}
	r.whole(ctx)
	for _, line := range r.wrong {
		r.note("WRONG: %s", line)
	}
	r.note("counts %v", r.counts)
	if len(r.wrong) > 0 {
		r.keepLogs(filepath.Join(logs, p.name()))
	}
	if err := s.strike(); err != nil {
		return result{}, err
	}
	_ = os.RemoveAll(s.folder)
	if s.links.stuck.Load() {
		return result{}, errStuck
	}
	return result{p, r.wrong, r.counts, time.Since(began)}, context.Cause(ctx)
}

func (p plan) name() string { return fmt.Sprintf("%s-%d", p.World, p.Seed) }

// whole is the run from its first console to the verdict.
func (r *run) whole(ctx context.Context) {
	l := r.begin(ctx)
	r.breakThings(l)
	l.finish()
	r.links.mend()
	if r.links.stuck.Load() {
		l.leave()
		return
	}
	r.note("the load is over, everything is mended")
	if r.settle(ctx, l) {
		r.bookTheRest(ctx, l)
		r.settle(ctx, l)
		r.accountSoon(ctx)
	}
	l.leave()
	r.lookAtServers()
}

// breakThings plays the acts while the load goes on.
func (r *run) breakThings(l *load) {
	r.journal.begin()
	ctx, cancel := context.WithTimeout(r.ctx, r.For)
	defer cancel()
	var all sync.WaitGroup
	for _, a := range r.Acts {
		k, ok := kindOf(a.Kind)
		if !ok {
			r.violated("there is no kind %q", a.Kind)
			continue
		}
		all.Go(func() {
			wait(ctx, a.At)
			if ctx.Err() != nil {
				return
			}
			if err := k.do(ctx, r, a); err != nil {
				r.violated("%s could not be played: %v", a, err)
			}
		})
	}
	<-ctx.Done()
	all.Wait()
}

func (r *run) violated(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.wrong = append(r.wrong, fmt.Sprintf(format, args...))
}

func (r *run) count(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counts[what]++
}

// day is the first civil day that consoles watch: yesterday, so that nothing
// that a run publishes lies before it.
func (r *run) day() string { return r.first.AddDate(0, 0, -1).Format(time.DateOnly) }

// lookAtServers finds a server that ended by itself, or panicked.
func (r *run) lookAtServers() {
	for _, s := range r.servers {
		if s.Ended() {
			r.violated("%s ended by itself", s.machine.name)
		}
		for line := range strings.Lines(s.Log()) {
			if strings.Contains(line, "panic") || strings.Contains(line, "fatal error") {
				r.violated("%s says: %s", s.machine.name, strings.TrimSpace(line))
				break
			}
		}
	}
}

// keepLogs keeps what the servers said of a run that went wrong.
func (r *run) keepLogs(folder string) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		r.note("logs are lost: %v", err)
		return
	}
	said := map[string]string{}
	for _, s := range r.servers {
		said[s.machine.name] = s.Log()
	}
	for _, m := range []*machine{r.redis, r.postgres} {
		if m != nil {
			said[m.name] = m.Log()
		}
	}
	for name, text := range said {
		if err := os.WriteFile(filepath.Join(folder, name+".log"), []byte(text), 0o600); err != nil {
			r.note("logs are lost: %v", err)
		}
	}
}

// loses tells whether holds may end by what the plan breaks.
func (p plan) loses() bool {
	return slices.ContainsFunc(p.Acts, func(a act) bool {
		k, _ := kindOf(a.Kind)
		return k.loses
	})
}
