package peers

import (
	"context"
	"fmt"
	"time"
)

// Plan is how much is measured.
type Plan struct {
	Watching int           // consoles weighed, and timed at 20 changes a second
	Fan      int           // consoles of the fan-out
	Timed    time.Duration // how long changes are timed
	Costed   time.Duration // how long frames are costed
	Flooded  time.Duration // how long as much as possible is sent
}

// Table is the plan of the table that make bench prints.
var Table = Plan{Watching: 2000, Fan: 1000, Timed: 6 * time.Second, Costed: 5 * time.Second, Flooded: 4 * time.Second}

// Rates at which changes are made.
const (
	timedEvery = 50 * time.Millisecond // 20 a second
	// Costed frames are made a little slower than the hub's rhythm of one in 20 ms,
	// so that every change is a frame of its own, at Relais as at its peers.
	costedEvery = 25 * time.Millisecond
	// ahead is how far a flooding publisher may be before the slowest console.
	ahead = 64
)

// Figures are what was measured of one server.
type Figures struct {
	PerConsole   float64       // bytes of the server's memory
	Median, P99  time.Duration // from asking for a change to a console's reading it
	PerProcessor float64       // frames delivered per second of the server's processor time
	Frames       float64       // deliveries per second in saturation; of Relais those of many slots changing
	Events       float64       // changes brought to a console per second, in saturation
	Changes      float64       // changes made per second in saturation
	FrameBytes   float64       // of a costed frame
}

// Measure starts a server, measures it and ends it.
func Measure(ctx context.Context, p Peer, plan Plan) (f Figures, err error) {
	if err := p.Start(ctx); err != nil {
		return f, err
	}
	defer p.Kill()
	a := &Audience{peer: p}
	defer func() { a.Shrink(0) }()
	for _, step := range []func(context.Context, *Audience, Plan, *Figures) error{weigh, timed, costed, flooded} {
		if err := step(ctx, a, plan, &f); err != nil {
			return f, fmt.Errorf("%s: %w", p.Name(), err)
		}
	}
	return f, nil
}

// weigh opens all consoles and sees what they add to the server's memory.
func weigh(ctx context.Context, a *Audience, plan Plan, f *Figures) error {
	before, err := Settled(ctx, a.peer.PID())
	if err != nil {
		return err
	}
	if err := a.Grow(ctx, plan.Watching); err != nil {
		return err
	}
	after, err := Settled(ctx, a.peer.PID())
	f.PerConsole = float64(after-before) / float64(plan.Watching)
	return err
}

// timed makes changes at a steady rate, whatever becomes of them (open loop), and
// measures each from when it was due.
func timed(ctx context.Context, a *Audience, plan Plan, f *Figures) error {
	out, err := opened(ctx, a)
	if err != nil {
		return err
	}
	defer out.Close()
	changes := int(plan.Timed / timedEvery)
	l := a.begin(out.Next(), changes)
	final, err := steadily(ctx, out, timedEvery, changes, func(i int, due time.Time) { l.asked[i].Store(int64(due.Sub(l.begun))) })
	if err == nil {
		err = awaited(ctx, a, final)
	}
	if err != nil {
		return err
	}
	all := a.delays()
	if want := changes * len(a.consoles); len(all) != want {
		return fmt.Errorf("%d changes were timed, not %d", len(all), want)
	}
	f.Median, f.P99 = all[len(all)/2], all[len(all)*99/100]
	return nil
}

// costed makes one change per frame at a rate that all servers stand, and reads
// what the server's processes had of the processor for them.
func costed(ctx context.Context, a *Audience, plan Plan, f *Figures) error {
	a.Shrink(plan.Fan)
	out, err := opened(ctx, a)
	if err != nil {
		return err
	}
	defer out.Close()
	spent, err := processor(a.peer.PID())
	if err != nil {
		return err
	}
	before := a.Count()
	final, err := steadily(ctx, out, costedEvery, int(plan.Costed/costedEvery), func(int, time.Time) {})
	if err == nil {
		err = awaited(ctx, a, final)
	}
	if err != nil {
		return err
	}
	came := a.Count().Minus(before)
	after, err := processor(a.peer.PID())
	f.PerProcessor = float64(came.Frames) / (after - spent).Seconds()
	f.FrameBytes = float64(came.Bytes) / float64(came.Frames)
	return err
}

// flooded makes as many changes as can be brought to everybody: a peer's
// publisher runs ahead of the slowest console a little, Relais' hands ask as
// often as they may.
func flooded(ctx context.Context, a *Audience, plan Plan, f *Figures) error {
	if r, ok := a.peer.(*Relais); ok {
		return r.flooded(ctx, a, plan, f)
	}
	out, err := opened(ctx, a)
	if err != nil {
		return err
	}
	defer out.Close()
	before, begun := a.Count(), time.Now()
	made := 0
	for ; time.Since(begun) < plan.Flooded; made++ {
		if err := awaited(ctx, a, out.Next()-ahead); err != nil {
			return err
		}
		if err := out.Send(); err != nil {
			return err
		}
	}
	if err := awaited(ctx, a, out.Next()-1); err != nil {
		return err
	}
	f.flood(a.Count().Minus(before), made, len(a.consoles), time.Since(begun))
	return nil
}

func (f *Figures) flood(came Count, made, consoles int, in time.Duration) {
	f.Frames, f.Events = float64(came.Frames)/in.Seconds(), float64(came.Events)/in.Seconds()
	f.Changes = float64(made) / in.Seconds()
}

// flooded counts between two moments while the hands are at work.
func (r *Relais) flooded(ctx context.Context, a *Audience, plan Plan, f *Figures) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	wait, err := r.Crowd(ctx)
	if err != nil {
		return err
	}
	if err := passed(ctx, time.Second); err != nil {
		return err
	}
	before, at, begun := a.Count(), a.Slowest(), time.Now()
	if err := passed(ctx, plan.Flooded); err != nil {
		return err
	}
	f.flood(a.Count().Minus(before), a.Slowest()-at, len(a.consoles), time.Since(begun))
	stop()
	return wait()
}

// opened is a publisher whose first change everybody has seen: the line is warm,
// and every console knows where it stands.
func opened(ctx context.Context, a *Audience) (Publisher, error) {
	out, err := a.peer.Publish(ctx)
	if err != nil {
		return nil, err
	}
	for range 4 { // a whole turn of a hand: seats are free again
		if err = out.Send(); err == nil {
			err = awaited(ctx, a, out.Next()-1)
		}
		if err != nil {
			out.Close()
			return nil, err
		}
	}
	return out, nil
}

// steadily makes n changes and returns the position of the last.
func steadily(ctx context.Context, out Publisher, every time.Duration, n int, note func(i int, due time.Time)) (int, error) {
	begun := time.Now()
	for i := range n {
		due := begun.Add(time.Duration(i) * every)
		if err := passed(ctx, time.Until(due)); err != nil {
			return 0, err
		}
		note(i, due)
		if err := out.Send(); err != nil {
			return 0, err
		}
	}
	return out.Next() - 1, nil
}

// awaited gives everybody half a minute to see a position.
func awaited(ctx context.Context, a *Audience, position int) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	return a.Await(ctx, position)
}

func passed(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
