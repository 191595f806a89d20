package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/relais-snp/relais/internal/proof/peers"
)

// fanOut measures Relais and every peer one after the other, with the same
// consoles. A peer that is missing or fails does not keep the others from it.
var fanOut = part{"fan-out", func(ctx context.Context, b *bench) error {
	failures := []error{b.failed.note("fan-out "+peers.NameRelais, b.measureRelais(ctx))}
	for _, name := range peers.Names() {
		p, err := peers.New(name, b.folder)
		if err == nil {
			err = b.measurePeer(ctx, p)
		}
		failures = append(failures, b.failed.note("fan-out "+name, err))
	}
	return errors.Join(failures...)
}}

func (b *bench) measureRelais(ctx context.Context) error {
	bin, err := b.program(ctx)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(b.folder, "relais-")
	if err != nil {
		return err
	}
	r, err := peers.NewRelais(bin, folder)
	if err != nil {
		return err
	}
	return b.measurePeer(ctx, r)
}

func (b *bench) measurePeer(ctx context.Context, p peers.Peer) error {
	fmt.Fprintf(os.Stderr, "  %s\n", p.Name())
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	f, err := peers.Measure(ctx, p, peers.Table)
	for metric, v := range map[string]float64{
		"frames/cpu-s": f.PerProcessor, "frames/s": f.Frames, "events/s": f.Events, "changes/s": f.Changes,
		"B/console": f.PerConsole, "p50-ms": milliseconds(f.Median), "p99-ms": milliseconds(f.P99),
	} {
		if v > 0 {
			b.found["fan-out "+p.Name()+" "+metric] = v
		}
	}
	return err
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1000 }
