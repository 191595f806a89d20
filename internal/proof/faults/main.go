package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(command(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// options are the command line.
type options struct {
	runs   int
	seed   uint64
	only   string
	length time.Duration
	crowd  int
	log    string
	resume bool
	replay string
	bin    string
	within time.Duration
}

func command(ctx context.Context, args []string, out, bad io.Writer) int {
	o, err := parse(args, bad)
	if err != nil {
		return 2
	}
	failed, err := o.all(ctx, out)
	switch {
	case err != nil:
		fmt.Fprintln(bad, "faults:", err)
		return 1
	case failed > 0:
		return 1
	}
	return 0
}

func parse(args []string, bad io.Writer) (o options, err error) {
	set := flag.NewFlagSet("faults", flag.ContinueOnError)
	set.SetOutput(bad)
	set.IntVar(&o.runs, "runs", 200, "how many runs")
	set.Uint64Var(&o.seed, "seed", 1, "of the first run; those after count on")
	set.StringVar(&o.only, "only", "", "world, world/fault or /fault")
	set.DurationVar(&o.length, "for", 10*time.Second, "load of a run")
	set.IntVar(&o.crowd, "crowd", 0, "consoles that only follow; 0: as drawn")
	set.StringVar(&o.log, "log", filepath.Join(".tools", "faults"), "folder of logs and results")
	set.BoolVar(&o.resume, "resume", false, "leave out the runs that passed before")
	set.StringVar(&o.replay, "replay", "", "play the plan of this log")
	set.StringVar(&o.bin, "bin", "", "program to break, built with -tags skewedclock; built when empty")
	set.DurationVar(&o.within, "within", 3*time.Hour, "end after the run that goes on then")
	if err := set.Parse(args); err != nil {
		return o, err
	}
	return o, nil
}

// all plays every run and returns how many went wrong.
func (o options) all(ctx context.Context, out io.Writer) (failed int, err error) {
	plans, err := o.plans()
	if err != nil {
		return 0, err
	}
	if err := os.MkdirAll(o.log, 0o700); err != nil {
		return 0, err
	}
	past, err := openResults(o.log, !o.resume)
	if err != nil {
		return 0, err
	}
	g, err := lay(ctx, o.bin)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, g.remove()) }()
	ends := time.Now().Add(o.within)
	for i, p := range plans {
		if ctx.Err() != nil || time.Now().After(ends) {
			return failed, fmt.Errorf("ended after %d of %d runs; -resume goes on", i, len(plans))
		}
		if past.passed(p) {
			continue
		}
		r, err := g.play(ctx, p, o.log)
		for again := 0; errors.Is(err, errStuck) && again < 2; again++ {
			fmt.Fprintf(out, "%3d/%d %-14s %v: played again\n", i+1, len(plans), p.name(), err)
			r, err = g.play(ctx, p, o.log)
		}
		if err != nil {
			return failed, fmt.Errorf("%s: %w", p.name(), err)
		}
		if err := past.add(r); err != nil {
			return failed, err
		}
		fmt.Fprintf(out, "%3d/%d %s\n", i+1, len(plans), r)
		if len(r.Wrong) > 0 {
			failed++
		}
	}
	fmt.Fprintf(out, "%d runs, %d wrong\n", len(plans), failed)
	return failed, nil
}

func (r result) String() string {
	acts := make([]string, len(r.Plan.Acts))
	for i, a := range r.Plan.Acts {
		acts[i] = a.Kind
	}
	word := "ok"
	if len(r.Wrong) > 0 {
		word = fmt.Sprintf("WRONG (%d): %s", len(r.Wrong), strings.Join(r.Wrong[:min(3, len(r.Wrong))], "; "))
	}
	return fmt.Sprintf("%-14s %5.1fs %4d booked  %s  %s", r.Plan.name(), r.Took.Seconds(), r.Counts["book: done"], strings.Join(acts, " "), word)
}

// plans are the runs asked for: worlds in turn, a seed each.
func (o options) plans() ([]plan, error) {
	if o.replay != "" {
		f, err := os.Open(o.replay)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		p, err := read(f)
		return []plan{p}, err
	}
	name, fault, _ := strings.Cut(o.only, "/")
	may := slices.DeleteFunc(slices.Clone(worlds), func(w world) bool {
		k, known := kindOf(fault)
		return name != "" && w.Name != name || fault != "" && !(known && k.in(w))
	})
	if len(may) == 0 {
		return nil, fmt.Errorf("-only %q leaves no world", o.only)
	}
	var list []plan
	for i := range o.runs {
		p := draw(may[i%len(may)], o.seed+uint64(i), o.length, fault)
		if o.crowd > 0 {
			p.Crowd = o.crowd
		}
		list = append(list, p)
	}
	return list, nil
}
