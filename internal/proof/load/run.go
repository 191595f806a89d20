package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/relais-snp/relais/internal/proof"
)

// run is a Run under way.
type run struct {
	World
	Plan
	meters  meters
	line    Line
	grounds []*ground
	desks   []desk // of every regulator
	gps     []publisher
	whole   map[*ground]*proof.Console
	began   time.Time
	all     sync.WaitGroup
}

// desk is a regulator at a console.
type desk struct {
	*ground
	*follower
}

type publisher struct {
	*ground
	GP
}

// Run opens every console, drives the plan, lets what it began end, and checks
// what is left. The error is for a run that could not be had; what went wrong in
// it is in the report.
func Run(ctx context.Context, w World, p Plan) (Report, error) {
	r := &run{World: w, Plan: p, meters: newMeters(), whole: map[*ground]*proof.Console{}}
	lines, hangUp := context.WithCancel(ctx)
	var consoles sync.WaitGroup
	defer consoles.Wait()
	defer hangUp()
	opened := time.Now()
	if err := r.open(lines, &consoles); err != nil {
		return Report{}, err
	}
	opening := time.Since(opened)
	r.publishers()
	idle := r.measure()
	until(ctx, time.Now().Add(r.Still))
	before := r.measure()
	r.began = time.Now()
	r.drive(ctx)
	elapsed := time.Since(r.began)
	after := r.measure()
	report := r.report(elapsed, before, after)
	report.OpenedIn = opening.Seconds()
	if r.Still > 0 {
		report.Idle = since(idle, slices.Clone(before), r.Still)
	}
	report.Violations = r.settle(ctx)
	report.Unseen = r.unseen()
	return report, ctx.Err()
}

// openers bounds how many consoles come at a time.
const openers = 64

// open opens the consoles and returns when each shows its territory.
func (r *run) open(ctx context.Context, all *sync.WaitGroup) error {
	total := 0
	for _, t := range r.Territories {
		total += len(t.Regulators)
	}
	turns, shown := make(chan struct{}, openers), make(chan struct{}, total)
	for i, t := range r.Territories {
		g := newGround(t, r.meters)
		r.grounds = append(r.grounds, g)
		for _, who := range t.Regulators {
			f := &follower{who: who, ground: g, count: &r.line, waiting: map[int64]chan proof.Frame{},
				first: func() { <-turns; shown <- struct{}{} }}
			g.followers = append(g.followers, f)
			r.desks = append(r.desks, desk{g, f})
		}
		if i < r.Watched && len(t.Regulators) > 0 {
			console := t.Regulators[0].Watch(ctx, proof.Watching{Name: t.ID, Territory: t.ID,
				Day: time.Now().Format(time.DateOnly), Days: 3, Seen: g.checks.Seen})
			r.whole[g] = console
			all.Go(func() { <-console.Done() })
		}
	}
	all.Go(func() {
		for _, d := range r.desks {
			select {
			case turns <- struct{}{}:
				all.Go(func() { d.run(ctx) })
			case <-ctx.Done():
				return
			}
		}
	})
	return r.shown(ctx, shown, total)
}

// openWithin is how long nothing may happen while consoles open.
const openWithin = 20 * time.Second

func (r *run) shown(ctx context.Context, shown chan struct{}, total int) error {
	for n := range total {
		select {
		case <-shown:
		case <-time.After(openWithin):
			return fmt.Errorf("only %d of %d consoles show their territory", n, total)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for _, console := range r.whole {
		if _, err := console.Await(ctx, func(v proof.View) bool { return v.Open && v.At.Epoch != "" }); err != nil {
			return err
		}
	}
	return nil
}

// publishers puts the GPs in the order they will publish in.
func (r *run) publishers() {
	for _, g := range r.grounds {
		for _, gp := range g.GPs {
			r.gps = append(r.gps, publisher{g, gp})
		}
	}
	random := rand.New(rand.NewPCG(r.Seed, 2))
	random.Shuffle(len(r.gps), func(i, j int) { r.gps[i], r.gps[j] = r.gps[j], r.gps[i] })
}

// drive begins every arrival when it is due, and returns when all have ended.
func (r *run) drive(ctx context.Context) {
	turns := make(chan struct{}, r.AtOnce)
	for _, a := range r.arrivals() {
		due := r.began.Add(a.at)
		if !until(ctx, due) {
			break
		}
		select {
		case turns <- struct{}{}:
			r.all.Go(func() {
				defer func() { <-turns }()
				r.begin(ctx, a, due)
			})
		default:
			r.meters.failed(a.what, "crowded")
		}
	}
	r.all.Wait()
}

func (r *run) begin(ctx context.Context, a arrival, due time.Time) {
	random := rand.New(rand.NewPCG(r.Seed^uint64(a.n), uint64(len(a.what))))
	s := steps{run: r, random: random, ctx: ctx, due: due}
	switch a.what {
	case opCase:
		(&call{steps: s, desk: r.desks[random.IntN(len(r.desks))], n: a.n}).take()
	case opPublish:
		n := r.Published + a.n
		s.publish(r.gps[n%len(r.gps)], n)
	case opSignIn:
		s.signIn(r.Credentials[a.n%len(r.Credentials)])
	}
}

// until waits for a moment, false when ctx ended first.
func until(ctx context.Context, due time.Time) bool {
	left := time.Until(due)
	if left <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
