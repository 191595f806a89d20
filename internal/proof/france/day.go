package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"time"

	"github.com/relais-snp/relais/internal/proof/load"
)

// A day of France.
const (
	gpsOfFrance         = 55_000
	slotsPerGP          = 5
	callsOfFrance       = 120_000
	consolesOfFrance    = 2000
	territoriesOfFrance = 800
	// patience is the p99 above which people wait, in milliseconds.
	patience = 250
)

// day is what a day told.
type day struct {
	Report load.Report `json:"report"`
	Ramp   []step      `json:"ramp,omitempty"`
}

// plan is a day, or a part of France's.
func (o order) plan() load.Plan {
	part := func(n int) int { return max(1, int(float64(n)*o.scale)) }
	return load.Plan{
		Seed: o.seed, Length: o.day, Day: load.France,
		Calls: part(callsOfFrance), Openings: part(gpsOfFrance), Slots: slotsPerGP,
		SignIns: min(part(gpsOfFrance), int(o.day.Seconds())),
		Think:   200 * time.Millisecond, Booked: 75, LetGo: 5, Cancelled: 6,
		AtOnce: 4000, Watched: 20,
	}
}

func (o order) size() size {
	part := func(n int) int { return max(1, int(float64(n)*o.scale)) }
	return size{part(territoriesOfFrance), part(gpsOfFrance), part(consolesOfFrance)}
}

// day plays the day and, if asked, raises the rate after it.
func (s *stage) day(ctx context.Context, o order) (day, error) {
	h, err := s.open(ctx, o.size(), o.seed)
	if err != nil {
		return day{}, err
	}
	defer h.Stop()
	var d day
	var asked *statements
	if s.postgres != nil && o.sql {
		if asked, err = count(ctx, h.database); err != nil {
			return d, err
		}
	}
	if d.Report, err = load.Run(ctx, h.world, o.plan()); err != nil {
		return d, fmt.Errorf("%w\n%s", err, tail(h.Log()))
	}
	if asked != nil {
		if err := asked.print(ctx, s.out, max(1, d.Report.Operation("search").Count)); err != nil {
			return d, err
		}
	}
	if o.ramp {
		d.Ramp, err = s.ramp(ctx, h, o.plan())
	}
	return d, err
}

func tail(log string) string { return log[max(0, len(log)-2000):] }

func (d day) print(out io.Writer) error {
	if err := d.Report.Print(out); err != nil {
		return err
	}
	d.conclude(out)
	return printRamp(out, d.Ramp)
}

// conclude says what the day means for this machine.
func (d day) conclude(out io.Writer) {
	r := d.Report
	faster := (24 * time.Hour).Seconds() / r.Plan.Length.Seconds()
	worst, of := r.WorstP99()
	fmt.Fprintf(out, "\nthe day ran %.0f times faster than life; worst p99 %.1f ms (%s), wanted at most %d ms\n", faster, worst, of, patience)
	calls := r.Operation("search").Count // what became of a call that did not come so far cost little
	if calls == 0 || r.Servers() == 0 {
		return
	}
	perCall, processors := r.Servers()/float64(calls), float64(runtime.NumCPU())
	limit := processors / perCall
	fmt.Fprintf(out, "servers took %.1f ms of processor per call, all that goes with it included: %.0f processors of their own would carry %.0f calls a second, "+
		"%.0f times the mean rate of all France (%.1f a second)\n", 1000*perCall, processors, limit, limit/meanOfFrance, meanOfFrance)
}

// meanOfFrance is the calls a second of a real day.
const meanOfFrance = callsOfFrance / 86400.0
