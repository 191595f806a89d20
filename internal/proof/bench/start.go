package main

import (
	"context"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/relais-snp/relais/internal/proof"
	"github.com/relais-snp/relais/internal/proof/peers"
)

// start starts the real program five times in empty folders, and notes the
// median of when it first answers and of its memory then, once that stands still.
func start(ctx context.Context, b *bench) error {
	bin, err := b.program(ctx)
	if err != nil {
		return err
	}
	var times, sizes []float64
	for range 5 {
		took, size, err := startOnce(ctx, b, bin)
		if err != nil {
			return err
		}
		times, sizes = append(times, milliseconds(took)), append(sizes, float64(size))
	}
	slices.Sort(times)
	slices.Sort(sizes)
	b.found["start Relais ms"], b.found["start Relais B"] = times[2], sizes[2]
	return nil
}

func startOnce(ctx context.Context, b *bench, bin string) (took time.Duration, size int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	folder, err := os.MkdirTemp(b.folder, "start-")
	if err != nil {
		return 0, 0, err
	}
	r, err := proof.NewRelais(bin, folder, "", "")
	if err != nil {
		return 0, 0, err
	}
	answered := make(chan time.Duration, 1)
	begun := time.Now()
	go func() { answered <- firstAnswer(ctx, r.URL, begun) }()
	err = r.Start(ctx)
	defer r.Kill()
	if err != nil {
		return 0, 0, err
	}
	took = <-answered
	size, err = peers.Settled(ctx, r.PID())
	return took, size, err
}

// firstAnswer asks every two milliseconds: Start itself looks less often.
func firstAnswer(ctx context.Context, url string, begun time.Time) time.Duration {
	every := time.NewTicker(2 * time.Millisecond)
	defer every.Stop()
	for ctx.Err() == nil {
		if resp, err := http.Get(url + "/readyz"); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				break
			}
		}
		<-every.C
	}
	return time.Since(begun)
}
