package main

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/relais-snp/relais/internal/proof/load"
)

const (
	stepLength = 10 * time.Second
	steps      = 8
	growth     = 1.4
)

// step is one rate that was tried.
type step struct {
	CallsPerSecond float64            `json:"callsPerSecond"`
	WorstP99       float64            `json:"worstP99ms"`
	Of             string             `json:"of"`
	Errors         int                `json:"errors"`
	Shares         map[string]float64 `json:"cpuShares"`
}

// ramp raises the rate from the day's mean until calls wait or fail, and returns
// every step.
func (s *stage) ramp(ctx context.Context, h *house, day load.Plan) ([]step, error) {
	published := day.Openings
	rate := float64(day.Calls) / day.Length.Seconds()
	var tried []step
	for i := range steps {
		p := day
		p.Seed, p.Length, p.Day, p.SignIns, p.Published = day.Seed+uint64(i)+1, stepLength, load.Day{}, 0, published
		p.Calls = int(rate * stepLength.Seconds())
		p.Openings = p.Calls * gpsOfFrance / callsOfFrance
		p.Watched, p.Settled = 0, 8
		published += p.Openings
		r, err := load.Run(ctx, h.world, p)
		if err != nil {
			return tried, err
		}
		worst, of := r.WorstP99()
		done := step{rate, worst, of, r.Errors(), map[string]float64{}}
		for _, u := range r.Usage {
			done.Shares[u.Name] = u.Share
		}
		fmt.Fprintf(s.out, "%.0f calls a second: worst p99 %.0f ms (%s), %d errors\n", rate, worst, of, done.Errors)
		if tried = append(tried, done); worst > patience || done.Errors > 0 {
			break
		}
		rate *= growth
	}
	return tried, nil
}

func printRamp(out io.Writer, tried []step) error {
	if len(tried) == 0 {
		return nil
	}
	fmt.Fprintf(out, "\nrate raised in steps of %.0f s until a p99 passes %d ms\n", stepLength.Seconds(), patience)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "calls/s\tworst p99 ms\tof\terrors\trelais cpu\tpostgres cpu\tredis cpu\tload cpu\tmachine cpu\t")
	for _, t := range tried {
		fmt.Fprintf(table, "%.0f\t%.1f\t%s\t%d\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t\n", t.CallsPerSecond, t.WorstP99, t.Of, t.Errors,
			t.Shares["relais"], t.Shares["postgres"], t.Shares["redis"], t.Shares["load"], t.Shares["machine"])
	}
	return table.Flush()
}
