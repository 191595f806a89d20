package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// order is what was asked on the command line.
type order struct {
	choice
	day    time.Duration
	scale  float64
	seed   uint64
	curves bool
	ramp   bool
	json   string
}

func main() {
	var o order
	flag.DurationVar(&o.day, "day", 10*time.Minute, "how long the day takes")
	flag.Float64Var(&o.scale, "scale", 1, "how much of France, 1 for all of it")
	flag.Uint64Var(&o.seed, "seed", 1, "of everything that is drawn")
	flag.StringVar(&o.database, "database", "", "postgres://… that is empty, or sqlite; without it a PostgreSQL of its own")
	flag.StringVar(&o.redis, "redis", "", "redis://… that is empty, or memory; without it a Redis of its own")
	flag.StringVar(&o.binary, "binary", "", "the program; without it built for the run")
	flag.BoolVar(&o.curves, "curves", false, "growth curves instead of the day")
	flag.BoolVar(&o.ramp, "ramp", true, "after the day, raise the rate until calls wait")
	flag.BoolVar(&o.sql, "sql", false, "tell which statements its own PostgreSQL was asked during the day")
	flag.StringVar(&o.json, "json", "", "file for the report as JSON")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o order) (err error) {
	if o.scale <= 0 || o.scale > 2 || o.day < time.Second || o.day > 2*time.Hour {
		return errors.New("-scale lies above 0 and up to 2, -day between 1s and 2h")
	}
	s, err := raise(ctx, os.Stderr, o.choice)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.strike()) }()
	if o.curves {
		return s.curves(ctx, os.Stdout, o.seed)
	}
	d, err := s.day(ctx, o)
	if err != nil {
		return err
	}
	if o.json != "" {
		text, err := json.MarshalIndent(d, "", "  ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(o.json, append(text, '\n'), 0o600); err != nil {
			return err
		}
	}
	return d.print(os.Stdout)
}
