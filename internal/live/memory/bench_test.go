package memory_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/relais-snp/relais/internal/agenda"
	"github.com/relais-snp/relais/internal/live/memory"
	"github.com/relais-snp/relais/internal/regulation"
)

// BenchmarkClaim holds and releases a seat of a territory of 2000 slots, by one
// client after the other.
func BenchmarkClaim(b *testing.B) {
	ctx, now := context.Background(), time.Now()
	e := memory.New(time.Now)
	epoch, _ := e.Begin(ctx, "t", now, 0)
	requests := make([]regulation.HoldRequest, 2000)
	for i := range requests {
		id := fmt.Sprintf("slot-%d", i)
		start := now.Add(time.Hour)
		err := e.Apply(ctx, "t", agenda.Record{Slot: agenda.Slot{ID: id, Territory: "t", Start: start, End: start.Add(time.Hour), Seats: 1, Revision: 1}})
		if err != nil {
			b.Fatal(err)
		}
		requests[i] = regulation.HoldRequest{Territory: "t", Slot: id, By: "rosa", Name: "Rosa Fictive", Now: now, Until: now.Add(3 * time.Minute), Limit: 2}
	}
	if ok, err := e.Ready(ctx, "t", epoch); !ok || err != nil {
		b.Fatal(ok, err)
	}
	tokens := make([]string, b.N)
	for i := range tokens {
		tokens[i] = regulation.TokenFor("t", requests[i%2000].Slot, fmt.Sprint(i))
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		r := requests[i%2000]
		r.Token = tokens[i]
		if _, err := e.Hold(ctx, r); err != nil {
			b.Fatal(err)
		}
		if err := e.Release(ctx, r.Token, r.By, now); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "claims/s")
}
