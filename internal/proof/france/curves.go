package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/relais-snp/relais/internal/proof/load"
)

// The same people do the same at every point of a curve, so that a row differs
// from the one above by one thing alone. Cost is processor time per call, which
// says the same on a machine that is busy with something else.
const (
	curveLength = 10 * time.Second
	curveStill  = 3 * time.Second
	curveCalls  = 20 // a second
	curveGPs    = 1600
)

// point is a size to measure.
type point struct{ territories, consoles int }

var (
	byTerritories = []point{{1, 800}, {10, 800}, {100, 800}, {800, 800}}
	byConsoles    = []point{{10, 100}, {10, 500}, {10, 1000}, {10, 2000}, {10, 4000}}
)

// curves prints how cost grows with territories and with consoles.
func (s *stage) curves(ctx context.Context, out io.Writer, seed uint64) error {
	for _, curve := range [][]point{byTerritories, byConsoles} {
		table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintln(table, "territories\tconsoles\topen s\tidle cpu relais\tredis\tpostgres\tcpu ms a call relais\tredis\tpostgres\tdeltas\tRSS MB\tbook p99 ms\tseen p50\tseen p99\tsearch p99\terrors\tviolations\t")
		for _, p := range curve {
			r, err := s.measure(ctx, p, seed)
			if err != nil {
				return err
			}
			idle := load.Report{Usage: r.Idle}
			perCall := func(server string) float64 { return 1000 * r.Used(server).CPU / float64(r.Plan.Calls) }
			fmt.Fprintf(table, "%d\t%d\t%.1f\t%.2f\t%.2f\t%.2f\t%.1f\t%.1f\t%.1f\t%d\t%.0f\t%.1f\t%.1f\t%.1f\t%.1f\t%d\t%d\t\n",
				r.Territories, r.Consoles, r.OpenedIn, idle.Used("relais").Share, idle.Used("redis").Share, idle.Used("postgres").Share,
				perCall("relais"), perCall("redis"), perCall("postgres"), r.Deliveries.Deltas, r.Used("relais").RSS,
				r.Operation("book").P99, r.Operation("change→seen").P50, r.Operation("change→seen").P99, r.Operation("search").P99, r.Errors(), len(r.Violations))
		}
		if err := table.Flush(); err != nil {
			return err
		}
		fmt.Fprintln(out)
	}
	return nil
}

func (s *stage) measure(ctx context.Context, p point, seed uint64) (load.Report, error) {
	h, err := s.open(ctx, size{p.territories, curveGPs, p.consoles}, seed)
	if err != nil {
		return load.Report{}, err
	}
	defer h.Stop()
	calls := curveCalls * int(curveLength.Seconds())
	return load.Run(ctx, h.world, load.Plan{Seed: seed, Length: curveLength, Still: curveStill, Calls: calls, Openings: calls, Slots: slotsPerGP,
		Think: 200 * time.Millisecond, Booked: 75, LetGo: 5, Cancelled: 6, AtOnce: 1000, Watched: 1, Settled: 20})
}
